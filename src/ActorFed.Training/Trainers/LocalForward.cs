using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Tokenizers;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Training.Trainers;

/// <summary>Loss and gradients of batches of one client.</summary>
/// <param name="model">The frozen base.</param>
/// <param name="method">Makes the overlay.</param>
/// <param name="corpus">The documents.</param>
/// <param name="features">Embeddings of the client's shard where the encoder never changes; else null.</param>
/// <param name="work">Whose training.</param>
internal sealed class LocalForward(
    IBaseModel model,
    ITrainableMethod method,
    TokenizedCorpus corpus,
    Features? features,
    LocalWork work
)
{
    /// <summary>Mean loss over the documents (nats, without the penalty) and the gradient of loss + penalty by each leaf.</summary>
    /// <remarks>A micro-batch of m of n documents counts m/n, so that the sum over micro-batches is the gradient of the whole batch.</remarks>
    public (double Loss, IReadOnlyList<Tensor> Gradients) Gradients(
        IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyList<Tensor> leaves,
        int[] documents,
        int microBatch,
        ILocalObjective objective
    )
    {
        var loss = 0.0;
        Tensor[]? sum = null;
        foreach (var part in documents.Chunk(microBatch))
        {
            using var scope = NewDisposeScope();
            var task = Loss(tensors, part).mul((double)part.Length / documents.Length);
            loss += task.ToDouble();
            // The penalty belongs to the step: it is added once, to the first part.
            var total = sum is null && objective.Penalty(tensors) is { } penalty ? task.add(penalty) : task;
            var gradients = autograd.grad([total], [.. leaves]);
            sum = [.. gradients.Select((g, i) => (sum is null ? g : sum[i].add(g)).MoveToOuterDisposeScope())];
        }

        return (loss, sum!);
    }

    private Tensor Loss(IReadOnlyDictionary<string, Tensor> tensors, int[] documents)
    {
        var labels = tensor(
            Array.ConvertAll(documents, d => (long)corpus.Label(d)),
            dtype: ScalarType.Int64,
            device: model.Device
        );
        return nn.functional.cross_entropy(TaskHead.Logits(tensors, Embeddings(tensors, documents)), labels);
    }

    private Tensor Embeddings(IReadOnlyDictionary<string, Tensor> tensors, int[] documents)
    {
        if (features is not null)
        {
            return tensor(features.Of(documents), documents.Length, features.Width, dtype: model.Type, device: model.Device);
        }

        var (ids, lengths, width) = corpus.Batch(documents);
        return model.Embed(new(ids, lengths, width), method.Adapt(tensors, work.Plan));
    }
}

/// <summary>Gradients on the client's first batch, for methods that choose by them.</summary>
internal sealed class GradientProbe(LocalForward forward, IBaseModel model, int[] documents, int microBatch) : IGradientProbe
{
    public TensorSet Gradients(TensorSet tensors, ImmutableSortedSet<string> names)
    {
        using var scope = NewDisposeScope();
        var all = LocalState.Constants(tensors, model);
        var leaves = names.Select(n => all[n].requires_grad_(true)).ToArray();
        var (_, gradients) = forward.Gradients(all, leaves, documents, microBatch, PlainObjective.Instance);
        return TensorSet.Of(
            names.Zip(gradients, (n, g) => new KeyValuePair<string, TensorValue>(n, g.to(ScalarType.Float32).ToValue()))
        );
    }
}
