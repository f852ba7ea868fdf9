using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;

namespace ActorFed.Training.Methods;

/// <summary>All that a method is made from.</summary>
/// <param name="Seed">The run's seed.</param>
/// <param name="Maps">The base model's linear maps.</param>
/// <param name="EmbeddingSize">Width of its pooled embedding.</param>
/// <param name="Classes">Classes of the task; at least 2.</param>
/// <param name="Settings">Checked values of <see cref="MethodCatalog.Specs"/>.</param>
public sealed record MethodContext(
    long Seed,
    ImmutableArray<LinearMap> Maps,
    int EmbeddingSize,
    int Classes,
    SettingValues Settings
)
{
    /// <summary>Clients of the whole run; 0 where nobody is to be aggregated.</summary>
    public int Clients { get; init; }

    /// <summary>
    /// How good these head tensors are on the validation part, higher is better; the same answer for the same tensors. Null where the
    /// server has no validation data: then nothing can be chosen by it.
    /// </summary>
    public Func<TensorSet, double>? Judge { get; init; }

    /// <summary>The base model's layer norms: what full fine-tuning moves besides the maps.</summary>
    public ImmutableArray<NormLayer> Norms { get; init; } = [];

    /// <summary>The adapted maps and their rank, scale and start.</summary>
    /// <exception cref="ArgumentException">A pattern names no map, or the rank exceeds one.</exception>
    public LoraShape Lora() => LoraShape.Of(Maps, Settings);
}
