using System.Collections.Immutable;
using Akka.Actor;
using Akka.Remote;

namespace Akka.Cluster.Membership;

/// <summary>What a node needs of the world: a way to others, a clock and chance. An actor has real ones, a test its own.</summary>
internal interface IMembershipWorld
{
    /// <summary>May be lost, late, or arrive twice.</summary>
    void Send(Address to, IClusterMessage message);

    /// <summary>From any beginning, never backwards.</summary>
    TimeSpan Now { get; }

    /// <summary>Milliseconds since 1970, by a clock that is about the same on all nodes.</summary>
    long Date { get; }

    /// <summary>A number from 0 to below one.</summary>
    double Chance();
}

/// <summary>
/// The protocol of one node: joining, gossip, heartbeats, and what a leader does. It owns the state and knows no actor, timer or thread;
/// who owns it calls the ticks and hands it what arrives, one call at a time.
/// </summary>
internal sealed partial class MembershipNode
{
    private readonly IMembershipWorld _world;
    private readonly MembershipSettings _settings;
    private readonly IFailureDetectorRegistry<Address> _detectors;
    private readonly ImmutableHashSet<string> _roles;
    private readonly HashSet<UniqueAddress> _exitingConfirmed = [];
    private bool _stopped;

    public MembershipNode(
        UniqueAddress self,
        ImmutableHashSet<string> roles,
        MembershipSettings settings,
        IFailureDetectorRegistry<Address> detectors,
        IMembershipWorld world
    )
    {
        (Self, _roles, _settings, _detectors, _world) = (self, roles, settings, detectors, world);
        State = new MembershipState(Gossip.Empty, self);
    }

    public UniqueAddress Self { get; }

    public MembershipState State { get; private set; }

    /// <summary>Called with the state before and after each change.</summary>
    public Action<MembershipState, MembershipState>? Changed { get; init; }

    /// <summary>Called when the others have removed this node without its having left: it must end.</summary>
    public Action? Expelled { get; init; }

    public bool IsMember => State.SelfMember is not null;

    /// <summary>Ends it: it neither answers nor says anything any more.</summary>
    public void Stop() => _stopped = true;

    public void Receive(IClusterMessage message)
    {
        if (_stopped)
            return;
        switch (message)
        {
            case Heartbeat heartbeat:
                ReceiveHeartbeat(heartbeat);
                break;
            case HeartbeatRsp response:
                ReceiveHeartbeatRsp(response);
                break;
            case GossipStatus status:
                ReceiveStatus(status);
                break;
            case GossipEnvelope envelope:
                ReceiveGossip(envelope);
                break;
            case InitJoin init:
                ReceiveInitJoin(init);
                break;
            case InitJoinAck ack:
                ReceiveInitJoinAck(ack);
                break;
            case InitJoinNack nack:
                ReceiveInitJoinNack(nack);
                break;
            case Join join:
                ReceiveJoin(join);
                break;
            case Welcome welcome:
                ReceiveWelcome(welcome);
                break;
            case ExitingConfirmed confirmed:
                ReceiveExitingConfirmed(confirmed);
                break;
        }
    }

    /// <summary>Asks a member to leave; true if there is one that can.</summary>
    public bool Leave(Address address)
    {
        if (
            _stopped
            || State.Gossip.Find(address)
                is not { Status: MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Up } member
        )
            return false;
        Change(State.Gossip.Put(member.Copy(MemberStatus.Leaving)));
        return true;
    }

    /// <summary>Marks a member as down; true if there is one that was not.</summary>
    public bool Down(Address address)
    {
        if (_stopped || State.Gossip.Find(address) is not { Status: not MemberStatus.Down } member)
            return false;
        Change(State.Gossip.Put(member.Copy(MemberStatus.Down)));
        return true;
    }

    /// <summary>Every leader-actions-interval.</summary>
    public void LeaderTick()
    {
        if (_stopped || State.SelfMember is null or { Status: MemberStatus.Down })
            return;
        var before = State.Gossip;
        var next = LeaderActions.Apply(State, _settings, _exitingConfirmed, _world.Date);
        if (!ReferenceEquals(next, before))
            Adopt(next, spread: true);
        else if (!before.Tombstones.IsEmpty)
            Adopt(before.Prune(_world.Date - (long)_settings.TombstonesKept.TotalMilliseconds), spread: false);
    }

    /// <summary>Tells the others that this node, which is exiting, is done.</summary>
    public void ConfirmExiting()
    {
        foreach (var member in State.Gossip.Members)
        {
            if (!member.UniqueAddress.Equals(Self) && member.Status is not MemberStatus.Down && State.IsReachable(member))
                _world.Send(member.Address, new ExitingConfirmed(Self));
        }
    }

    private void ReceiveExitingConfirmed(ExitingConfirmed confirmed)
    {
        if (State.Gossip.Has(confirmed.From))
            _exitingConfirmed.Add(confirmed.From);
    }

    /// <summary>A change that this node makes itself: a new version, told at once.</summary>
    private void Change(Gossip next) => Adopt(next.ChangedBy(Self), spread: true);

    private void Adopt(Gossip next, bool spread)
    {
        if (ReferenceEquals(next, State.Gossip))
            return;
        var before = State;
        State = new MembershipState(next, Self);
        if (before.Gossip.Members != next.Members)
            _exitingConfirmed.RemoveWhere(n => !next.Has(n));
        if (before.Gossip.Members != next.Members || before.Gossip.Reachability != next.Reachability)
            UpdateRing();
        if (spread)
            Spread();
        Changed?.Invoke(before, State);
    }
}
