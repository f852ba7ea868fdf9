using ActorFed.Actors.Replication;
using ActorFed.Actors.Runs;
using ActorFed.Host.Results;

namespace ActorFed.Host.Terminal;

/// <summary>Sentences that both displays say.</summary>
internal static class Headline
{
    public static string Run(RunResult plan) =>
        $"run {plan.Run}: {plan.Method} on {plan.Dataset} with {plan.Model}, {plan.Clients.Count} clients, seed {plan.Seed}";

    public static string Data(DataResult d) =>
        $"data: {d.Train:N0} training, {d.Validation:N0} validation, {d.Test:N0} test documents, {d.Classes.Count} classes; "
        + $"{d.DuplicatesRemoved:N0} near-duplicates removed before the split";

    public static string Again(AttemptFailed a) =>
        $"round {a.Summary.Round.Number}: {a.Summary.Contributors.Length} updates, quorum {a.Quorum}: again with other clients";

    /// <summary>Who leads and who follows, and without whom a run goes on; null for every other fact.</summary>
    public static string? Server(IRunEvent fact) =>
        fact switch
        {
            RunLed { Epoch: > 1 } led => $"leading {led.Run} in epoch {led.Epoch}, after round {led.After.Number}",
            StandbysChanged s => $"{s.InStep} of {s.Wanted} standby servers have everything",
            StandbyInStep s => $"in step with the leader of epoch {s.Epoch}: {s.Have} entries",
            ClientsMissed m => $"going on without {m.Clients - m.Here} of {m.Clients} clients, whose nodes have not come back",
            _ => null,
        };

    /// <summary>Who may not take part, and why.</summary>
    public static string Denied(NodeDenied n)
    {
        ArgumentNullException.ThrowIfNull(n);
        return $"node {n.Node} at {n.Address} is refused, certificate {n.Shown}: {n.Rule}";
    }

    /// <summary>Who is there, in a run over machines.</summary>
    public static string Here(NodesChanged n)
    {
        ArgumentNullException.ThrowIfNull(n);
        return $"{n.Here} of {n.Clients} clients are here, on {n.Nodes} {(n.Nodes == 1 ? "node" : "nodes")}";
    }
}
