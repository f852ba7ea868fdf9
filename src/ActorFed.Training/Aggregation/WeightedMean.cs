using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Aggregation;

/// <summary>Σ w_k T_k over the contributions of a round, tensor by tensor.</summary>
/// <remarks>
/// Summed in client order with float64 accumulators, whatever order they arrived in: the same contributions give the same bits.
/// F32 tensors give F32, F64 give F64. Cost: clients × numbers multiply-adds, one pass over the bytes of each client, no buffer.
/// Source: McMahan et al. 2017, algorithm 1 (https://arxiv.org/abs/1602.05629).
/// </remarks>
public static class WeightedMean
{
    private const int Chunk = 1024;

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

        return Safetensors.Fill(first.Upload.Select(t => t.Value.At(t.Key)), (place, sum) => Sum(place, ordered, sum));
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

    // Chunk by chunk, all clients of a chunk before the next: the accumulators stay in the first-level cache.
    private static void Sum(TensorPlace place, List<(Contribution Contribution, double Weight)> ordered, Span<byte> bytes)
    {
        var terms = ordered.Select(c => (Value: c.Contribution.Upload[place.Name], c.Weight)).ToArray();
        ThrowUnlessFloatingPoint(place);
        var (count, finite) = (terms[0].Value.Count, true);
        Span<double> accumulators = stackalloc double[Chunk];
        for (var at = 0; at < count; at += Chunk)
        {
            var sum = accumulators[..(int)Math.Min(Chunk, count - at)];
            Add(terms, at, sum);
            finite &= TensorPrimitives.IsFiniteAll<double>(sum);
            Store(sum, at, place.Type, bytes);
        }

        if (!finite)
        {
            ThrowIfAnyIsNotFinite(place.Name, ordered);
        }
    }

    private static void Add(ReadOnlySpan<(TensorValue Value, double Weight)> terms, int at, Span<double> sum)
    {
        Span<double> wide = stackalloc double[Chunk];
        sum.Clear();
        foreach (var (value, weight) in terms)
        {
            if (value.Type == ElementType.F64)
            {
                TensorPrimitives.MultiplyAdd(Doubles(value).Slice(at, sum.Length), weight, sum, sum);
                continue;
            }

            var terms64 = wide[..sum.Length];
            TensorPrimitives.ConvertChecked(value.Floats.Slice(at, sum.Length), terms64);
            TensorPrimitives.MultiplyAdd(terms64, weight, sum, sum);
        }
    }

    private static void Store(ReadOnlySpan<double> sum, int at, ElementType type, Span<byte> bytes)
    {
        if (type == ElementType.F64)
        {
            sum.CopyTo(MemoryMarshal.Cast<byte, double>(bytes)[at..]);
            return;
        }

        TensorPrimitives.ConvertTruncating(sum, MemoryMarshal.Cast<byte, float>(bytes).Slice(at, sum.Length));
    }

    private static void ThrowUnlessFloatingPoint(TensorPlace place)
    {
        if (place.Type is not (ElementType.F32 or ElementType.F64))
        {
            throw new ArgumentException($"{place.Name}: a tensor of {place.Type} cannot be averaged.");
        }
    }

    // A term that is not finite leaves a sum that is not: only then is it worth asking whose it was.
    private static void ThrowIfAnyIsNotFinite(string name, List<(Contribution Contribution, double Weight)> ordered)
    {
        foreach (var (contribution, _) in ordered)
        {
            if (!contribution.Upload[name].IsFinite)
            {
                throw new ArgumentException($"{contribution.Client} sent {name} with a value that is not finite.");
            }
        }
    }

    private static ReadOnlySpan<double> Doubles(TensorValue value) => MemoryMarshal.Cast<byte, double>(value.Bytes.Span);
}
