using ActorFed.Actors.Roster;
using ActorFed.Actors.Runs;
using Akka.Actor;

namespace ActorFed.Host.Audit;

/// <summary>Writes the facts of a run that its audit log is for.</summary>
internal sealed class Auditor : ReceiveActor
{
    private static readonly Type[] Facts =
    [
        typeof(NodeCame),
        typeof(NodeGone),
        typeof(NodeDenied),
        typeof(UpdateJudged),
        typeof(RoundClosed),
        typeof(RunStarted),
        typeof(RunFinished),
        typeof(RunFailed),
    ];

    public Auditor(AuditLog log)
    {
        Receive<NodeCame>(m => log.Write("node-joined", Of(m.Node)));
        Receive<NodeGone>(m => log.Write("node-left", Of(m.Node)));
        Receive<NodeDenied>(m =>
            log.Write("node-refused", ("node", m.Node), ("address", m.Address), ("certificate", m.Shown), ("rule", m.Rule))
        );
        Receive<UpdateJudged>(m => log.Write(m.Why is null ? "update-received" : "update-refused", Of(m)));
        Receive<RoundClosed>(m =>
            log.Write(
                "round-committed",
                ("round", m.Summary.Round.Number),
                ("attempt", m.Summary.Attempt),
                ("contributors", m.Summary.Contributors.Length),
                ("refused", m.Summary.Refused.Length)
            )
        );
        Receive<RunStarted>(m => log.Write("run-started", ("run", m.Run.Value), ("after", m.After.Number)));
        Receive<RunFinished>(m => log.Write("run-ended", ("run", m.Run.Value), ("completed", m.Outcome.Completed)));
        Receive<RunFailed>(m => log.Write("run-failed", ("run", m.Run.Value), ("why", m.Cause.Message)));
    }

    protected override void PreStart() => Array.ForEach(Facts, f => Context.System.EventStream.Subscribe(Self, f));

    private static (string, object?)[] Of(NodeEntry node) =>
        [
            ("node", node.Node.Node),
            ("address", node.Address),
            ("certificate", node.Key?.Holder),
            ("clients", node.Node.Clients.Length),
        ];

    private static (string, object?)[] Of(UpdateJudged m) =>
        [
            ("client", m.Update.Client.Value),
            ("run", m.Update.Key.Run.Value),
            ("round", m.Update.Key.Round.Number),
            ("attempt", m.Update.Key.Attempt),
            ("update", m.Update.Update.Hex),
            ("examples", m.Update.Examples),
            ("signed", m.Update.Signature is not null),
            ("from", m.Speaker.Path.ToString()),
            ("why", m.Why?.ToString()),
        ];
}
