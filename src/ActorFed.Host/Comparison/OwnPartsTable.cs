using ActorFed.Host.Results;
using ActorFed.Host.Simulation;
using ActorFed.Host.Terminal;

namespace ActorFed.Host.Comparison;

/// <summary>
/// The models that clients could use, judged by each client's own held-out part: the global one, the personal one, what they make of both.
/// </summary>
internal static class OwnPartsTable
{
    /// <summary>A line for each row and model: means over the seeds; null where no run held anything out.</summary>
    /// <param name="table">The condition.</param>
    /// <param name="baseline">The row with whose own models each model is compared.</param>
    public static TextTable? Of(ConditionResult table, string baseline)
    {
        var rival = Runs(table.Rows.FirstOrDefault(r => r.Row == baseline));
        var lines = table.Rows.SelectMany(row => Lines(row, rival)).ToList();
        return lines.Count == 0
            ? null
            : new(
                table.Titled("Clients' own held-out parts"),
                ["method", "model", "mean", "10th percentile", "worst", "own less it", $"beside {baseline}'s own"],
                lines
            );
    }

    private static List<Run> Runs(RowResult? row) =>
        [.. (row?.Runs ?? []).Where(r => r.Final.Personal is not null).Select(r => new Run(r.Seed, r.Final.Personal!))];

    private static IEnumerable<IReadOnlyList<string>> Lines(RowResult row, List<Run> rival)
    {
        var runs = Runs(row);
        var models = runs.SelectMany(r => r.Personal.Models.Select(m => m.Model)).Distinct(StringComparer.Ordinal);
        return models.Select(model => Line(row.Row, model, runs.FindAll(r => r.Of(model) is not null), rival));
    }

    private static string[] Line(string row, string model, List<Run> runs, List<Run> rival) =>
        [
            row,
            model,
            Say.Percent(runs.Average(r => r.Of(model)!.Mean)),
            Say.Percent(runs.Average(r => r.Of(model)!.P10)),
            Say.Percent(runs.Average(r => r.Of(model)!.Min)),
            TextTable.Difference(
                model == PersonalSummary.Own ? null : PairedDifference.Of([.. runs.Select(r => r.Gain(model)).OfType<double>()])
            ),
            TextTable.Difference(
                PairedDifference.Of(
                    runs.Select(r => (r.Seed, r.Of(model)!.Mean)),
                    rival.Select(r => (r.Seed, r.Of(PersonalSummary.Own)!.Mean)),
                    r => r.Seed,
                    r => r.Mean
                )
            ),
        ];

    private sealed record Run(long Seed, PersonalResult Personal)
    {
        public PersonalSpread? Of(string model) => Personal.Models.FirstOrDefault(m => m.Model == model);

        /// <summary>Mean over the clients of what their own model has over another.</summary>
        public double? Gain(string over) =>
            Personal.Gains.FirstOrDefault(g => g.Model == PersonalSummary.Own && g.Over == over)?.Mean;
    }
}
