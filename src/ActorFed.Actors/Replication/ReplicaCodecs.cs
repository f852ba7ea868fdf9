using ActorFed.Actors.Wire;
using ActorFed.Training.Encoding;
using Google.Protobuf;
using static ActorFed.Actors.Replication.ReplicaProtocol;

namespace ActorFed.Actors.Replication.Wire;

/// <summary>The wire forms of <see cref="ReplicaProtocol"/>.</summary>
internal static class ReplicaCodecs
{
    public static IEnumerable<Codec> All =>
        [
            new Codec<Follow, FollowWire>(
                "replica.follow.1",
                FollowWire.Parser,
                m =>
                    new()
                    {
                        Run = m.Run.Value,
                        Epoch = m.Epoch,
                        Have = m.Have,
                        Global = To(m.Global),
                    },
                w => new(new(w.Run), AtLeast(0, w.Epoch), (int)AtLeast(0, w.Have), Optional(w.Global))
            ),
            new Codec<Replicate, ReplicateWire>(
                "replica.replicate.1",
                ReplicateWire.Parser,
                m =>
                    new()
                    {
                        Run = m.Run.Value,
                        Epoch = m.Epoch,
                        Place = m.Place,
                        Record = To(m.Record),
                        Global = To(m.Global),
                        Memory = To(m.Memory),
                    },
                w =>
                    w.Global.IsEmpty == w.Memory.IsEmpty
                        ? new(
                            new(w.Run),
                            AtLeast(1, w.Epoch),
                            (int)AtLeast(1, w.Place),
                            Id(w.Record),
                            Optional(w.Global),
                            Optional(w.Memory)
                        )
                        : throw new ArgumentException("global and memory go together.")
            ),
            new Codec<Replicated, ReplicatedWire>(
                "replica.replicated.1",
                ReplicatedWire.Parser,
                m => new() { Epoch = m.Epoch, Place = m.Place },
                w => new(AtLeast(1, w.Epoch), (int)AtLeast(1, w.Place))
            ),
            new Codec<InStep, InStepWire>(
                "replica.in-step.1",
                InStepWire.Parser,
                m => new() { Epoch = m.Epoch, Have = m.Have },
                w => new(AtLeast(1, w.Epoch), (int)AtLeast(0, w.Have))
            ),
            new Codec<ReplicaRefused, ReplicaRefusedWire>(
                "replica.refused.1",
                ReplicaRefusedWire.Parser,
                m => new() { Epoch = m.Epoch, Why = m.Why },
                w => new(AtLeast(0, w.Epoch), w.Why)
            ),
        ];

    public static ByteString To(BlobId? id) =>
        id is { } some ? ByteString.CopyFrom(Convert.FromHexString(some.Hex)) : ByteString.Empty;

    public static BlobId Id(ByteString bytes) => new(Convert.ToHexStringLower(bytes.Span));

    private static BlobId? Optional(ByteString bytes) => bytes.IsEmpty ? null : Id(bytes);

    private static long AtLeast(long least, long value) =>
        value >= least ? value : throw new ArgumentException($"{value} is below {least}.");
}
