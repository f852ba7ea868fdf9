using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Event;

namespace Akka.Cluster
{
    /// <summary>What nodes of a cluster say to each other.</summary>
    internal interface IClusterMessage;
}

namespace Akka.Cluster.Membership
{
    /// <summary>Who wants to join → somebody who may be a member. Answered by an ack or a nack.</summary>
    internal sealed record InitJoin(UniqueAddress From) : IClusterMessage, IDeadLetterSuppression;

    /// <summary>I am a member: join me.</summary>
    internal sealed record InitJoinAck(UniqueAddress From) : IClusterMessage, IDeadLetterSuppression;

    /// <summary>I am no member myself.</summary>
    internal sealed record InitJoinNack(UniqueAddress From) : IClusterMessage, IDeadLetterSuppression;

    /// <summary>Who wants to join → a member. Answered by a welcome; not at all if it cannot be let in (yet).</summary>
    internal sealed record Join(UniqueAddress From, ImmutableHashSet<string> Roles) : IClusterMessage;

    /// <summary>You are a member now: this is what I know.</summary>
    internal sealed record Welcome(UniqueAddress From, Gossip Gossip) : IClusterMessage;

    /// <summary>Which version I have; whoever has more sends it.</summary>
    internal sealed record GossipStatus(UniqueAddress From, VectorClock Version, ulong SeenDigest)
        : IClusterMessage,
            IDeadLetterSuppression;

    internal sealed record GossipEnvelope(UniqueAddress From, UniqueAddress To, Gossip Gossip)
        : IClusterMessage,
            IDeadLetterSuppression;

    internal sealed record Heartbeat(UniqueAddress From, long Sequence) : IClusterMessage, IDeadLetterSuppression;

    internal sealed record HeartbeatRsp(UniqueAddress From, long Sequence) : IClusterMessage, IDeadLetterSuppression;

    /// <summary>I am exiting and have nothing left to do: I need not be found unreachable first.</summary>
    internal sealed record ExitingConfirmed(UniqueAddress From) : IClusterMessage, IDeadLetterSuppression;
}
