using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using TorchSharp;

namespace ActorFed.Training.Models;

/// <summary>
/// A frozen pretrained encoder on one device. One instance serves all clients and workers of the device: forward and backward passes may
/// run on several threads at once, because nothing of it ever changes.
/// </summary>
public interface IBaseModel : IDisposable
{
    /// <summary>The model's name in settings, e.g. use-lite.</summary>
    string Name { get; }

    /// <summary>SHA-256 over names, shapes and bytes of all weights: a resumed run and a joining node must have the same.</summary>
    BlobId Hash { get; }

    /// <summary>Where its weights are.</summary>
    torch.Device Device { get; }

    /// <summary>Element type of its weights: Float32, or Float64 to check gradients.</summary>
    torch.ScalarType Type { get; }

    /// <summary>Every token id is below this.</summary>
    int Vocabulary { get; }

    /// <summary>Most tokens of a document.</summary>
    int MaxTokens { get; }

    /// <summary>Width of the pooled embedding.</summary>
    int EmbeddingSize { get; }

    /// <summary>The linear maps that an adapter may change, in the order of the forward pass.</summary>
    ImmutableArray<LinearMap> Maps { get; }

    /// <summary>The layer norms, in the order of the forward pass; empty where a model's norms cannot be changed.</summary>
    ImmutableArray<NormLayer> Norms => [];

    /// <summary>Pooled embeddings, [rows, embedding size]. The result belongs to the caller's dispose scope; everything else is freed.</summary>
    /// <exception cref="ArgumentException">A batch that the model cannot read: names the row and the rule.</exception>
    torch.Tensor Embed(TokenBatch batch, ModelOverlay overlay);
}
