using ActorFed.Training.Chance;

namespace ActorFed.Training.Partitioning;

/// <summary>One draw of each scheme: pure functions of the documents and a generator. Every document is in one list of the result.</summary>
internal static class Schemes
{
    /// <summary>A random order cut into equal parts; sizes differ by at most 1.</summary>
    public static List<List<int>> Iid(int documents, int clients, SeededRandom random) =>
        Cut(random.Permutation(documents), Apportion(documents, [.. Enumerable.Repeat(1.0 / clients, clients)]));

    /// <summary>Class by class, shares over the clients from Dirichlet(alpha).</summary>
    /// <remarks>Source: Hsu, Qi and Brown 2019 (https://arxiv.org/abs/1909.06335), in the class-wise form of Li et al. 2022 (NIID-Bench).</remarks>
    public static List<List<int>> Dirichlet(int[] labels, int clients, double alpha, SeededRandom random)
    {
        var shards = Empty(clients);
        foreach (var group in ByLabel(labels))
        {
            var members = group.ToArray();
            random.Shuffle(members.AsSpan());
            var parts = Cut(members, Apportion(members.Length, random.NextDirichlet(alpha, clients)));
            for (var client = 0; client < clients; client++)
            {
                shards[client].AddRange(parts[client]);
            }
        }
        return shards;
    }

    /// <summary>One client a value; with fewer clients than values, values in a random order go to the client that has least so far.</summary>
    public static List<List<int>> Natural(SortedDictionary<string, List<int>> groups, int clients, SeededRandom random)
    {
        var values = groups.Values.ToArray();
        if (clients == 0 || clients == values.Length)
        {
            return [.. values];
        }
        random.Shuffle(values.AsSpan());
        var shards = Empty(clients);
        foreach (var group in values)
        {
            shards.MinBy(s => s.Count)?.AddRange(group);
        }
        return shards;
    }

    /// <summary>Every client gets the least shard; the rest goes by shares from Dirichlet(alpha). Classes stay at random.</summary>
    /// <remarks>Shares alone would leave somebody below the least shard in nearly every draw when alpha is small.</remarks>
    public static List<List<int>> Quantity(int documents, int clients, double alpha, int least, SeededRandom random)
    {
        var extra = Apportion(documents - (clients * least), random.NextDirichlet(alpha, clients));
        return Cut(random.Permutation(documents), Array.ConvertAll(extra, e => e + least));
    }

    /// <summary>Documents sorted by class (at random within one), cut into equal pieces, dealt at random.</summary>
    /// <remarks>Source: McMahan et al. 2017 (https://arxiv.org/abs/1602.05629), section 3.</remarks>
    public static List<List<int>> Shards(int[] labels, int clients, int piecesPerClient, SeededRandom random)
    {
        var order = random.Permutation(labels.Length).OrderBy(i => labels[i]).ToArray();
        var count = clients * piecesPerClient;
        var pieces = Cut(order, Apportion(order.Length, [.. Enumerable.Repeat(1.0 / count, count)]));
        var dealt = random.Permutation(count);
        var shards = Empty(clients);
        for (var i = 0; i < count; i++)
        {
            shards[i / piecesPerClient].AddRange(pieces[dealt[i]]);
        }
        return shards;
    }

    /// <summary>Whole numbers that sum to the total and follow the shares: cut points are the rounded running sums.</summary>
    internal static int[] Apportion(int total, double[] shares)
    {
        var sizes = new int[shares.Length];
        var (sum, before) = (0.0, 0);
        for (var i = 0; i < shares.Length; i++)
        {
            sum += shares[i];
            // The last cut is the end itself: the running sum may miss 1 by a rounding error.
            var cut = i == shares.Length - 1 ? total : Math.Clamp((int)Math.Round(sum * total), before, total);
            (sizes[i], before) = (cut - before, cut);
        }
        return sizes;
    }

    private static List<List<int>> Cut(int[] order, int[] sizes)
    {
        var parts = new List<List<int>>(sizes.Length);
        var at = 0;
        foreach (var size in sizes)
        {
            parts.Add([.. order.AsSpan(at, size)]);
            at += size;
        }
        return parts;
    }

    private static IEnumerable<IGrouping<int, int>> ByLabel(int[] labels) =>
        Enumerable.Range(0, labels.Length).GroupBy(i => labels[i]).OrderBy(g => g.Key);

    private static List<List<int>> Empty(int clients) => [.. Enumerable.Range(0, clients).Select(_ => new List<int>())];
}
