using System.Collections.Immutable;
using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Training.Lora;

/// <summary>The overlay of tensors named as <see cref="LoraNames"/> and <see cref="MergedWeights"/> name them.</summary>
internal static class LoraOverlay
{
    /// <summary>Delta(x) = x Mᵀ + scale · x Aᵀ Bᵀ for every map that has a merged M, factors, or both.</summary>
    public static ModelOverlay Of(
        ImmutableArray<LinearMap> maps,
        IReadOnlyDictionary<string, torch.Tensor> tensors,
        double scale
    ) =>
        new(
            maps.Select(m => KeyValuePair.Create(m.Name, Parts(m.Name, tensors, scale).ToArray()))
                .Where(m => m.Value.Length > 0)
                .Select(m => KeyValuePair.Create(m.Key, m.Value.Length == 1 ? m.Value[0] : new SumDelta(m.Value)))
        );

    private static IEnumerable<IMapDelta> Parts(string map, IReadOnlyDictionary<string, torch.Tensor> tensors, double scale)
    {
        if (tensors.TryGetValue(MergedWeights.Name(map), out var merged))
        {
            yield return new DenseDelta(merged);
        }

        if (tensors.TryGetValue(LoraNames.A(map), out var a))
        {
            yield return new LowRankDelta(a, tensors[LoraNames.B(map)], scale);
        }
    }
}
