using System.Numerics.Tensors;
using System.Security.Cryptography;
using ActorFed.Training.Encoding;

namespace ActorFed.Benchmarks.Rounds;

/// <summary>The least that a round must do with what its clients send: hash it and add it up, on one thread.</summary>
internal sealed class HashAndSum(int clients, int numbers)
{
    private readonly TensorSet[] _uploads =
    [
        .. Enumerable
            .Range(0, clients)
            .Select(c => NoOpDevice.Upload(TensorSet.Empty.With("w", TensorValue.Zeros(numbers)), 1, c)),
    ];

    public void Run()
    {
        var sum = new float[numbers];
        foreach (var upload in _uploads)
        {
            SHA256.HashData(upload["w"].Bytes.Span);
            TensorPrimitives.Add(sum, upload["w"].Floats, sum);
        }
    }
}
