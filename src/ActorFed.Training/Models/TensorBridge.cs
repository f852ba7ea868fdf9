using ActorFed.Training.Encoding;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Training.Models;

/// <summary>Between plain values and torch tensors. A copy each way: a value is immutable, a tensor is not.</summary>
public static class TensorBridge
{
    /// <summary>A tensor of the value's numbers, on a device.</summary>
    /// <param name="value">F32, F64, I32 or I64.</param>
    /// <param name="device">Where it goes.</param>
    /// <param name="type">Element type to convert to; null for the value's own.</param>
    /// <exception cref="ArgumentException">The value has another element type.</exception>
    public static Tensor ToTorch(this TensorValue value, Device? device = null, ScalarType? type = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        using var scope = NewDisposeScope();
        var tensor = empty(value.Shape.ToArray(), dtype: TypeOf(value.Type));
        value.Bytes.Span.CopyTo(tensor.bytes);
        if (type is { } wanted && wanted != tensor.dtype)
        {
            tensor = tensor.to(wanted);
        }

        if (device is not null && device.type != DeviceType.CPU)
        {
            tensor = tensor.to(device);
        }

        return tensor.MoveToOuterDisposeScope();
    }

    /// <summary>The numbers of a tensor, wherever it is, as a value.</summary>
    public static TensorValue ToValue(this Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var scope = NewDisposeScope();
        var plain = tensor.detach().cpu().contiguous();
        return new(TypeOf(plain.dtype), [.. plain.shape], plain.bytes.ToArray());
    }

    private static ScalarType TypeOf(ElementType type) =>
        type switch
        {
            ElementType.F32 => ScalarType.Float32,
            ElementType.F64 => ScalarType.Float64,
            ElementType.I32 => ScalarType.Int32,
            ElementType.I64 => ScalarType.Int64,
            _ => throw new ArgumentException($"A value of {type} is stored or sent, not computed with."),
        };

    private static ElementType TypeOf(ScalarType type) =>
        type switch
        {
            ScalarType.Float32 => ElementType.F32,
            ScalarType.Float64 => ElementType.F64,
            ScalarType.Int32 => ElementType.I32,
            ScalarType.Int64 => ElementType.I64,
            _ => throw new ArgumentException($"A tensor of {type} has no element type here."),
        };
}
