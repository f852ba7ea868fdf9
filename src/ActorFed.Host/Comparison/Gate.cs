using System.Collections.Immutable;
using ActorFed.Host.Results;
using ActorFed.Host.Settings;
using ActorFed.Host.Terminal;

namespace ActorFed.Host.Comparison;

/// <summary>What gate.json holds: whether a data set leaves adapters room enough to tell methods apart.</summary>
/// <param name="Completed">Whether every cell is done, or failed for good.</param>
/// <param name="Command">The command, without folders of the machine.</param>
/// <param name="Dataset">Data set name.</param>
/// <param name="Model">Base model name.</param>
/// <param name="Metric">What is compared, on the validation part.</param>
/// <param name="Seeds">Seeds.</param>
/// <param name="Ranks">The low and the high rank.</param>
/// <param name="Rows">One a choice of adapted maps.</param>
/// <param name="Cells">Every cell.</param>
internal sealed record GateResult(
    bool Completed,
    string Command,
    string Dataset,
    string Model,
    string Metric,
    IReadOnlyList<long> Seeds,
    IReadOnlyList<int> Ranks,
    IReadOnlyList<GateRow> Rows,
    IReadOnlyList<CellResult> Cells
)
{
    /// <summary>The ridge head alone, beside which readers will want to see an adapter; no part of the verdict. Null while it is not known.</summary>
    public double? Ridge { get; init; }
}

/// <summary>One choice of adapted maps; figures are means over the seeds at each one's best searched values.</summary>
/// <param name="Name">In words.</param>
/// <param name="Targets">The patterns of lora.targets.</param>
/// <param name="Head">The tuned head alone; null while it is not known.</param>
/// <param name="Low">An adapter of the low rank.</param>
/// <param name="High">An adapter of the high rank.</param>
/// <param name="Gain">The better adapter over the head.</param>
/// <param name="RankGain">High rank over low rank, paired by seed.</param>
/// <param name="StandardError">Of the rank's gain, over the seeds.</param>
/// <param name="Separates">Whether both gains are large enough; null while they are not known.</param>
internal sealed record GateRow(
    string Name,
    string Targets,
    double? Head,
    double? Low,
    double? High,
    double? Gain,
    double? RankGain,
    double? StandardError,
    bool? Separates
)
{
    /// <summary>The verdict in words.</summary>
    public string Verdict =>
        Separates switch
        {
            true => "separates methods",
            false => "cannot separate methods",
            null => "not known",
        };
}

/// <summary>
/// The headroom gate: one client that has all documents, judged by the validation part. Where the best adapter does not beat the tuned head by
/// 3 points, or rank 16 (--gate-ranks) does not beat rank 1 by 3 standard errors, a comparison of federated methods would compare noise.
/// </summary>
internal static class Gate
{
    /// <summary>Least gain of the best adapter over the head.</summary>
    private const double LeastGain = 0.03;

    /// <summary>Least gain of rank 16 over rank 1, in standard errors.</summary>
    private const double LeastErrors = 3;

    private const string Head = "head-only";
    private const string Ridge = "head-ridge";
    private const string RidgeSearch = $"{Ridge}:{Ridge}.lambda=0"; // which chooses its own penalty by the validation part
    private static readonly (string Name, string Targets)[] Targets =
    [
        ("q,v", "layers.*.attention.{q,v}"),
        ("all maps", "layers.**"),
    ];

    private static readonly string[] StandardSearch = ["head.rate=0.003,0.01,0.03", "train.rate=0.001,0.003,0.01"];

    private static readonly KeyValuePair<string, string>[] Centralised =
    [
        new("actorfed.partition.scheme", "iid"),
        new("actorfed.partition.clients", "1"),
        new("actorfed.round.per-round", "1"),
        new("actorfed.round.reserve", "0"),
        new("actorfed.round.quorum", "1"),
        new("actorfed.round.deadline", "7 d"),
        new("actorfed.profiles.availability", "fixed(1)"),
        new("actorfed.profiles.budgets", "fixed(1)"),
    ];

