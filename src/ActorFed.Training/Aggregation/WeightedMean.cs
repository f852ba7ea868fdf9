using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Aggregation;

/// <summary>Σ w_k T_k over the contributions of a round, tensor by tensor.</summary>
/// <remarks>
/// Summed in client order with float64 accumulators, whatever order they arrived in: the same contributions give the same bits.
/// F32 tensors give F32, F64 give F64. Cost: clients × numbers multiply-adds; one buffer of 8 bytes a number of the largest tensor.
/// Source: McMahan et al. 2017, algorithm 1 (https://arxiv.org/abs/1602.05629).
/// </remarks>
public static class WeightedMean
{
    private const int Chunk = 2048;

    /// <summary>The weighted sum; a mean where the weights sum to 1.</summary>
    /// <param name="contributions">At least one; each with the same names, shapes and types.</param>
    /// <param name="weights">One a contribution, in the same order; positive and finite.</param>
    /// <exception cref="ArgumentException">
    /// None, one client twice, a weight that is not positive, names, shapes or types that differ, or a value that is not finite: names
    /// client and tensor.
    /// </exception>
    public static TensorSet Of(IReadOnlyList<Contribution> contributions, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(contributions);
        ArgumentNullException.ThrowIfNull(weights);
        var ordered = Ordered(contributions, weights);
        var first = ordered[0].Contribution;
        foreach (var (contribution, _) in ordered)
        {
            ThrowUnlessAlike(first, contribution);
        }

        return TensorSet.Of(first.Upload.Keys.Select(name => new KeyValuePair<string, TensorValue>(name, Sum(name, ordered))));
    }

    private static List<(Contribution Contribution, double Weight)> Ordered(
        IReadOnlyList<Contribution> contributions,
        IReadOnlyList<double> weights
    )
    {
        if (contributions.Count == 0 || contributions.Count != weights.Count)
        {
            throw new ArgumentException(
                $"{contributions.Count} contributions and {weights.Count} weights: one each, at least one."
            );
        }

        var ordered = contributions.Zip(weights).OrderBy(c => c.First.Client).ToList();
        for (var i = 0; i < ordered.Count; i++)
        {
            var (client, weight) = (ordered[i].First.Client, ordered[i].Second);
            if (i > 0 && ordered[i - 1].First.Client == client)
            {
                throw new ArgumentException($"{client} contributed twice to one round.");
            }

            if (weight is not (> 0 and < double.PositiveInfinity))
            {
                throw new ArgumentException($"{client} has the weight {weight}: a weight is positive and finite.");
            }
        }

        return ordered;
    }

    private static void ThrowUnlessAlike(Contribution first, Contribution other)
    {
        if (!first.Upload.Keys.SequenceEqual(other.Upload.Keys, StringComparer.Ordinal))
        {
            var differing = first.Upload.Keys.Except(other.Upload.Keys).Concat(other.Upload.Keys.Except(first.Upload.Keys));
            throw new ArgumentException(
                $"{other.Client} and {first.Client} sent different tensors; only one of them sent: {string.Join(", ", differing)}."
            );
        }

        foreach (var (name, tensor) in other.Upload)
        {
            var expected = first.Upload[name];
            if (tensor.Type != expected.Type || !tensor.Shape.AsSpan().SequenceEqual(expected.Shape.AsSpan()))
            {
                throw new ArgumentException($"{other.Client} sent {name} as {tensor}, {first.Client} as {expected}.");
            }
        }
    }

    private static TensorValue Sum(string name, List<(Contribution Contribution, double Weight)> ordered)
    {
        var model = ordered[0].Contribution.Upload[name];
        var sum = new double[model.Count];
        foreach (var (contribution, weight) in ordered)
        {
            var value = contribution.Upload[name];
            if (!(value.Type == ElementType.F32 ? AddFloats(value.Floats, weight, sum) : AddDoubles(value, weight, sum)))
            {
                throw new ArgumentException($"{contribution.Client} sent {name} with a value that is not finite.");
            }
        }

        return model.Type == ElementType.F64 ? new(ElementType.F64, model.Shape, Bytes(sum)) : Rounded(model, sum);
    }

    private static bool AddFloats(ReadOnlySpan<float> values, double weight, Span<double> sum)
    {
        Span<double> wide = stackalloc double[Chunk];
        for (var at = 0; at < values.Length; at += Chunk)
        {
            var part = values.Slice(at, Math.Min(Chunk, values.Length - at));
            if (!float.IsFinite(TensorPrimitives.MaxMagnitude(part)))
            {
                return false;
            }

            var scratch = wide[..part.Length];
            TensorPrimitives.ConvertChecked(part, scratch);
            TensorPrimitives.MultiplyAdd(scratch, weight, sum.Slice(at, part.Length), sum.Slice(at, part.Length));
        }

        return true;
    }

    private static bool AddDoubles(TensorValue value, double weight, Span<double> sum)
    {
        if (value.Type != ElementType.F64)
        {
            throw new ArgumentException($"A tensor of {value.Type} cannot be averaged.");
        }

        var values = MemoryMarshal.Cast<byte, double>(value.Bytes.Span);
        TensorPrimitives.MultiplyAdd(values, weight, sum, sum);
        return values.IsEmpty || double.IsFinite(TensorPrimitives.MaxMagnitude(values));
    }

    private static TensorValue Rounded(TensorValue model, ReadOnlySpan<double> sum)
    {
        var bytes = new byte[model.Bytes.Length];
        TensorPrimitives.ConvertTruncating(sum, MemoryMarshal.Cast<byte, float>(bytes.AsSpan()));
        return new(ElementType.F32, model.Shape, bytes);
    }

    private static byte[] Bytes(ReadOnlySpan<double> values) => MemoryMarshal.AsBytes(values).ToArray();
}
