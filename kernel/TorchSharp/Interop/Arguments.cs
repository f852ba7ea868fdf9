using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Kernel.Torch;

/// <summary>A number as the ABI takes it: kind 0 whole, 1 real, 2 truth value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ScalarArg(long Kind, long Whole, double Real)
{
    internal static readonly ScalarArg One = new(0, 1, 0);

    internal double Number => Kind == 1 ? Real : Whole;

    internal T To<T>()
        where T : unmanaged =>
        (T)
            Convert.ChangeType(
                Kind == 1 ? Real
                    : Kind == 2 ? Whole != 0
                    : (object)Whole,
                typeof(T)
            );
}

/// <summary>What a factory makes: -1 is torch's default, or that of the input tensor.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Opts(int Dtype, int DeviceKind, int DeviceIndex, int RequiresGrad)
{
    internal static Opts Of(ScalarType? dtype, Device? device, bool requires_grad = false) =>
        new(dtype is { } t ? (int)t : -1, device is null ? -1 : (int)device.type, device?.index ?? -1, requires_grad ? 1 : 0);
}

/// <summary>One index of <c>tensor[...]</c>; kinds as in shape.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct IndexArg(long Kind, long A, long B, long C, nint Tensor);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AdamArgs(
    double LearningRate,
    double Beta1,
    double Beta2,
    double Eps,
    double WeightDecay,
    int Amsgrad,
    int Maximize,
    int Decoupled
);

/// <summary>Pointers to many tensors for the length of one call: none of them can be freed meanwhile.</summary>
internal ref struct Handles
{
    private readonly TensorHandle[] _held;
    private int _count;

    internal nint[] Pointers { get; }

    internal Handles(IEnumerable<Tensor?>? tensors)
    {
        _held = tensors is null ? [] : [.. tensors.Select(t => t is null ? TensorHandle.None : t.Held)];
        Pointers = new nint[_held.Length];
        try
        {
            for (; _count < _held.Length; _count++)
            {
                var added = false;
                _held[_count].DangerousAddRef(ref added);
                Pointers[_count] = _held[_count].DangerousGetHandle();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal readonly int Count => _held.Length;

    public void Dispose()
    {
        while (_count > 0)
        {
            _held[--_count].DangerousRelease();
        }
    }
}
