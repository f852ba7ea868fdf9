using ActorFed.Actors.Runs;
using ActorFed.Host.Results;
using ActorFed.Training.Federation;

namespace ActorFed.Host.Terminal;

/// <summary>Plain lines, one a fact: for files, pipes and CI.</summary>
public sealed class PlainDisplay(TextWriter output, Func<Evaluation, double> metric) : IRunDisplay
{
    private readonly RoundRow _row = new(metric);
    private const int WidestMix = 32; // classes whose counts still fit a line
    private int _rounds;

    /// <inheritdoc />
    public void Step(string text) => output.WriteLine(text);

    /// <inheritdoc />
    public void Note(string text) => output.WriteLine(text);

    /// <inheritdoc />
    public void Plan(RunResult plan)
    {
        output.WriteLine(Headline.Run(plan));
        output.WriteLine(Headline.Data(plan.Data));
        foreach (var c in plan.Clients)
        {
            output.WriteLine(
                $"{c.Client}: {c.Examples} documents ({Mix(c.Counts)}), {c.EffectiveClasses:F1} effective classes, "
                    + $"budget {100 * c.Budget:F0} %, {c.Speed:F1} documents/s, up {Say.Bytes(c.UploadRate)}/s, there {100 * c.Availability:F0} %"
            );
        }
    }

    /// <inheritdoc />
    public void On(IRunEvent fact)
    {
        if (fact is RunStarted started)
        {
            _rounds = started.Rounds;
        }

        if (Line(fact) is { } line)
        {
            output.WriteLine(line);
        }
    }

    /// <inheritdoc />
    public void Finish(RunResult result, string folder)
    {
        foreach (var (name, value) in FinalTable.Rows(result, folder))
        {
            output.WriteLine($"{name}: {value}");
        }
    }

    /// <inheritdoc />
    public void Dispose() => output.Flush();

    private string? Line(IRunEvent fact) =>
        fact switch
        {
            RunStarted s when s.After != RoundId.Start => $"going on after round {s.After.Number} of {s.Rounds}",
            RunStarted s => $"{s.Rounds} rounds",
            NodesChanged n => Headline.Here(n),
            _ when Headline.Server(fact) is { } said => said,
            NodeDenied n => Headline.Denied(n),
            AttemptFailed a => Headline.Again(a),
            RoundClosed c => $"round {c.Summary.Round.Number}/{_rounds}: {Sentence(_row.Cells(c.Summary))}",
            _ => null,
        };

    private static string Sentence(string[] cells) =>
        string.Join(", ", RoundRow.Heads.Zip(cells).Skip(1).Where(x => x.Second != "-").Select(x => $"{x.First} {x.Second}"));

    private static string Mix(IReadOnlyList<int> counts) =>
        counts.Count <= WidestMix ? string.Join(" ", counts) : $"in {counts.Count(c => c > 0)} of {counts.Count} classes";
}
