using ActorFed.Training.Federation;

namespace ActorFed.Training.Aggregation;

/// <summary>How much each contribution counts.</summary>
public static class ClientWeights
{
    /// <summary>p_k: equal, or by examples; they sum to 1.</summary>
    /// <param name="contributions">At least one.</param>
    /// <param name="rule">uniform or samples.</param>
    /// <exception cref="ArgumentException">No contributions, or a count of examples below 1 (names the client).</exception>
    public static double[] Of(IReadOnlyList<Contribution> contributions, string rule)
    {
        ThrowUnlessCounted(contributions);
        if (rule == "uniform")
        {
            return [.. contributions.Select(_ => 1.0 / contributions.Count)];
        }

        // A sum of whole numbers: exact, so the order of clients cannot show.
        var total = (double)contributions.Sum(c => c.Examples);
        return [.. contributions.Select(c => c.Examples / total)];
    }

    /// <summary>1 for each: the mean becomes a sum.</summary>
    /// <exception cref="ArgumentException">As <see cref="Of"/>.</exception>
    public static double[] Sum(IReadOnlyList<Contribution> contributions)
    {
        ThrowUnlessCounted(contributions);
        return [.. contributions.Select(_ => 1.0)];
    }

    /// <summary>Refuses a client that is there more than once.</summary>
    /// <exception cref="ArgumentException">Names the first.</exception>
    internal static void ThrowIfTwice(IEnumerable<ClientId> clients)
    {
        if (clients.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"{twice.Key} contributed twice to one round.");
        }
    }

    private static void ThrowUnlessCounted(IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(contributions);
        if (contributions.Count == 0)
        {
            throw new ArgumentException("A round without a contribution cannot be aggregated.", nameof(contributions));
        }

        if (contributions.FirstOrDefault(c => c.Examples < 1) is { } empty)
        {
            throw new ArgumentException($"{empty.Client} contributed with {empty.Examples} examples; at least 1 is needed.");
        }
    }
}
