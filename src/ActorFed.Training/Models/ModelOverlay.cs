using System.Collections.Immutable;
using TorchSharp;

namespace ActorFed.Training.Models;

/// <summary>What an adapter adds to one frozen linear map (or layer norm). A method's file defines its own where none of ours fits.</summary>
public interface IMapDelta
{
    /// <summary>y + Delta(x), as a new tensor.</summary>
    /// <param name="y">The frozen map's output, [rows, out]; may be a slice of a larger one. Must not be changed.</param>
    /// <param name="x">Its input, [rows, in].</param>
    torch.Tensor AddTo(torch.Tensor y, torch.Tensor x);
}

/// <summary>The adapters of one forward pass, by the name of the map. Immutable; the base model never knows who trains.</summary>
public sealed class ModelOverlay(IEnumerable<KeyValuePair<string, IMapDelta>> deltas)
{
    private readonly ImmutableDictionary<string, IMapDelta> _deltas = ImmutableDictionary.CreateRange(
        StringComparer.Ordinal,
        deltas
    );

    /// <summary>The frozen model alone.</summary>
    public static ModelOverlay None { get; } = new([]);

    /// <summary>The maps that are changed.</summary>
    public IEnumerable<string> Maps => _deltas.Keys;

    /// <summary>The frozen output, changed by the map's adapter if it has one.</summary>
    public torch.Tensor Apply(string map, torch.Tensor y, torch.Tensor x) =>
        _deltas.TryGetValue(map, out var delta) ? delta.AddTo(y, x) : y;
}
