using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Tokenizers;
using ActorFed.Training.Trainers;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Training.Evaluation;

/// <summary>What a model said of each document.</summary>
/// <param name="Documents">Indices into the corpus.</param>
/// <param name="Classes">The judged classes, in the same order.</param>
/// <param name="Losses">Negative log-likelihoods, nats.</param>
public sealed record Predictions(int[] Documents, int[] Classes, double[] Losses);

/// <summary>Judges global models on one list of held-out documents. Safe for several threads; each answer has the same bits.</summary>
/// <remarks>The list is cut into fixed chunks of like length; a chunk's figures depend on the chunk alone, and sums go in document order.</remarks>
public sealed class Evaluator
{
    private readonly IBaseModel _model;
    private readonly ITrainableMethod _method;
    private readonly TokenizedCorpus _corpus;
    private readonly int[] _documents;
    private readonly IReadOnlyList<int[]> _chunks;
    private readonly FeatureCache _features;

    /// <param name="model">The frozen base.</param>
    /// <param name="method">Makes the overlay of a global model.</param>
    /// <param name="corpus">The part.</param>
    /// <param name="documents">Which of its documents; see <see cref="StratifiedSample"/>. At least one.</param>
    /// <param name="features">Embeddings to share with others of the same model and part; null for its own.</param>
    /// <exception cref="ArgumentException">No documents.</exception>
    public Evaluator(
        IBaseModel model,
        ITrainableMethod method,
        TokenizedCorpus corpus,
        ReadOnlySpan<int> documents,
        FeatureCache? features = null
    )
    {
        if (documents.IsEmpty)
        {
            throw new ArgumentException("There is nothing to evaluate on: the list of documents is empty.");
        }

        (_model, _method, _corpus, _documents) = (model, method, corpus, documents.ToArray());
        _chunks = LengthChunks.Of(corpus, documents);
        _features = features ?? new(model, corpus);
    }

    /// <summary>The figures of a global model.</summary>
    /// <param name="global">As the method's state has it.</param>
    /// <param name="workers">Threads that share the chunks; at least 1. No bit depends on it.</param>
    /// <param name="cancel">Looked at before every chunk.</param>
    public Federation.Evaluation Evaluate(TensorSet global, int workers = 1, CancellationToken cancel = default)
    {
        var predictions = Predict(global, workers, cancel);
        var labels = Array.ConvertAll(_documents, d => _corpus.Label(d));
        return Scores.Of(labels, predictions.Classes, predictions.Losses, _corpus.Classes);
    }

    /// <summary>What a global model says of each document.</summary>
    public Predictions Predict(TensorSet global, int workers = 1, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        var result = new Predictions(_documents, new int[_documents.Length], new double[_documents.Length]);
        using var scope = NewDisposeScope();
        var tensors = LocalState.Constants(_method.Expand(global), _model);
        var overlay = _method.Adapt(tensors, LocalPlan.Empty);
        // A model without an adapter is its head alone: the embeddings are computed once for all evaluations.
        var features = _method.TouchesEncoder ? null : _features.Of(_documents, workers);
        SharedWork.Each(_chunks, workers, cancel, chunk => Judge(chunk, tensors, overlay, features, result));
        return result;
    }

    private void Judge(
        int[] places,
        IReadOnlyDictionary<string, Tensor> tensors,
        ModelOverlay overlay,
        Features? features,
        Predictions result
    )
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var documents = Array.ConvertAll(places, p => _documents[p]);
        var scores = TaskHead.Logits(tensors, Embeddings(documents, overlay, features)).to(ScalarType.Float64).log_softmax(1);
        var values = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(scores.ToValue().Bytes.Span);
        for (var row = 0; row < places.Length; row++)
        {
            var own = values.Slice(row * _corpus.Classes, _corpus.Classes);
            result.Classes[places[row]] = Best(own);
            result.Losses[places[row]] = -own[_corpus.Label(documents[row])];
        }
    }

    private Tensor Embeddings(int[] documents, ModelOverlay overlay, Features? features)
    {
        if (features is not null)
        {
            return tensor(features.Of(documents), documents.Length, features.Width, dtype: _model.Type, device: _model.Device);
        }

        var (ids, lengths, width) = _corpus.Batch(documents);
        return _model.Embed(new(ids, lengths, width), overlay);
    }

    private static int Best(ReadOnlySpan<double> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }
}
