namespace Akka.Cluster.Membership;

/// <summary>Gossip: push and pull between random pairs until everybody has seen the latest version.</summary>
internal sealed partial class MembershipNode
{
    /// <summary>How many others hear of a change by its author at once.</summary>
    private const int SpreadTo = 3;

    /// <summary>Every gossip-interval, and more often while <see cref="IsGossipUrgent"/>.</summary>
    public void GossipTick()
    {
        if (!_stopped && IsMember && PickPeer() is { } peer)
            GossipTo(peer);
    }

    /// <summary>Whether less than half of the members have seen the latest version.</summary>
    public bool IsGossipUrgent => !_stopped && IsMember && State.Gossip.Seen.Count * 2 < State.Gossip.Members.Length;

    private List<UniqueAddress> Peers()
    {
        var mine = State.Gossip.Reachability.By(Self);
        var peers = new List<UniqueAddress>(State.Gossip.Members.Length);
        foreach (var member in State.Gossip.Members)
        {
            if (!member.UniqueAddress.Equals(Self) && !mine.Contains(member.UniqueAddress))
                peers.Add(member.UniqueAddress);
        }
        return peers;
    }

    /// <summary>Rather somebody who has not seen the latest version yet.</summary>
    private UniqueAddress? PickPeer()
    {
        var peers = Peers();
        if (peers.Count == 0)
            return null;
        var behind = peers.FindAll(p => !State.Gossip.Seen.Contains(p));
        var from = behind.Count > 0 && _world.Chance() < DifferentViewProbability() ? behind : peers;
        return Pick(from);
    }

    private UniqueAddress Pick(List<UniqueAddress> from) => from[(int)(_world.Chance() * from.Count)];

    // In a large cluster everybody would pick the few that are behind, and they would drown.
    private double DifferentViewProbability()
    {
        var (size, limit) = (State.Gossip.Members.Length, _settings.ReduceGossipDifferentViewProbability);
        var full = _settings.GossipDifferentViewProbability;
        return size < limit ? full
            : size >= 2 * limit ? full / 2
            : full - full / 2 * (size - limit) / limit;
    }

    private void GossipTo(UniqueAddress peer)
    {
        if (State.Gossip.Seen.Contains(peer))
            _world.Send(peer.Address, new GossipStatus(Self, State.Gossip.Version, State.Gossip.SeenDigest));
        else
            SendGossip(peer);
    }

    private void SendGossip(UniqueAddress to) => _world.Send(to.Address, new GossipEnvelope(Self, to, State.Gossip));

    /// <summary>A change need not wait for the next tick. One that is down, whose last word it may be, tells all it can.</summary>
    private void Spread()
    {
        var peers = Peers();
        var count = State.SelfMember is { Status: MemberStatus.Down } ? peers.Count : Math.Min(SpreadTo, peers.Count);
        for (; count > 0; count--)
        {
            var peer = Pick(peers);
            peers.Remove(peer);
            SendGossip(peer);
        }
    }

    private void ReceiveStatus(GossipStatus status)
    {
        if (!State.Gossip.Has(status.From))
        {
            Remind(status.From);
            return;
        }
        switch (State.Gossip.Version.CompareTo(status.Version))
        {
            case Ordering.Before:
                _world.Send(status.From.Address, new GossipStatus(Self, State.Gossip.Version, State.Gossip.SeenDigest));
                break;
            case Ordering.Same when status.SeenDigest == State.Gossip.SeenDigest:
                break;
            default:
                SendGossip(status.From);
                break;
        }
    }

    /// <summary>A node that was removed while nobody could tell it hears of it as soon as it is heard of.</summary>
    private void Remind(UniqueAddress node)
    {
        if (IsMember && State.Gossip.Tombstones.ContainsKey(node))
            SendGossip(node);
    }

    private void ReceiveGossip(GossipEnvelope envelope)
    {
        var theirs = envelope.Gossip;
        if (!envelope.To.Equals(Self) || !IsMember)
            return;
        if (theirs.Tombstones.ContainsKey(Self))
        {
            if (State.SelfMember is not { Status: MemberStatus.Exiting or MemberStatus.Down })
                Expelled?.Invoke();
            return;
        }
        if (!State.Gossip.Has(envelope.From))
        {
            Remind(envelope.From);
            return;
        }
        if (!theirs.Has(Self))
            return; // from before this node was let in
        var next = Join(State.Gossip, theirs).SeenBy(Self);
        Adopt(next, spread: false);
        if (TeachesMore(State.Gossip, theirs) && State.Gossip.Has(envelope.From))
            SendGossip(envelope.From);
    }

    private static Gossip Join(Gossip mine, Gossip theirs) =>
        mine.CompareTo(theirs) switch
        {
            Ordering.Same => mine.SeenBy(theirs.Seen).WithTombstonesOf(theirs),
            Ordering.Before => theirs.WithTombstonesOf(mine),
            Ordering.After => mine,
            _ => mine.Merge(theirs),
        };

    /// <summary>Whether the other side would learn something from this: each answer teaches one more, so that they come to an end.</summary>
    private static bool TeachesMore(Gossip mine, Gossip theirs) =>
        mine.CompareTo(theirs) != Ordering.Same || mine.Seen.Count > theirs.Seen.Count;
}
