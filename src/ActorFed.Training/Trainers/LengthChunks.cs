using ActorFed.Training.Tokenizers;

namespace ActorFed.Training.Trainers;

/// <summary>Cuts a list of documents into chunks of like length: little padding, and the same chunks whoever computes them.</summary>
internal static class LengthChunks
{
    /// <summary>Documents of one forward pass that needs no gradient.</summary>
    public const int Size = 32;

    /// <summary>Places in the list, by length of the document, then place.</summary>
    public static IReadOnlyList<int[]> Of(TokenizedCorpus corpus, ReadOnlySpan<int> documents)
    {
        var lengths = new int[documents.Length];
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = corpus[documents[i]].Length;
        }

        return [.. Enumerable.Range(0, lengths.Length).OrderBy(i => lengths[i]).ThenBy(i => i).Chunk(Size)];
    }
}
