using System.Text;
using ActorFed.Host.Reports;
using ActorFed.Host.Results;
using ActorFed.Host.Runs;

namespace ActorFed.Host.Comparison;

/// <summary>The files of a comparison, or of a gate.</summary>
/// <param name="folder">The comparison's folder.</param>
/// <param name="disk">Where the files go.</param>
internal sealed class CompareFiles(string folder, IDisk disk)
{
    private const string Rounds =
        "condition,method,seed,round,contributors,late,refused,absent,train_loss,metric,loss,bytes_up,bytes_down,payload_up,payload_down,head_up,head_down,metadata_up,metadata_down,retries,simulated_seconds,wall_seconds";

    /// <summary>compare.json, compare.md, rounds.csv, clients.csv, found.json and report.html.</summary>
    public void Write(CompareResult result, IReadOnlyList<(Cell Cell, CellRecord? Record)> cells, ChartLibrary chart)
    {
        var tests = cells.Where(c => c.Cell.Kind == CellKind.Test && c.Record?.Result is not null).ToList();
        Put("compare.json", ResultJson.Write(result));
        Put("compare.md", Markdown(result));
        Put("rounds.csv", Csv.Text(Rounds, tests.SelectMany(c => c.Record!.Result!.Rounds.Select(r => Round(c.Cell, r)))));
        Put(
            "clients.csv",
            Csv.Text("condition,method,seed,client,name,value", tests.SelectMany(c => Clients(c.Cell, c.Record!.Result!)))
        );
        Put(
            "found.json",
            ResultJson.Write(result.Tables.Select(t => new { t.Condition, Rows = t.Rows.ToDictionary(r => r.Row, r => r.Found) }))
        );
        Put("report.html", ComparePage.Render(result, chart));
    }

    /// <summary>gate.json and gate.md.</summary>
    public void Write(GateResult result)
    {
        Put("gate.json", ResultJson.Write(result));
        Put("gate.md", Gate.Markdown(result));
    }

    /// <summary>compare.md.</summary>
    public static string Markdown(CompareResult result)
    {
        var text = new StringBuilder();
        text.Append($"# {result.Dataset}, {result.Model}: {result.Metric}\n\n");
        text.Append($"    {result.Command}\n\n");
        text.Append(result.Completed ? "" : "This comparison is not completed.\n\n");
        foreach (var table in result.Tables)
        {
            text.Append(TextTable.Of(result, table).Markdown);
        }

        foreach (var note in TextTable.Notes(result))
        {
            text.Append($"- {note}\n");
        }

        text.Append('\n');
        Append(
            text,
            result.Tables.Select(PairTable.Of),
            "Last rounds, paired by seed. The intervals are not widened for their number: of twenty pairs of equal methods one is marked by chance."
        );
        Append(
            text,
            result.Tables.Select(t => OwnPartsTable.Of(t, result.Baseline)),
            "Mean, tenth percentile and worst over the clients, each of them a mean over the seeds; \"own\" is what each client would use. "
                + "Differences are in points, paired by client and by seed."
        );
        if (TextTable.OfSearch(result) is { } search)
        {
            text.Append(search.Markdown);
        }

        text.Append("## Settings that differ from the defaults\n\n");
        text.Append(string.Concat(result.Settings.Select(s => $"- `{s.Key} = {s.Value}`\n")));
        text.Append("\n## Versions\n\n");
        text.Append(string.Concat(result.Versions.Select(v => $"- {v.Key}: {v.Value}\n")));
        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<TextTable?> tables, string about)
    {
        var there = tables.OfType<TextTable>().ToList();
        text.Append(string.Concat(there.Select(t => t.Markdown)));
        text.Append(there.Count == 0 ? "" : $"{about}\n\n");
    }

    private static object?[] Round(Cell cell, RoundResult r) =>
        [
            cell.Condition.Name,
            cell.Row.Name,
            cell.Seed,
            r.Round,
            r.Contributors.Count,
            r.Late.Count,
            r.Refused.Count,
            r.Absent.Count,
            r.TrainLoss,
            r.Metric,
            r.Loss,
            r.BytesUp,
            r.BytesDown,
            r.Bytes.PayloadUp,
            r.Bytes.PayloadDown,
            r.Bytes.HeadUp,
            r.Bytes.HeadDown,
            r.Bytes.MetadataUp,
            r.Bytes.MetadataDown,
            r.Bytes.Retries,
            r.SimulatedSeconds,
            r.Seconds,
        ];

    private static IEnumerable<object?[]> Clients(Cell cell, RunResult run) =>
        run.Clients.SelectMany(c =>
            Figures(c, run)
                .Where(f => f.Value is not null)
                .Select(f => new object?[] { cell.Condition.Name, cell.Row.Name, cell.Seed, c.Client, f.Name, f.Value })
        );

    private static IEnumerable<(string Name, object? Value)> Figures(ClientResult c, RunResult run) =>
        [
            ("examples", c.Examples),
            ("effective_classes", c.EffectiveClasses),
            ("budget", c.Budget),
            ("speed", c.Speed),
            ("download_rate", c.DownloadRate),
            ("upload_rate", c.UploadRate),
            ("availability", c.Availability),
            ("accuracy", c.Accuracy),
            ("rounds_counted", run.Rounds.Count(r => r.Contributors.Contains(c.Client))),
            ("rounds_late", run.Rounds.Count(r => r.Late.Contains(c.Client))),
            ("rounds_refused", run.Rounds.Count(r => r.Refused.Any(x => x.Client == c.Client))),
            ("rounds_absent", run.Rounds.Count(r => r.Absent.Contains(c.Client))),
        ];

    private void Put(string name, string text) => disk.Write(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text));
}
