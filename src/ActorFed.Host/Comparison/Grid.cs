using System.Collections.Immutable;

namespace ActorFed.Host.Comparison;

/// <summary>Where methods are compared: one partition, one distribution of budgets.</summary>
/// <param name="Name">As people wrote it; empty for the settings as they are.</param>
/// <param name="Overrides">The settings that make it.</param>
internal sealed record Condition(string Name, ImmutableArray<KeyValuePair<string, string>> Overrides);

/// <summary>One line of the table: a method, perhaps with settings of its own.</summary>
/// <param name="Name">As the table calls it.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Overrides">Settings that only this row has.</param>
internal sealed record Row(string Name, string Method, ImmutableArray<KeyValuePair<string, string>> Overrides)
{
    /// <summary>What is searched for it: only settings that its method reads.</summary>
    public ImmutableArray<Axis> Axes { get; init; } = [];

    /// <summary>Every combination of the searched values, the last axis running fastest; one empty combination where nothing is searched.</summary>
    public IReadOnlyList<ImmutableSortedDictionary<string, string>> Combinations =>
        Axes.Aggregate(
            (IReadOnlyList<ImmutableSortedDictionary<string, string>>)
                [ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)],
            (all, axis) => [.. all.SelectMany(c => axis.Values.Select(v => c.Add(axis.Path, v)))]
        );

    /// <summary>Searched settings whose best value lies at an end of its grid: the optimum may lie beyond.</summary>
    public ImmutableArray<string> Edges(IReadOnlyDictionary<string, string> best) =>
        [.. Axes.Where(a => a.IsEdge(best[a.Path])).Select(a => a.Path)];
}

/// <summary>One searched setting.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Values">Texts to try, in the order given.</param>
internal sealed record Axis(string Path, ImmutableArray<string> Values)
{
    /// <summary>Whether a value is the smallest or largest number of several; words have no ends.</summary>
    public bool IsEdge(string value)
    {
        var numbers = Values.Select(v => double.TryParse(v, out var n) ? n : double.NaN).ToArray();
        return numbers.Length > 1
            && numbers.All(double.IsFinite)
            && double.Parse(value) is var own
            && (own == numbers.Min() || own == numbers.Max());
    }
}
