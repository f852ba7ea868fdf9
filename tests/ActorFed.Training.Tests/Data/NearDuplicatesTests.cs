using ActorFed.Training.Chance;
using ActorFed.Training.Data;

namespace ActorFed.Training.Tests.Data;

public sealed class NearDuplicatesTests
{
    [Fact]
    public void A_copy_with_other_numbers_case_and_punctuation_is_a_copy()
    {
        string[] texts =
        [
            "Save 50% on toner! Call 555-0101 today, offer number 123456 ends soon.",
            "An unrelated note about a compiler and its type checker, nothing to buy here.",
            "SAVE 70% on TONER -- call 555-0202 today, offer number 999999 ends soon",
        ];
        Assert.Equal([0, 1], NearDuplicates.Keep(texts, 0.8).AsEnumerable());
    }

    [Fact]
    public void The_first_of_a_family_stays_and_empty_texts_are_one_family() =>
        Assert.Equal(
            [0, 1],
            NearDuplicates.Keep(["", "one two three four", "  ", "one two three four", "!!!"], 0.9).AsEnumerable()
        );

    [Fact]
    public void Short_texts_are_compared_by_the_words_they_have() =>
        Assert.Equal([0, 1, 3], NearDuplicates.Keep(["hello", "hello world", "Hello!", "goodbye"], 0.8).AsEnumerable());

    [Fact]
    public void No_pair_of_the_kept_is_more_alike_than_allowed_and_every_dropped_one_has_a_twin()
    {
        var texts = Families(seed: 5, families: 60, each: 5);
        var kept = NearDuplicates.Keep(texts, 0.7);
        foreach (var (i, j) in kept.SelectMany((i, n) => kept.Skip(n + 1).Select(j => (i, j))))
        {
            Assert.True(Jaccard(texts[i], texts[j]) < 0.7, $"{i} and {j}");
        }
        foreach (var dropped in Enumerable.Range(0, texts.Length).Except(kept))
        {
            Assert.Contains(kept, k => k < dropped && Jaccard(texts[k], texts[dropped]) >= 0.7);
        }
        Assert.InRange(kept.Length, 60, 299);
    }

    [Fact]
    public void A_similarity_outside_its_range_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NearDuplicates.Keep(["a"], 0));

    /// <summary>Texts of 60 words, each family with a few words changed: similarities from 0.3 to 1.</summary>
    private static string[] Families(long seed, int families, int each)
    {
        var random = new SeededRandom(seed);
        var texts = new List<string>();
        for (var f = 0; f < families; f++)
        {
            var words = Enumerable.Range(0, 60).Select(_ => Word(random)).ToArray();
            for (var copy = 0; copy < each; copy++)
            {
                var changed = words.ToArray();
                for (var c = random.Next(7); c > 0; c--)
                {
                    changed[random.Next(60)] = Word(random);
                }
                texts.Add(string.Join(' ', changed));
            }
        }
        return [.. texts];
    }

    private static string Word(SeededRandom random) =>
        new([.. Enumerable.Range(0, 6).Select(_ => (char)('a' + random.Next(26)))]);

    // The slow, obvious version is the oracle.
    private static double Jaccard(string a, string b)
    {
        var (x, y) = (Shingles(a), Shingles(b));
        return (double)x.Intersect(y).Count() / x.Union(y).Count();

        static HashSet<string> Shingles(string text)
        {
            var words = text.Split(' ');
            return [.. Enumerable.Range(0, words.Length - 2).Select(i => string.Join(' ', words[i..(i + 3)]))];
        }
    }
}
