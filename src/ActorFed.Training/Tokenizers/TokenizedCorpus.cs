using ActorFed.Training.Data;

namespace ActorFed.Training.Tokenizers;

/// <summary>The token ids and labels of documents, all in one array: hundreds of clients share it, a shard is a list of indices.</summary>
/// <remarks>4 bytes a token and 8 a document. Every document has at least one token: an empty text is the unknown token alone.</remarks>
public sealed class TokenizedCorpus
{
    private readonly int[] _ids;
    private readonly int[] _starts; // one more than documents: document i is _ids[_starts[i].._starts[i + 1]]
    private readonly int[] _labels;

    private TokenizedCorpus(int[] ids, int[] starts, int[] labels, int classes) =>
        (_ids, _starts, _labels, Classes) = (ids, starts, labels, classes);

    /// <summary>Documents; their order is that of the part they were made from.</summary>
    public int Count => _labels.Length;

    /// <summary>Classes of the corpus; every label is below it.</summary>
    public int Classes { get; }

    /// <summary>Tokens of all documents together.</summary>
    public int TokenCount => _ids.Length;

    /// <summary>The labels in document order.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The ids of one document, 1 to the maximum it was made with.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such document.</exception>
    public ReadOnlySpan<int> this[int document] => _ids.AsSpan(_starts[document].._starts[document + 1]);

    /// <summary>The label of one document.</summary>
    public int Label(int document) => _labels[document];

    /// <summary>Tokenizes a part of a corpus, the documents in their order.</summary>
    /// <param name="documents">The part.</param>
    /// <param name="classes">Classes of the corpus.</param>
    /// <param name="tokenizer">Turns text into ids.</param>
    /// <param name="maxTokens">Ids kept of a document, from its start; 1 to 4,096.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is out of range, or a label is not below <paramref name="classes"/>.</exception>
    public static TokenizedCorpus Create(IReadOnlyList<Document> documents, int classes, ITokenizer tokenizer, int maxTokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxTokens, 4096);
        var ids = new List<int>(documents.Count * Math.Min(maxTokens, 64));
        var starts = new int[documents.Count + 1];
        var labels = new int[documents.Count];
        var encoded = SharedWork.Map(documents, d => tokenizer.Encode(d.Text, maxTokens));
        for (var i = 0; i < documents.Count; i++)
        {
            var own = encoded[i];
            ids.AddRange(own.Length > 0 ? own : [tokenizer.Unknown]);
            starts[i + 1] = ids.Count;
            labels[i] = documents[i].Label;
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(labels[i], classes, documents[i].Id);
            ArgumentOutOfRangeException.ThrowIfNegative(labels[i], documents[i].Id);
        }
        return new TokenizedCorpus([.. ids], starts, labels, classes);
    }

    /// <summary>Pads the chosen documents to the longest of them, for one batch.</summary>
    /// <param name="documents">Indices, in the order of the batch; at least one.</param>
    /// <param name="padding">The id written after a document's end.</param>
    /// <returns>Ids [rows, width], row-major; the length of each row.</returns>
    /// <exception cref="ArgumentException">No document is chosen.</exception>
    public (int[] Ids, int[] Lengths, int Width) Batch(ReadOnlySpan<int> documents, int padding = 0)
    {
        if (documents.IsEmpty)
        {
            throw new ArgumentException("A batch has at least one document.", nameof(documents));
        }
        var lengths = new int[documents.Length];
        for (var row = 0; row < documents.Length; row++)
        {
            lengths[row] = this[documents[row]].Length;
        }
        var width = lengths.Max();
        var ids = new int[documents.Length * width];
        Array.Fill(ids, padding);
        for (var row = 0; row < documents.Length; row++)
        {
            this[documents[row]].CopyTo(ids.AsSpan(row * width));
        }
        return (ids, lengths, width);
    }
}