    /// <summary>The request that runs the gate's cells: its seeds are those of a search, and the test part is not there.</summary>
    /// <exception cref="UsageException">It names methods or conditions: the gate has its own. Or its ranks are not two that grow.</exception>
    public static CompareRequest Request(CompareRequest asked)
    {
        if (asked.Methods.Length > 0 || asked.Variants.Count > 0 || asked.Partitions is not null || asked.Budgets is not null)
        {
            throw new UsageException(
                "--gate: has its own methods and one client; leave out --methods, --variant, --partitions and --budgets."
            );
        }

        var ranks = Ranks(asked);
        return asked with
        {
            Settings = asked.Settings with { Values = [.. asked.Settings.Values, .. Centralised] },
            Methods = $"{Head},{Ridge}",
            Variants =
            [
                .. Targets.SelectMany(t =>
                    ranks.Select(r => $"{Row(t.Name, r)}=fedit;lora.targets={t.Targets};lora.rank={r};lora.alpha={2 * r}")
                ),
            ],
            SearchSeeds = asked.Seeds,
            Search = [.. asked.Search.Count > 0 ? asked.Search : StandardSearch, RidgeSearch],
            IsGate = true,
        };
    }

    /// <summary>What the cells say.</summary>
    /// <param name="plan">The gate's plan.</param>
    /// <param name="found">Best values by row.</param>
    /// <param name="cells">Every cell.</param>
    /// <param name="completed">Whether nothing is left to do.</param>
    public static GateResult Of(
        ComparisonPlan plan,
        IReadOnlyDictionary<(string Condition, string Row), ImmutableSortedDictionary<string, string>> found,
        IReadOnlyList<(Cell Cell, CellRecord? Record)> cells,
        bool completed
    )
    {
        return new(
            completed,
            plan.Request.Command,
            plan.Common.Dataset,
            plan.Common.Model,
            plan.Common.Metric,
            plan.SearchSeeds,
            Ranks(plan.Request),
            [
                .. Targets.Select(t =>
                    Judge(
                        t.Name,
                        t.Targets,
                        Values(Head),
                        Values(Row(t.Name, Ranks(plan.Request)[0])),
                        Values(Row(t.Name, Ranks(plan.Request)[1]))
                    )
                ),
            ],
            new CompareAssembly(plan, found, cells).Cells
        )
        {
            Ridge = Mean(Values(Ridge)),
        };

        double[] Values(string row) => found.TryGetValue(("", row), out var best) ? ValuesOf(row, best, cells) : [];
    }

    /// <summary>The verdict on one choice of maps; one value a seed, in the order of seeds.</summary>
    public static GateRow Judge(string name, string targets, double[] head, double[] low, double[] high)
    {
        if (head.Length < 2 || low.Length != head.Length || high.Length != head.Length)
        {
            return new(name, targets, Mean(head), Mean(low), Mean(high), null, null, null, null);
        }

        var gain = Math.Max(low.Average(), high.Average()) - head.Average();
        var gains = high.Zip(low, (h, l) => h - l).ToArray();
        var error = Math.Sqrt(gains.Sum(g => Math.Pow(g - gains.Average(), 2)) / (gains.Length - 1) / gains.Length);
        var separates = gain >= LeastGain && gains.Average() > 0 && gains.Average() >= LeastErrors * error;
        return new(name, targets, head.Average(), low.Average(), high.Average(), gain, gains.Average(), error, separates);
    }

    /// <summary>The table of it.</summary>
    public static TextTable Table(GateResult result) =>
        new(
            $"Headroom of {result.Dataset}, {result.Model}: {result.Metric} on the validation part, one client with all documents",
            [
                "adapted",
                "tuned head",
                "ridge head",
                $"rank {result.Ranks[0]}",
                $"rank {result.Ranks[1]}",
                "best over head",
                $"rank {result.Ranks[1]} over {result.Ranks[0]}",
                "verdict",
            ],
            [
                .. result.Rows.Select(r =>
                    (IReadOnlyList<string>)
                        [
                            r.Name,
                            Say.Percent(r.Head),
                            Say.Percent(result.Ridge),
                            Say.Percent(r.Low),
                            Say.Percent(r.High),
                            Points(r.Gain),
                            $"{Points(r.RankGain)} ± {Error(r.StandardError)}",
                            r.Verdict,
                        ]
                ),
            ]
        );

