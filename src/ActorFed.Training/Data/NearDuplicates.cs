using System.Collections.Immutable;
using ActorFed.Training.Chance;

namespace ActorFed.Training.Data;

/// <summary>Finds texts that are copies of an earlier text but for a few words. Left in, they put the test part into the training part.</summary>
/// <remarks>
/// Shingles: 3 words running, lower case, every digit as 0. Candidates come from MinHash (128 minima, 32 bands of 4: a pair of
/// similarity 0.8 is missed with probability below 1e-7), and each is verified by its exact Jaccard similarity. The first of a family
/// in the given order stays. Cost: 128 multiply-adds a shingle. Source: Broder 1997, "On the resemblance and containment of documents".
/// </remarks>
public static class NearDuplicates
{
    private const int Bands = 32;
    private const int RowsPerBand = 4;
    private const int ShingleWords = 3;

    /// <summary>The indices of the texts to keep, ascending.</summary>
    /// <param name="texts">In the order in which the first is kept.</param>
    /// <param name="similarity">Jaccard similarity from which a text counts as a copy; above 0, at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The similarity is outside its range.</exception>
    public static ImmutableArray<int> Keep(IReadOnlyList<string> texts, double similarity)
    {
        if (similarity is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(similarity), similarity, "A similarity lies above 0 and at most at 1.");
        }
        var functions = Functions();
        var buckets = new Dictionary<(int Band, ulong Hash), List<int>>();
        var shingles = new Dictionary<int, HashSet<ulong>>();
        var sketches = SharedWork.Map(texts, text => Sketch(text, functions));
        for (var i = 0; i < texts.Count; i++)
        {
            var (own, bands) = sketches[i];
            if (!bands.Select((hash, band) => buckets.GetValueOrDefault((band, hash))).Any(IsCopyOfOne))
            {
                Remember(i, own, bands);
            }

            bool IsCopyOfOne(List<int>? kept) => kept is not null && kept.Any(k => Jaccard(shingles[k], own) >= similarity);
        }
        return [.. shingles.Keys.Order()];

        void Remember(int index, HashSet<ulong> own, ulong[] bands)
        {
            shingles.Add(index, own);
            for (var band = 0; band < Bands; band++)
            {
                if (!buckets.TryGetValue((band, bands[band]), out var members))
                {
                    buckets.Add((band, bands[band]), members = []);
                }
                members.Add(index);
            }
        }
    }

    private static (ulong Factor, ulong Offset)[] Functions()
    {
        var random = new SeededRandom(1997); // part of the definition, not a setting: the same copies are found in every run
        var functions = new (ulong, ulong)[Bands * RowsPerBand];
        for (var i = 0; i < functions.Length; i++)
        {
            functions[i] = (random.NextBits() | 1, random.NextBits());
        }
        return functions;
    }

    private static (HashSet<ulong> Shingles, ulong[] Bands) Sketch(string text, (ulong Factor, ulong Offset)[] functions)
    {
        var shingles = Shingles(text);
        return (shingles, BandHashes(shingles, functions));
    }

    private static HashSet<ulong> Shingles(string text)
    {
        var words = Words(text);
        var shingles = new HashSet<ulong>();
        var width = Math.Min(ShingleWords, Math.Max(1, words.Count));
        for (var i = 0; i + width <= words.Count; i++)
        {
            var hash = 14695981039346656037UL;
            for (var j = i; j < i + width; j++)
            {
                hash = Mix(hash ^ words[j]);
            }
            shingles.Add(hash);
        }
        return shingles;
    }

    private static List<ulong> Words(string text)
    {
        var words = new List<ulong>();
        var (hash, inside) = (0UL, false);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                hash = Mix((inside ? hash : 0) ^ (char.IsDigit(c) ? '0' : char.ToLowerInvariant(c)));
                inside = true;
            }
            else if (inside)
            {
                words.Add(hash);
                inside = false;
            }
        }
        if (inside)
        {
            words.Add(hash);
        }
        return words;
    }

    private static ulong[] BandHashes(HashSet<ulong> shingles, (ulong Factor, ulong Offset)[] functions)
    {
        Span<ulong> minima = stackalloc ulong[Bands * RowsPerBand];
        minima.Fill(ulong.MaxValue);
        foreach (var shingle in shingles)
        {
            for (var f = 0; f < minima.Length; f++)
            {
                // The product's low bits are weak, so the minimum is taken over a value whose high bits decide.
                minima[f] = Math.Min(minima[f], (shingle * functions[f].Factor) + functions[f].Offset);
            }
        }
        var bands = new ulong[Bands];
        for (var i = 0; i < minima.Length; i++)
        {
            bands[i / RowsPerBand] = Mix(bands[i / RowsPerBand] ^ minima[i]);
        }
        return bands;
    }

    private static double Jaccard(HashSet<ulong> a, HashSet<ulong> b)
    {
        var (small, large) = a.Count < b.Count ? (a, b) : (b, a);
        var shared = small.Count(large.Contains);
        var union = a.Count + b.Count - shared;
        return union == 0 ? 1 : (double)shared / union;
    }

    private static ulong Mix(ulong z)
    {
        z = (z + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 29)) * 0x94D049BB133111EB;
        return z ^ (z >> 32);
    }
}
