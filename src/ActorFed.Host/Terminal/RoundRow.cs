using ActorFed.Actors.Rounds;
using ActorFed.Training.Federation;

namespace ActorFed.Host.Terminal;

/// <summary>One round as the console shows it.</summary>
/// <param name="metric">Which figure of an evaluation the run is judged by.</param>
internal sealed class RoundRow(Func<Evaluation, double> metric)
{
    public static readonly string[] Heads =
    [
        "round",
        "counted",
        "late",
        "refused",
        "absent",
        "train loss",
        "validation",
        "loss",
        "up",
        "down",
        "simulated",
    ];

    public string[] Cells(RoundSummary s) =>
        [
            $"{s.Round.Number}",
            Say.Clients(s.Contributors.Select(c => c.Client.Value)),
            Say.Clients(s.Late.Select(c => c.Value)),
            // A client in reserve that came second is nothing to worry about.
            Say.Clients(s.Refused.Where(r => r.Why != Refusal.Surplus).Select(r => r.Client.Value)),
            Say.Clients(s.Absent.Select(c => c.Value)),
            Say.Loss(s.TrainLoss),
            Say.Percent(s.Evaluation is { } e ? metric(e) : null),
            Say.Loss(s.Evaluation?.Loss),
            Say.Bytes(s.Up.Total),
            Say.Bytes(s.Down.Total),
            $"{s.Seconds:F1} s",
        ];
}
