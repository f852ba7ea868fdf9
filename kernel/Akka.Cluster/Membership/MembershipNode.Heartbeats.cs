using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>Heartbeats: each node watches its next ones on a ring and puts what it finds into its row of the reachability.</summary>
internal sealed partial class MembershipNode
{
    private readonly Dictionary<UniqueAddress, TimeSpan> _expected = [];
    private ImmutableHashSet<UniqueAddress> _watched = [];
    private long _sequence;

    /// <summary>Every heartbeat-interval.</summary>
    public void HeartbeatTick()
    {
        if (_stopped || !IsMember)
            return;
        var now = _world.Now;
        _sequence++;
        foreach (var node in _watched)
        {
            if (!_detectors.IsMonitoring(node.Address))
                ExpectFirst(node, now);
            _world.Send(node.Address, new Heartbeat(Self, _sequence));
        }
    }

    // A detector that has never heard anything suspects nothing: after some time it counts from here, answer or not.
    private void ExpectFirst(UniqueAddress node, TimeSpan now)
    {
        if (!_expected.TryGetValue(node, out var since))
            _expected[node] = now;
        else if (now - since >= _settings.HeartbeatExpectedResponseAfter)
        {
            _detectors.Heartbeat(node.Address);
            _expected.Remove(node);
        }
    }

    /// <summary>Every unreachable-nodes-reaper-interval.</summary>
    public void ReaperTick()
    {
        if (_stopped || State.SelfMember is null or { Status: MemberStatus.Down })
            return;
        ImmutableHashSet<UniqueAddress> lost = [.. _watched.Where(n => !_detectors.IsAvailable(n.Address))];
        var next = State.Gossip.Observe(Self, lost);
        if (!ReferenceEquals(next, State.Gossip))
            Change(next);
    }

    /// <summary>Whom it watches follows from the members and who of them is out of reach, whoever says so; one that it has found unreachable it watches until it is back, or gone.</summary>
    private void UpdateRing()
    {
        var before = _watched;
        _watched = IsMember ? HeartbeatRing.WatchedBy(State, _settings.MonitoredByNrOfMembers) : [];
        if (IsMember)
            _watched = _watched.Union(State.Gossip.Reachability.By(Self).Where(State.Gossip.Has));
        foreach (var node in before.Except(_watched))
        {
            _expected.Remove(node);
            if (!_watched.Any(n => n.Address.Equals(node.Address)))
                _detectors.Remove(node.Address);
        }
    }

    private void ReceiveHeartbeat(Heartbeat heartbeat)
    {
        // One that is removed is not answered: it shall find that it is alone.
        if (IsMember && !State.Gossip.Tombstones.ContainsKey(heartbeat.From))
            _world.Send(heartbeat.From.Address, new HeartbeatRsp(Self, heartbeat.Sequence));
    }

    private void ReceiveHeartbeatRsp(HeartbeatRsp response)
    {
        if (!_watched.Contains(response.From))
            return;
        _expected.Remove(response.From);
        _detectors.Heartbeat(response.From.Address);
    }
}
