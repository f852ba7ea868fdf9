using System.Collections.Immutable;
using Akka.Cluster.Membership;

namespace Akka.Cluster.SBR;

/// <summary>
/// Waits until members and reachability have not changed for a while, then decides; pure but for the little it remembers. Only the leader
/// of a side acts: the others hear of it from there.
/// </summary>
/// <param name="stableAfter">How long nothing may have changed.</param>
/// <param name="downAllWhenUnstable">How much longer than that it may go on changing before everybody is downed; null: for ever.</param>
internal sealed class SplitBrainResolverLogic(DowningStrategy strategy, TimeSpan stableAfter, TimeSpan? downAllWhenUnstable)
{
    private const int ChangesOfAnUnstableCluster = 3;

    private MembershipState? _state;
    private ImmutableHashSet<(UniqueAddress, MemberStatus)> _members = [];
    private ImmutableHashSet<(UniqueAddress, UniqueAddress)> _lost = [];
    private TimeSpan _stableSince;
    private TimeSpan? _unstableSince;
    private int _changes;

    /// <summary>A decision: whom to mark as down, and why.</summary>
    internal sealed record Decision(Fate Fate, bool IsUnstable, ImmutableArray<Member> ToDown);

    /// <summary>What the node knows now.</summary>
    public void Observe(MembershipState state, TimeSpan now)
    {
        _state = state;
        ImmutableHashSet<(UniqueAddress, MemberStatus)> members =
        [
            .. state.Gossip.Members.Select(m => (m.UniqueAddress, m.Status)),
        ];
        var lost = Lost(state);
        if (!members.SetEquals(_members))
            (_members, _stableSince) = (members, now);
        if (lost.SetEquals(_lost))
            return;
        (_lost, _stableSince) = (lost, now);
        _unstableSince ??= now;
        _changes++;
    }

    // Who cannot reach whom; also what others say of this node itself.
    private static ImmutableHashSet<(UniqueAddress Observer, UniqueAddress Subject)> Lost(MembershipState state) =>
        state.Gossip.Reachability.IsAllReachable
            ? []
            :
            [
                .. from row in state.Gossip.Reachability.Rows
                where state.Gossip.Find(row.Key) is { Status: not MemberStatus.Down }
                from subject in row.Value.Unreachable
                select (row.Key, subject),
            ];

    /// <summary>Every second or so.</summary>
    public Decision? Decide(TimeSpan now)
    {
        if (_state is not { SelfMember.Status: MemberStatus.Up or MemberStatus.Leaving } state)
            return null;
        var isStable = now - _stableSince >= stableAfter;
        if (isStable)
            (_unstableSince, _changes) = (null, 0);
        var view = DowningView.Of(state);
        if (!state.IsLeader || (!view.IsSplit && view.IndirectlyConnected.IsEmpty))
            return null;
        return isStable ? Stable(view)
            : IsOverdue(now) ? Unstable(view)
            : null;
    }

    private bool IsOverdue(TimeSpan now) =>
        downAllWhenUnstable is { } more && _unstableSince is { } since && now - since >= stableAfter + more;

    // A side that would go anyway does not wait for calm for ever: the other one relies on its being gone by then.
    private Decision? Unstable(DowningView view) =>
        _changes >= ChangesOfAnUnstableCluster ? new Decision(Fate.DownAll, true, NotDown(_state!.Gossip.Members))
        : view.IsSplit && strategy.Decide(view) == Fate.Yield ? Stable(view)
        : null;

    private Decision Stable(DowningView view)
    {
        var fate = view.IsSplit ? strategy.Decide(view) : Fate.Keep;
        var indirect = view.Reachable.Where(m => view.IndirectlyConnected.Contains(m.UniqueAddress));
        var others = _state!.Gossip.Members.Where(m => view.IndirectlyConnected.Contains(m.UniqueAddress));
        var members = fate switch
        {
            Fate.Keep => view.Unreachable.Concat(indirect).Concat(others),
            Fate.Yield => view.Reachable.Concat(others),
            _ => _state.Gossip.Members,
        };
        return new Decision(fate, false, NotDown(members.Distinct()));
    }

    // Others first: once this node is down itself it can say nothing more.
    private ImmutableArray<Member> NotDown(IEnumerable<Member> members) =>
        [
            .. members
                .Where(m => m.Status is not (MemberStatus.Down or MemberStatus.Removed))
                .OrderBy(m => m.UniqueAddress.Equals(_state!.Self)),
        ];
}
