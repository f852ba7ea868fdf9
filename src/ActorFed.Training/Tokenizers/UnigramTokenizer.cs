using System.Collections.Concurrent;
using ActorFed.Training.Tokenizers.Unicode;

namespace ActorFed.Training.Tokenizers;

/// <summary>The tokenizer of USE-lite: the likeliest cutting of each word into the pieces of a unigram model.</summary>
/// <remarks>
/// NFKC; every run of white space is one space and the ends are trimmed, as SentencePiece's own normaliser does; U+2581 before each
/// word; Viterbi over the sum of the scores, the longer last piece of equals; characters that no piece covers become id 0, runs of them one.
/// No piece spans two words, so word by word gives the same ids as the text at once, and encoding can stop early.
/// Source: Kudo 2018, "Subword Regularization" (https://arxiv.org/abs/1804.10959).
/// </remarks>
public sealed class UnigramTokenizer(UnigramVocabulary vocabulary) : ITokenizer
{
    private const int LongestCachedWord = 24;
    private const int MostCachedWords = 200_000;

    private readonly ConcurrentDictionary<string, int[]> _words = new(StringComparer.Ordinal);
    private int _cached;

    /// <inheritdoc />
    public int VocabularySize => vocabulary.Count;

    /// <inheritdoc />
    public int Unknown => 0;

    /// <inheritdoc />
    public int[] Encode(string text, int most = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var ids = new List<int>();
        foreach (var word in Nfkc.Normalize(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var id in Word(word))
            {
                if (id != Unknown || ids.Count == 0 || ids[^1] != Unknown)
                {
                    ids.Add(id);
                }
            }
            if (ids.Count >= most)
            {
                break;
            }
        }
        return [.. ids.Take(most)];
    }

    private int[] Word(string word)
    {
        if (_words.TryGetValue(word, out var known))
        {
            return known;
        }
        var ids = Viterbi(UnigramVocabulary.WordStart + word);
        if (word.Length <= LongestCachedWord && Volatile.Read(ref _cached) < MostCachedWords && _words.TryAdd(word, ids))
        {
            Interlocked.Increment(ref _cached); // the dictionary's own count takes each of its locks
        }
        return ids;
    }

    private int[] Viterbi(string word)
    {
        var best = new double[word.Length + 1];
        var last = new (int From, int Id)[word.Length + 1];
        Array.Fill(best, double.NegativeInfinity, 1, word.Length);
        for (var from = 0; from < word.Length; from++)
        {
            // Half of a surrogate pair is reached by nothing: pairs are stepped over as one.
            if (double.IsNegativeInfinity(best[from]))
            {
                continue;
            }
            var longest = Math.Min(vocabulary.LongestPiece, word.Length - from);
            for (var length = 1; length <= longest; length++)
            {
                if (vocabulary.Lookup.TryGetValue(word.AsSpan(from, length), out var piece))
                {
                    Offer(from, from + length, piece.Id, piece.Score);
                }
            }
            var step = char.IsHighSurrogate(word[from]) && from + 1 < word.Length ? 2 : 1;
            Offer(from, from + step, Unknown, vocabulary.UnknownScore);
        }
        return Backtrack(last);

        void Offer(int from, int to, int id, double score)
        {
            if (best[from] + score > best[to])
            {
                (best[to], last[to]) = (best[from] + score, (from, id));
            }
        }
    }

    private static int[] Backtrack((int From, int Id)[] last)
    {
        var ids = new List<int>();
        for (var at = last.Length - 1; at > 0; at = last[at].From)
        {
            ids.Add(last[at].Id);
        }
        ids.Reverse();
        return [.. ids];
    }
}
