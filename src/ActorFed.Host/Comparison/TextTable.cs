using ActorFed.Host.Results;
using ActorFed.Host.Settings;
using ActorFed.Host.Terminal;

namespace ActorFed.Host.Comparison;

/// <summary>A table as words; the console and compare.md show the same one.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Heads">Columns.</param>
/// <param name="Rows">Cells.</param>
internal sealed record TextTable(string Title, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>As Markdown, with its title as a heading.</summary>
    public string Markdown =>
        $"## {Title}\n\n{Line(Heads)}|{string.Concat(Heads.Select((_, i) => i == 0 ? "---|" : "---:|"))}\n{string.Concat(Rows.Select(Line))}\n";

    /// <summary>The table of one condition.</summary>
    public static TextTable Of(CompareResult result, ConditionResult table)
    {
        var columns = Columns(result).Where(c => c.Show).ToList();
        return new(
            table.Titled("Test part"),
            [.. columns.Select(c => c.Head)],
            [.. table.Rows.Select(r => (IReadOnlyList<string>)[.. columns.Select(c => c.Cell(r))])]
        );
    }

    /// <summary>What was tried in the search; null where nothing was.</summary>
    public static TextTable? OfSearch(CompareResult result) => OfSearch(result.Cells, result.Metric, result.Tables.Count > 1);

    /// <summary>The same of a list of cells.</summary>
    public static TextTable? OfSearch(IEnumerable<CellResult> all, string metric, bool hasConditions)
    {
        var cells = all.Where(c => c.Kind == "search").ToList();
        (string Head, bool Show, Func<CellResult, string> Cell)[] columns =
        [
            ("condition", hasConditions, c => c.Condition),
            ("method", true, c => c.Row),
            ("values", true, c => Cell.Words(c.Searched)),
            ("seed", true, c => $"{c.Seed}"),
            (metric, true, c => Say.Percent(c.Value)),
            ("loss", true, c => Say.Loss(c.Loss)),
            ("wall", true, c => Seconds(c.Seconds)),
            ("state", true, c => c.State),
        ];
        var shown = columns.Where(c => c.Show).ToList();
        return cells.Count == 0
            ? null
            : new(
                "Search on the validation part",
                [.. shown.Select(c => c.Head)],
                [.. cells.Select(c => (IReadOnlyList<string>)[.. shown.Select(x => x.Cell(c))])]
            );
    }

    /// <summary>What a reader must know beside the tables.</summary>
    public static IEnumerable<string> Notes(CompareResult result)
    {
        if (result.Gate is { } gate)
        {
            yield return gate;
        }

        yield return $"Differences are to {result.Baseline}, paired by seed, in points, with their 95 % t-interval; * marks those whose interval leaves out zero. "
            + "\"Last rounds\" is the mean over the last rounds' models, \"final\" the last one alone. \"Numbers\" are those of the adapter that a "
            + "client of full budget trains, without the head. Bytes are those of a run; head, metadata and retries count both ways.";
        foreach (var (table, row) in result.Tables.SelectMany(t => t.Rows.Select(r => (t, r))))
        {
            foreach (var path in row.Edges)
            {
                yield return $"{Name(table, row)}: the best {Short(path)} found ({row.Found[path]}) lies at an end of its grid; a better value may lie beyond.";
            }

            if (row.SameContributors is < 1 and var same)
            {
                yield return $"{Name(table, row)}: the same clients counted as for {result.Baseline} in {Say.Percent(same)} of the rounds; "
                    + "the others were invited alike, and came in another order.";
            }
        }

        foreach (var cell in result.Cells.Where(c => c.Failed is not null))
        {
            yield return $"{cell.Condition} {cell.Row}, {cell.Kind}, seed {cell.Seed} {Cell.Words(cell.Searched)} failed: {cell.Failed}".TrimStart();
        }

        if (result.Versions.Where(v => v.Value.Contains(" | ", StringComparison.Ordinal)).ToList() is { Count: > 0 } mixed)
        {
            yield return $"Cells were run by several versions: {string.Join("; ", mixed.Select(v => $"{v.Key} {v.Value}"))}.";
        }
    }

    private static string Line(IEnumerable<string> cells) =>
        $"| {string.Join(" | ", cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal)))} |\n";

    private static IEnumerable<(string Head, bool Show, Func<RowResult, string> Cell)> Columns(CompareResult result)
    {
        var isPlain = result.Tables.SelectMany(t => t.Rows).All(r => r.Found.Count == 0);
        var several = result.Tables.Count > 0 && result.Tables[0].Rows.Count > 1;
        return
        [
            ("method", true, r => r.Row),
            ("found", !isPlain, r => Cell.Words(r.Found)),
            ($"last rounds, seeds {string.Join(" ", result.Seeds)}", true, r => Seeds(result, r, s => s.Last)),
            ("last rounds", true, r => Say.Percent(r.Last)),
            ("difference", several, r => Difference(r.LastDifference)),
            ("wins", several, r => Wins(r.LastDifference)),
            ("final", true, r => Say.Percent(r.Final)),
            ("difference, final", several, r => Difference(r.FinalDifference)),
            ("whole lines", result.Tables.SelectMany(t => t.Rows).Any(r => r.Wholes is not null), r => Say.Percent(r.Wholes)),
            ("numbers", true, r => r.AdapterParameters is { } n ? $"{n:N0}" : "-"),
            ("adapter up", true, r => Bytes(r, b => b.PayloadUp)),
            ("adapter down", true, r => Bytes(r, b => b.PayloadDown)),
            ("head", true, r => Bytes(r, b => b.HeadUp + b.HeadDown)),
            ("metadata", true, r => Bytes(r, b => b.MetadataUp + b.MetadataDown)),
            ("retries", true, r => Bytes(r, b => b.Retries)),
            ("simulated", true, r => Seconds(r.SimulatedSeconds)),
            ("wall", true, r => Seconds(r.Seconds)),
            ($"rounds to {Say.Percent(result.Target)}", result.Target is not null, r => Target(r.ToTarget)),
        ];
    }

    private static string Seeds(CompareResult result, RowResult row, Func<SeedResult, double> value) =>
        string.Join(
            " ",
            result.Seeds.Select(s => row.Runs.FirstOrDefault(r => r.Seed == s) is { } run ? $"{100 * value(run):F1}" : "-")
        );

    private static string Bytes(RowResult row, Func<BytesResult, long> column) =>
        row.Runs.Count == 0 ? "-" : Say.Bytes(row.Runs.Average(r => column(r.Bytes)));

    /// <summary>In points, with the interval where there is one.</summary>
    public static string Difference(PairedDifference? d) =>
        d is null ? "-"
        : d is { Low: { } low, High: { } high } ? $"{Points(d.Mean)} [{Points(low)}, {Points(high)}]{(d.IsClaimed ? " *" : "")}"
        : Points(d.Mean);

    private static string Wins(PairedDifference? d) => d is null ? "-" : $"{d.Wins} of {d.N}";

    private static string Target(TargetResult? t) =>
        t?.Mean is { } mean ? $"{mean:F1} ({t.Reached} of {t.N})" : $"- (0 of {t?.N ?? 0})";

    private static string Points(double share) => $"{100 * share:+0.0;-0.0;0.0}";

    private static string Seconds(double? seconds) => seconds is { } s ? Say.Time(TimeSpan.FromSeconds(s)) : "-";

    private static string Name(ConditionResult table, RowResult row) => $"{table.Condition} {row.Row}".Trim();

    private static string Short(string path) => path[(SettingKey.Root.Length + 1)..];
}
