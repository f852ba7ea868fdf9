using ActorFed.Actors.Wire;
using static ActorFed.Actors.Runs.StatusProtocol;

namespace ActorFed.Actors.Runs.Wire;

/// <summary>The wire forms of <see cref="StatusProtocol"/>.</summary>
internal static class StatusCodecs
{
    public static IEnumerable<Codec> All =>
        [
            new Codec<AskStatus, AskStatusWire>("run.ask-status.1", AskStatusWire.Parser, _ => new(), _ => new()),
            new Codec<RunStatus, RunStatusWire>("run.status.1", RunStatusWire.Parser, To, From),
        ];

    private static RunStatusWire To(RunStatus m)
    {
        var wire = new RunStatusWire
        {
            Run = m.Run.Value,
            Method = m.Method,
            Stage = (int)m.Stage,
            Round = m.Round,
            Rounds = m.Rounds,
            Attempt = m.Attempt,
            Clients = m.Clients,
            TrainLoss = m.TrainLoss,
            BytesUp = m.BytesUp,
            BytesDown = m.BytesDown,
        };
        wire.Nodes.AddRange(m.Nodes.Select(To));
        return wire;
    }

    private static NodeStatusWire To(NodeStatus m)
    {
        var wire = new NodeStatusWire
        {
            Name = m.Name,
            Address = m.Address,
            Clients = m.Clients,
            Slots = m.Slots,
            Memory = m.Memory,
            Speed = m.Speed,
        };
        wire.Devices.AddRange(m.Devices);
        return wire;
    }

    private static RunStatus From(RunStatusWire w) =>
        new(
            new(w.Run),
            w.Method,
            Enum.IsDefined((RunStage)w.Stage)
                ? (RunStage)w.Stage
                : throw new ArgumentException($"stage is {w.Stage}: no stage has this number."),
            w.Round,
            w.Rounds,
            w.Attempt,
            w.Clients,
            w.TrainLoss,
            w.BytesUp,
            w.BytesDown,
            [.. w.Nodes.Select(n => new NodeStatus(n.Name, n.Address, n.Clients, n.Slots, [.. n.Devices], n.Memory, n.Speed))]
        );
}
