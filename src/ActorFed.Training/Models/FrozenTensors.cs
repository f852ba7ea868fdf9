using System.Buffers.Binary;
using System.Security.Cryptography;
using ActorFed.Training.Encoding;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Training.Models;

/// <summary>The weights of a base model on its device, taken by name and shape; what is missing, misshapen or left over is an error.</summary>
internal sealed class FrozenTensors(TensorSet source, Device device, ScalarType type) : IDisposable
{
    private readonly Dictionary<string, Tensor> _taken = new(StringComparer.Ordinal);

    /// <summary>A weight of this shape.</summary>
    /// <exception cref="InvalidDataException">It is missing or has another shape.</exception>
    public Tensor Take(string name, params long[] shape)
    {
        if (!source.TryGetValue(name, out var value))
        {
            throw new InvalidDataException($"The base model has no tensor '{name}'.");
        }

        if (!value.Shape.AsSpan().SequenceEqual(shape))
        {
            throw new InvalidDataException(
                $"Tensor '{name}' of the base model is {value}, [{string.Join(", ", shape)}] was expected."
            );
        }

        // Kept outside every scope: they live as long as the model.
        return _taken[name] = value.ToTorch(device, type).DetachFromDisposeScope();
    }

    /// <exception cref="InvalidDataException">Tensors were left over: the model is not the one it was taken for.</exception>
    public void ThrowUnlessAllTaken()
    {
        var left = source.Keys.Where(k => !_taken.ContainsKey(k)).ToList();
        if (left.Count > 0)
        {
            throw new InvalidDataException($"The base model has unknown tensors: {string.Join(", ", left)}.");
        }
    }

    /// <summary>SHA-256 over names, shapes and bytes, in the order of names.</summary>
    public static BlobId HashOf(TensorSet tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        foreach (var (name, value) in tensors)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{name}:{value}"));
            BinaryPrimitives.WriteInt64LittleEndian(number, value.Bytes.Length);
            hash.AppendData(number);
            hash.AppendData(value.Bytes.Span);
        }

        return new(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public void Dispose()
    {
        foreach (var tensor in _taken.Values)
        {
            tensor.Dispose();
        }
    }
}
