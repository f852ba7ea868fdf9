namespace ActorFed.Host.Comparison;

/// <summary>
/// Each row of a condition against each other one, so that no claim about two methods needs a comparison with another baseline.
/// </summary>
internal static class PairTable
{
    /// <summary>
    /// Row minus column of the mean over the last rounds' models, paired by seed, in points with the 95 % t-interval; null where
    /// fewer than three rows have runs, since two are in the table already.
    /// </summary>
    public static TextTable? Of(ConditionResult table)
    {
        var rows = table.Rows.Where(r => r.Runs.Count > 0).ToList();
        return rows.Count < 3
            ? null
            : new(
                table.Titled("Row minus column"),
                ["", .. rows.Select(r => r.Row)],
                [.. rows.Select(row => (IReadOnlyList<string>)[row.Row, .. rows.Select(rival => Cell(row, rival))])]
            );
    }

    private static string Cell(RowResult row, RowResult rival) =>
        TextTable.Difference(row == rival ? null : PairedDifference.Of(row.Runs, rival.Runs, r => r.Seed, r => r.Last));
}
