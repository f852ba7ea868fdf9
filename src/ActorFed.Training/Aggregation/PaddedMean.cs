using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;

namespace ActorFed.Training.Aggregation;

/// <summary>Means of factors of different ranks, the shorter ones continued by zeros: rows that few clients have shrink towards zero.</summary>
internal static class PaddedMean
{
    /// <summary>A = Σ w_k pad(A_k), B = Σ w_k pad(B_k).</summary>
    /// <param name="map">The map.</param>
    /// <param name="uploads">In client order.</param>
    /// <param name="rank">The rank to pad to.</param>
    /// <param name="weight">w_k, zero or more; they sum to 1.</param>
    /// <exception cref="ArgumentException">A client sent more than this rank.</exception>
    public static KeyValuePair<string, TensorValue>[] Of(
        string map,
        IReadOnlyList<LowRankUpload> uploads,
        int rank,
        Func<LowRankUpload, double> weight
    )
    {
        var counted = uploads.Where(u => weight(u) > 0).ToList();
        var padded = counted.Select(u => new Contribution(u.Client, Padded(u, map, rank), u.Contribution.Examples));
        return [.. WeightedMean.Of([.. padded], [.. counted.Select(weight)])];
    }

    private static TensorSet Padded(LowRankUpload upload, string map, int rank)
    {
        var (a, b) = (upload.A(map), upload.B(map));
        return a.Shape[0] <= rank
            ? TensorSet.Of([new(LoraNames.A(map), Factors.PadRows(a, rank)), new(LoraNames.B(map), Factors.PadColumns(b, rank))])
            : throw new ArgumentException($"{upload.Client} sent rank {a.Shape[0]} for {map}; at most {rank} was asked for.");
    }
}