    /// <summary>What a reader must know beside it.</summary>
    public static IEnumerable<string> Notes(GateResult result) =>
        [
            $"Each figure is the mean over seeds {string.Join(", ", result.Seeds)} at the values that were best on the same validation part; the test part was not read. "
                + $"Methods are separated where the best adapter beats the tuned head by {100 * LeastGain:F0} points and rank {result.Ranks[1]} beats rank {result.Ranks[0]} by {LeastErrors:F0} standard errors over the seeds.",
            "The ridge head, one round in closed form, is no part of the verdict: adapters stand on a head that began at zero, and so does the tuned one.",
            .. result
                .Cells.Where(c => c.Failed is not null)
                .Select(c => $"{c.Row}, seed {c.Seed} {Cell.Words(c.Searched)} failed: {c.Failed}"),
        ];

    /// <summary>gate.md.</summary>
    public static string Markdown(GateResult result) =>
        $"# Headroom gate: {result.Dataset}\n\n    {result.Command}\n\n{Table(result).Markdown}"
        + string.Concat(Notes(result).Select(n => $"- {n}\n"))
        + $"\n{TextTable.OfSearch(result.Cells, result.Metric, hasConditions: false)?.Markdown}";

    /// <summary>What another comparison has to say about its own data and maps; null where nobody asked the gate.</summary>
    /// <param name="file">gate.json.</param>
    /// <param name="settings">The comparison's settings.</param>
    public static string? Label(string? file, RunSettings settings)
    {
        if (file is null)
        {
            return null;
        }

        var gate = ResultJson.Read<GateResult>(file);
        var row = gate.Rows.FirstOrDefault(r => r.Targets == settings["lora.targets"]);
        return gate.Dataset != settings.Dataset || gate.Model != settings.Model || row is null
            ? $"Headroom gate: {settings.Dataset} with these adapted maps was not examined."
            : $"Headroom gate: {settings.Dataset}, {row.Name}: {row.Verdict} (best adapter over the tuned head {Points(row.Gain)} points, "
                + $"rank {gate.Ranks[1]} over rank {gate.Ranks[0]} {Points(row.RankGain)} ± {Error(row.StandardError)})"
                + (gate.Ridge is { } ridge ? $"; the ridge head alone has {Say.Percent(ridge)} of that validation part." : ".");
    }

    private static double[] ValuesOf(
        string row,
        IReadOnlyDictionary<string, string> best,
        IReadOnlyList<(Cell Cell, CellRecord? Record)> cells
    ) =>
        [
            .. cells
                .Where(c => c.Cell.Row.Name == row && c.Cell.Values == Cell.Words(best) && c.Record?.Validation is not null)
                .OrderBy(c => c.Cell.Seed)
                .Select(c => c.Record!.Validation!.Value),
        ];

    private static int[] Ranks(CompareRequest asked)
    {
        var ranks = Lists.Items(asked.GateRanks).Select(r => int.TryParse(r, out var rank) ? rank : 0).ToArray();
        return ranks.Length == 2 && ranks[0] >= 1 && ranks[0] < ranks[1]
            ? ranks
            : throw new UsageException($"--gate-ranks {asked.GateRanks}: a low and a high rank are expected, e.g. 1,16.");
    }

    private static string Row(string targets, int rank) => $"{targets.Replace(' ', '-')}, rank {rank}";

    private static double? Mean(double[] values) => values.Length == 0 ? null : values.Average();

    private static string Points(double? share) => share is { } s ? $"{100 * s:+0.0;-0.0;0.0}" : "-";

    private static string Error(double? share) => share is { } s ? $"{100 * s:F1}" : "-";
}
