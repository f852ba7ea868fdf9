using ActorFed.Actors.Transfer;
using ActorFed.Actors.Wire;
using Google.Protobuf;
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
        (wire.Standbys, wire.InStep) = (m.Standbys, m.InStep);
        wire.Transfers = m.Transfers is { } transfers ? To(transfers) : null;
        return wire;
    }

    private static TransfersWire To(TransferReport m) =>
        new()
        {
            Current = { m.Current.Select(To) },
            Done = m.Done,
            Failed = m.Failed,
            Bytes = m.Bytes,
        };

    private static IncomingWire To(TransferProgress m)
    {
        var wire = new IncomingWire
        {
            Blob = ByteString.CopyFrom(Convert.FromHexString(m.Blob.Hex)),
            Have = m.Have,
            Seconds = m.Elapsed.TotalSeconds,
            Stage = (int)m.Stage,
        };
        if (m.Total is { } total)
        {
            wire.Total = total;
        }

        return wire;
    }

    private static TransferReport From(TransfersWire w) =>
        w.Current.Count <= RunStatus.MostTransfers
            ? new([.. w.Current.Select(From)], w.Done, w.Failed, w.Bytes)
            : throw new ArgumentException($"{w.Current.Count} transfers are told; {RunStatus.MostTransfers} can be.");

    private static TransferProgress From(IncomingWire w) =>
        new(
            new(Convert.ToHexStringLower(w.Blob.Span)),
            w.Have,
            w.HasTotal ? w.Total : null,
            TimeSpan.FromSeconds(w.Seconds),
            Enum.IsDefined((TransferStage)w.Stage)
                ? (TransferStage)w.Stage
                : throw new ArgumentException($"stage is {w.Stage}: no stage of a transfer has this number.")
        );

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
            MatrixKernels = m.MatrixKernels,
        };
        wire.Devices.AddRange(m.Devices);
        return wire;
    }

    private static NodeStatus From(NodeStatusWire w) =>
        new(w.Name, w.Address, w.Clients, w.Slots, [.. w.Devices], w.Memory, w.Speed, w.MatrixKernels);

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
            [.. w.Nodes.Select(From)],
            w.Standbys,
            w.InStep,
            w.Transfers is { } transfers ? From(transfers) : null
        );
}
