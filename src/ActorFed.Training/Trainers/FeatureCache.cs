using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Models;
using ActorFed.Training.Tokenizers;
using TorchSharp;

namespace ActorFed.Training.Trainers;

/// <summary>Pooled embeddings of documents under the frozen model, computed once a list of documents and kept.</summary>
/// <remarks>
/// The list (a client's shard, an evaluated part) is cut into fixed chunks by length, then index, so the bits depend on the list alone: not
/// on who asks first or on how many threads. Memory: 4 bytes × width a document.
/// </remarks>
public sealed class FeatureCache(IBaseModel model, TokenizedCorpus corpus)
{
    private readonly ConcurrentDictionary<BlobId, Lazy<Features>> _kept = new();

    /// <summary>The embeddings of these documents; computed by the first who asks, the others wait for it.</summary>
    /// <param name="documents">Indices into the corpus.</param>
    /// <param name="workers">Threads that share the chunks, where it comes to computing; at least 1. No bit depends on it.</param>
    public Features Of(ReadOnlyMemory<int> documents, int workers = 1)
    {
        var key = BlobId.Of(MemoryMarshal.AsBytes(documents.Span));
        var features = _kept.GetOrAdd(key, _ => new(() => Compute(documents, workers)));
        try
        {
            return features.Value;
        }
        catch
        {
            // A fault (out of memory) is not the answer for good: who asks again gets another try.
            _kept.TryRemove(KeyValuePair.Create(key, features));
            throw;
        }
    }

    private Features Compute(ReadOnlyMemory<int> documents, int workers)
    {
        var width = model.EmbeddingSize;
        var values = new float[documents.Length * width];
        SharedWork.Each(LengthChunks.Of(corpus, documents.Span), workers, CancellationToken.None, Fill);
        return new(documents, values, width);

        void Fill(int[] chunk)
        {
            using var scope = torch.NewDisposeScope();
            using var frozen = torch.no_grad();
            var rows = Embedded(chunk.Select(i => documents.Span[i]).ToArray());
            for (var row = 0; row < chunk.Length; row++)
            {
                rows.AsSpan(row * width, width).CopyTo(values.AsSpan(chunk[row] * width));
            }
        }
    }

    private float[] Embedded(int[] documents)
    {
        var (ids, lengths, longest) = corpus.Batch(documents);
        var value = model.Embed(new(ids, lengths, longest), ModelOverlay.None).to(torch.ScalarType.Float32).ToValue();
        return value.Floats.ToArray();
    }
}

/// <summary>Embeddings of a list of documents.</summary>
/// <param name="Documents">The list.</param>
/// <param name="Values">[documents, width], row-major, in the order of the list.</param>
/// <param name="Width">Embedding size.</param>
public sealed record Features(ReadOnlyMemory<int> Documents, ReadOnlyMemory<float> Values, int Width)
{
    private readonly Lazy<Dictionary<int, int>> _rows = new(() =>
        Enumerable.Range(0, Documents.Length).ToDictionary(i => Documents.Span[i], i => i)
    );

    /// <summary>The embeddings of some documents of the list, [documents, width].</summary>
    public float[] Of(ReadOnlySpan<int> documents)
    {
        var values = new float[documents.Length * Width];
        for (var i = 0; i < documents.Length; i++)
        {
            Values.Span.Slice(_rows.Value[documents[i]] * Width, Width).CopyTo(values.AsSpan(i * Width));
        }

        return values;
    }
}
