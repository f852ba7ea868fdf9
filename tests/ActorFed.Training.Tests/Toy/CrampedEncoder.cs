using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Training.Tests.Toy;

/// <summary>A model on a device with room for a few rows: above that libtorch itself refuses.</summary>
/// <param name="model">The model that it is otherwise.</param>
/// <param name="most">Rows that fit.</param>
internal sealed class CrampedEncoder(IBaseModel model, int most) : IBaseModel
{
    /// <summary>What is asked of libtorch above that; 4 PiB at first.</summary>
    public Func<torch.Tensor> Fault { get; set; } = () => torch.empty(1L << 50);

    public string Name => model.Name;
    public BlobId Hash => model.Hash;
    public torch.Device Device => model.Device;
    public torch.ScalarType Type => model.Type;
    public int Vocabulary => model.Vocabulary;
    public int MaxTokens => model.MaxTokens;
    public int EmbeddingSize => model.EmbeddingSize;
    public ImmutableArray<LinearMap> Maps => model.Maps;
    public ImmutableArray<NormLayer> Norms => model.Norms;

    public torch.Tensor Embed(TokenBatch batch, ModelOverlay overlay)
    {
        if (batch.Rows > most)
        {
            Fault().Dispose(); // fault
        }

        return model.Embed(batch, overlay);
    }

    public void Dispose() => model.Dispose();
}
