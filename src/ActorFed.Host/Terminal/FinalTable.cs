using ActorFed.Host.Results;
using ActorFed.Host.Simulation;

namespace ActorFed.Host.Terminal;

/// <summary>The last lines of a run, as name and value.</summary>
internal static class FinalTable
{
    public static IEnumerable<(string Name, string Value)> Rows(RunResult r, string folder) =>
        Figures(r.Final)
            .Concat(Headless(r))
            .Concat([
                ("rounds", $"{r.Rounds.Count}{(r.Completed ? "" : ", not completed")}"),
                ("adapter", r.AdapterParameters is { } numbers ? $"{numbers:N0} numbers at full budget" : "-"),
                ("bytes up", Columns(r.Bytes.Up, r.Bytes.PayloadUp, r.Bytes.HeadUp)),
                ("bytes down", Columns(r.Bytes.Down, r.Bytes.PayloadDown, r.Bytes.HeadDown)),
                ("time", $"{Seconds(r.Seconds)}, simulated {Seconds(r.Rounds.Sum(x => x.SimulatedSeconds))}"),
                ("adapter SHA-256", r.AdapterSha256 ?? "-"),
                ("folder", folder),
            ]);

    private static IEnumerable<(string Name, string Value)> Headless(RunResult r) =>
        r.Settings.GetValueOrDefault("actorfed.head.personal") == "on"
            ? [("beside that", "the global model's head is zero (head.personal): only the clients' own parts say how good it is")]
            : [];

    private static IEnumerable<(string Name, string Value)> Figures(FinalResult? final)
    {
        if (final is null)
        {
            yield break;
        }

        yield return (
            $"test {final.Metric}",
            $"{Say.Percent(final.Value)} of {final.N:N0} documents, loss {Say.Loss(final.Loss)}"
        );
        yield return (
            "accuracy, balanced, macro-F1",
            $"{Say.Percent(final.Accuracy)}, {Say.Percent(final.BalancedAccuracy)}, {Say.Percent(final.MacroF1)}"
        );
        if (final.LastRounds is { } last)
        {
            yield return ($"mean of the last {last.Models} models", $"{Say.Percent(last.Value)}, loss {Say.Loss(last.Loss)}");
        }

        if (final.Wholes is { } wholes)
        {
            yield return ("whole lines right", $"{Say.Percent(wholes.Right)} of {wholes.N:N0}");
        }

        foreach (var row in final.Personal is { } personal ? Personal(personal) : [])
        {
            yield return row;
        }

        if (final.PerClient is { } each)
        {
            yield return (
                "accuracy by client",
                $"mean {Say.Percent(each.Mean)}, worst {Say.Percent(each.Min)}, 10 % below {Say.Percent(each.P10)}"
            );
        }
    }

    private static IEnumerable<(string Name, string Value)> Personal(PersonalResult personal)
    {
        foreach (var model in personal.Models)
        {
            yield return (
                $"own parts, {model.Model} model",
                $"mean {Say.Percent(model.Mean)}, worst {Say.Percent(model.Min)}, 10 % below {Say.Percent(model.P10)} ({model.Clients} clients)"
            );
        }

        foreach (var gain in personal.Gains.Where(g => g.Over is PersonalSummary.LocalOnly))
        {
            yield return ("gain over local-only", $"mean {100 * gain.Mean:+0.0;-0.0} points, worst {100 * gain.Min:+0.0;-0.0}");
        }
    }

    private static string Columns(long all, long adapter, long head) =>
        $"{Say.Bytes(all)} (adapter {Say.Bytes(adapter)}, head {Say.Bytes(head)})";

    private static string Seconds(double seconds) => Say.Time(TimeSpan.FromSeconds(seconds));
}
