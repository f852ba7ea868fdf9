using ActorFed.Training.Chance;

namespace ActorFed.Training.Evaluation;

/// <summary>A seeded sample that keeps the shares of the classes.</summary>
public static class StratifiedSample
{
    /// <summary>Indices in ascending order: each class gets its share, rest places go to the largest remainders (ties by class).</summary>
    /// <param name="labels">The classes of all documents.</param>
    /// <param name="size">Documents wanted; all of them when 0 or more than there are.</param>
    /// <param name="seed">Decides which.</param>
    public static int[] Draw(ReadOnlySpan<int> labels, int size, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var all = labels.ToArray();
        if (size == 0 || size >= all.Length)
        {
            return [.. Enumerable.Range(0, all.Length)];
        }

        var classes = Enumerable.Range(0, all.Length).GroupBy(i => all[i]).OrderBy(g => g.Key).ToList();
        var exact = classes.ConvertAll(g => (double)size * g.Count() / all.Length);
        var places = exact.ConvertAll(e => (int)e);
        foreach (
            var i in Enumerable
                .Range(0, places.Count)
                .OrderByDescending(i => exact[i] - places[i])
                .ThenBy(i => i)
                .Take(size - places.Sum())
        )
        {
            places[i]++;
        }

        return
        [
            .. classes.SelectMany((g, i) => Some([.. g], places[i], SeededRandom.For(seed, "evaluate-sample", g.Key))).Order(),
        ];
    }

    private static IEnumerable<int> Some(int[] members, int count, SeededRandom chance) =>
        chance.Sample(members.Length, count).Select(i => members[i]);
}
