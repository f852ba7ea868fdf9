using System.Collections.Immutable;

namespace ActorFed.Host.Comparison;

/// <summary>What a search found.</summary>
internal static class Finds
{
    /// <summary>The searched values with the best mean of the validation metric over the search seeds; the first of equals.</summary>
    /// <param name="cells">The search cells of one row with what they gave; null where a cell is not done.</param>
    /// <returns>Null where no combination has all of its seeds.</returns>
    public static ImmutableSortedDictionary<string, string>? Best(IEnumerable<(Cell Cell, CellRecord? Record)> cells)
    {
        var candidates = cells
            .GroupBy(c => c.Cell.Values, StringComparer.Ordinal)
            .Where(g => g.All(c => Value(c.Record) is not null))
            .Select(g => (g.First().Cell.Searched, Value: g.Average(c => Value(c.Record)!.Value)))
            .ToList();
        return candidates.Count == 0 ? null : candidates.MaxBy(c => c.Value).Searched;
    }

    private static double? Value(CellRecord? record) => record?.Validation is { } v && double.IsFinite(v.Value) ? v.Value : null;
}
