using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;

namespace ActorFed.Training.Aggregation;

/// <summary>The factors that one client sent, and how much it counts.</summary>
internal sealed record LowRankUpload(Contribution Contribution, double Weight)
{
    public ClientId Client => Contribution.Client;

    public TensorValue A(string map) => Contribution.Upload[LoraNames.A(map)];

    public TensorValue B(string map) => Contribution.Upload[LoraNames.B(map)];
}

/// <summary>Reads contributions whose ranks may differ from client to client.</summary>
internal static class LowRankUploads
{
    /// <summary>The contributions in client order, every map's factors checked.</summary>
    /// <param name="contributions">At least one, in any order.</param>
    /// <param name="weights">p_k, in the same order.</param>
    /// <param name="maps">The adapted maps.</param>
    /// <exception cref="ArgumentException">One client twice; factors that are missing, do not fit the map or each other, or are not finite.</exception>
    public static ImmutableArray<LowRankUpload> Ordered(
        IReadOnlyList<Contribution> contributions,
        IReadOnlyList<double> weights,
        ImmutableArray<LinearMap> maps
    )
    {
        ImmutableArray<LowRankUpload> ordered =
        [
            .. contributions.Zip(weights, (c, w) => new LowRankUpload(c, w)).OrderBy(u => u.Client),
        ];
        ClientWeights.ThrowIfTwice(ordered.Select(u => u.Client));
        foreach (var upload in ordered)
        {
            foreach (var map in maps)
            {
                ThrowUnlessFitting(upload, map);
            }
        }

        return ordered;
    }

    /// <summary>Σ p_k head_k; no tensors where heads are not trained.</summary>
    public static TensorSet HeadMean(IReadOnlyList<Contribution> contributions, IReadOnlyList<double> weights) =>
        WeightedMean.Of([.. contributions.Select(c => c with { Upload = c.Upload.Where(TensorSet.IsHead) })], weights);

    /// <summary>A map's factors of all clients as one pair: B = [B_1 … B_K], A = [f_1 A_1; …; f_K A_K], so that B A = Σ f_k B_k A_k.</summary>
    /// <param name="uploads">In client order.</param>
    /// <param name="map">The map.</param>
    /// <param name="factor">f_k; it scales one factor only.</param>
    public static LoraPair Stack(IReadOnlyList<LowRankUpload> uploads, string map, Func<LowRankUpload, double> factor) =>
        new(
            map,
            Factors.StackRows([.. uploads.Select(u => Factors.Scaled(u.A(map), factor(u)))]),
            Factors.StackColumns([.. uploads.Select(u => u.B(map))]),
            1
        );

    private static void ThrowUnlessFitting(LowRankUpload upload, LinearMap map)
    {
        var tensors = upload.Contribution.Upload;
        if (!tensors.TryGetValue(LoraNames.A(map.Name), out var a) || !tensors.TryGetValue(LoraNames.B(map.Name), out var b))
        {
            throw new ArgumentException($"{upload.Client} sent no factors of {map.Name}.");
        }

        if (
            a.Type != ElementType.F32
            || b.Type != ElementType.F32
            || !(a.Shape is [var rank, var width] && width == map.In && b.Shape is [var height, var same] && height == map.Out)
            || rank != same
            || rank < 1
        )
        {
            throw new ArgumentException(
                $"{upload.Client} sent A {a} and B {b} of {map.Name}; [rank, {map.In}] and [{map.Out}, rank] of F32 were expected."
            );
        }

        if (!a.IsFinite || !b.IsFinite)
        {
            throw new ArgumentException($"{upload.Client} sent factors of {map.Name} with a value that is not finite.");
        }
    }
}
