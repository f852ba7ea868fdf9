using System.Collections.Immutable;
using ActorFed.Host.Results;
using ActorFed.Host.Settings;

namespace ActorFed.Host.Comparison;

/// <summary>Puts compare.json together from the plan and what its cells gave. Pure.</summary>
/// <param name="plan">The comparison.</param>
/// <param name="found">Found values by condition and row; none where the search is not done.</param>
/// <param name="cells">Every cell that is known, in the order of the table.</param>
internal sealed class CompareAssembly(
    ComparisonPlan plan,
    IReadOnlyDictionary<(string Condition, string Row), ImmutableSortedDictionary<string, string>> found,
    IReadOnlyList<(Cell Cell, CellRecord? Record)> cells
)
{
    /// <summary>Every cell and what became of it.</summary>
    public IReadOnlyList<CellResult> Cells => [.. cells.Select(c => Of(c.Cell, c.Record))];

    /// <summary>The whole object.</summary>
    /// <param name="completed">Whether nothing is left to do.</param>
    public CompareResult Make(bool completed) =>
        new(
            completed,
            plan.Request.Command,
            plan.Common.Dataset,
            plan.Common.Model,
            plan.Common.Metric,
            plan.Baseline,
            plan.Seeds,
            plan.SearchSeeds,
            plan.Request.Target,
            plan.Label,
            Settings(),
            Versions(),
            [.. plan.Conditions.Select(c => new ConditionResult(c.Name, [.. plan.Rows.Select(r => Of(c, r))]))],
            Cells
        );

    private RowResult Of(Condition condition, Row row)
    {
        var values = found.GetValueOrDefault((condition.Name, row.Name));
        var (runs, rivals) = (Runs(condition, row.Name), Runs(condition, plan.Baseline));
        SeedResult[] seeds = [.. runs.Select(r => Of(r.Seed, r.Result))];
        var isBaseline = row.Name == plan.Baseline;
        return new(
            row.Name,
            row.Method,
            row.Overrides.ToDictionary(o => o.Key, o => o.Value),
            values ?? ImmutableSortedDictionary<string, string>.Empty,
            values is null ? [] : row.Edges(values),
            seeds,
            Mean(seeds, s => s.Final.Value),
            Mean(seeds, s => s.Last),
            isBaseline ? null : Difference(runs, rivals, r => r.Final!.Value),
            isBaseline ? null : Difference(runs, rivals, Last),
            Mean(seeds, s => s.Bytes.Up),
            Mean(seeds, s => s.Bytes.Down),
            Mean(seeds, s => s.SimulatedSeconds),
            Mean(seeds, s => s.Seconds),
            plan.Request.Target is null ? null : ToTarget(seeds),
            isBaseline ? null : SameContributors(runs, rivals),
            Curve(runs)
        )
        {
            AdapterParameters = runs.Select(r => r.Result.AdapterParameters).FirstOrDefault(n => n is not null),
            Wholes =
                seeds.Length > 0 && seeds.All(s => s.Final.Wholes is not null) ? seeds.Average(s => s.Final.Wholes!.Right) : null,
        };
    }

    private List<(long Seed, RunResult Result)> Runs(Condition condition, string row) =>
        [
            .. cells
                .Where(c => c.Cell.Kind == CellKind.Test && c.Cell.Condition.Name == condition.Name && c.Cell.Row.Name == row)
                .Where(c => c.Record?.Result?.Final is not null)
                .Select(c => (c.Cell.Seed, c.Record!.Result!)),
        ];

    private SeedResult Of(long seed, RunResult run) =>
        new(
            seed,
            run.Final!,
            Last(run),
            run.Bytes,
            run.Rounds.Sum(r => r.SimulatedSeconds),
            run.Seconds,
            run.Rounds.FirstOrDefault(r => r.Metric >= plan.Request.Target)?.Round,
            run.AdapterSha256
        );

    private static double Last(RunResult run) => run.Final!.LastRounds?.Value ?? run.Final.Value;

    private static double? Mean(SeedResult[] seeds, Func<SeedResult, double> value) =>
        seeds.Length == 0 ? null : seeds.Average(value);

    private static PairedDifference? Difference(
        List<(long Seed, RunResult Result)> runs,
        List<(long Seed, RunResult Result)> rivals,
        Func<RunResult, double> value
    ) => PairedDifference.Of(runs, rivals, r => r.Seed, r => value(r.Result));

    private static TargetResult ToTarget(SeedResult[] seeds)
    {
        var reached = seeds.Where(s => s.ToTarget is not null).ToList();
        return new(reached.Count == 0 ? null : reached.Average(s => (double)s.ToTarget!), reached.Count, seeds.Length);
    }

    private static double? SameContributors(List<(long Seed, RunResult Result)> runs, List<(long Seed, RunResult Result)> rivals)
    {
        var pairs = runs.Join(rivals, r => r.Seed, r => r.Seed, (own, other) => (own.Result.Rounds, Other: other.Result.Rounds))
            .ToList();
        if (pairs.Count == 0 || pairs.Any(p => p.Rounds.Count != p.Other.Count))
        {
            return null;
        }

        return pairs
            .SelectMany(p => p.Rounds.Zip(p.Other))
            .Average(p => p.First.Contributors.SequenceEqual(p.Second.Contributors) ? 1.0 : 0);
    }

    private static CurvePoint[] Curve(List<(long Seed, RunResult Result)> runs) =>
        [
            .. runs.SelectMany(r => r.Result.Rounds)
                .Where(r => r.Metric is not null)
                .GroupBy(r => r.Round)
                .OrderBy(g => g.Key)
                .Select(g => Point(g.Key, PairedDifference.Of([.. g.Select(r => r.Metric!.Value)])!)),
        ];

    private static CurvePoint Point(int round, PairedDifference mean) => new(round, mean.Mean, mean.Low, mean.High, mean.N);

    private static CellResult Of(Cell cell, CellRecord? record) =>
        new(
            cell.Id,
            cell.Condition.Name,
            cell.Row.Name,
            cell.KindWord,
            cell.Seed,
            cell.Searched,
            record is null ? "open"
                : record.Failed is null ? "done"
                : "failed",
            record?.Validation?.Value ?? record?.Result?.Final?.Value,
            record?.Validation?.Loss ?? record?.Result?.Final?.Loss,
            record?.Result?.Seconds,
            record?.Failed
        );

    private Dictionary<string, string> Settings()
    {
        var keys = SettingCatalog.Of(plan.Common.Methods).ByPath;
        return plan
            .Common.Texts.Where(t =>
                SettingCatalog.Decides(t.Key)
                && t.Key is not ("actorfed.run.seed" or "actorfed.run.method")
                && t.Value != keys[t.Key].Default
            )
            .ToDictionary(t => t.Key, t => t.Value);
    }

    // What only some cells tell is told as such: those that were run by a version that did not may have had another one.
    private Dictionary<string, string> Versions()
    {
        var told = cells.Where(c => c.Record?.Result is not null).Select(c => c.Record!.Result!.Versions).ToList();
        return told.SelectMany(v => v.Keys)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToDictionary(
                key => key,
                key => string.Join(" | ", told.Select(v => v.GetValueOrDefault(key, "not told")).Distinct(StringComparer.Ordinal))
            );
    }
}
