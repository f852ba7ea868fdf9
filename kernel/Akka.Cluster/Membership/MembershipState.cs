using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>A gossip as one node sees it: who leads, who is out of reach, whether all agree. Immutable.</summary>
internal sealed class MembershipState(Gossip gossip, UniqueAddress self)
{
    private ImmutableHashSet<UniqueAddress>? _unreachable;
    private Member? _self;

    public Gossip Gossip { get; } = gossip;

    public UniqueAddress Self { get; } = self;

    public Member? SelfMember => _self ??= Gossip.Find(Self);

    /// <summary>
    /// Members that somebody cannot reach. The opinion of those that are down does not count, nor one about this node itself, nor that of
    /// who is out of reach in the opinion of somebody beyond doubt (<see cref="Testimony"/>).
    /// </summary>
    public ImmutableHashSet<UniqueAddress> Unreachable => _unreachable ??= Testimony.Unreachable(Gossip, Self);

    public bool IsReachable(Member member) => !Unreachable.Contains(member.UniqueAddress);

    /// <summary>
    /// Every member that is up or leaving has seen this version, and whoever is out of reach is down or exiting: what follows from it is
    /// decided by everybody in the same way.
    /// </summary>
    public bool HasConverged
    {
        get
        {
            foreach (var member in Gossip.Members)
            {
                if (member.Status is MemberStatus.Up or MemberStatus.Leaving && !Gossip.Seen.Contains(member.UniqueAddress))
                    return false;
                if (member.Status is not (MemberStatus.Down or MemberStatus.Exiting) && !IsReachable(member))
                    return false;
            }
            return true;
        }
    }

    /// <summary>The first by address of the reachable members that are up or leaving; without such, of the others that are not down.</summary>
    public UniqueAddress? Leader => LeaderOf(Gossip.Members);

    public bool IsLeader => Self.Equals(Leader);

    public UniqueAddress? RoleLeader(string role) => LeaderOf(Gossip.Members.Where(m => m.HasRole(role)));

    private UniqueAddress? LeaderOf(IEnumerable<Member> members)
    {
        Member? other = null;
        foreach (var member in members)
        {
            if (member.Status == MemberStatus.Down || !IsReachable(member))
                continue;
            if (member.Status is MemberStatus.Up or MemberStatus.Leaving)
                return member.UniqueAddress;
            other ??= member;
        }
        return other?.UniqueAddress;
    }

    public ImmutableHashSet<string> Roles => [.. Gossip.Members.SelectMany(m => m.Roles)];

    /// <summary>The members as users see them.</summary>
    public ClusterEvent.CurrentClusterState ToCurrent() =>
        new(
            [.. Gossip.Members],
            [.. Gossip.Members.Where(m => !IsReachable(m) && m.Status != MemberStatus.Down)],
            [.. Gossip.Seen.Select(s => s.Address)],
            Leader?.Address,
            Roles.ToImmutableDictionary(role => role, role => RoleLeader(role)?.Address)
        );
}
