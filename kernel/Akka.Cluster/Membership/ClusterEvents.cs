using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Membership;

/// <summary>The events that lead from one state to the next.</summary>
internal static class ClusterEvents
{
    public static IEnumerable<IClusterDomainEvent> Between(MembershipState before, MembershipState after)
    {
        foreach (var member in after.Gossip.Members)
        {
            if (Reached(before.Gossip.Find(member.UniqueAddress)?.Status, member) is { } reached)
                yield return reached;
        }
        foreach (var member in after.Gossip.Members)
        {
            var was = before.Gossip.Has(member.UniqueAddress) && !before.IsReachable(member);
            if (after.IsReachable(member) == was)
                yield return was ? new ReachableMember(member) : new UnreachableMember(member);
        }
        foreach (var member in before.Gossip.Members)
        {
            if (!after.Gossip.Has(member.UniqueAddress))
                yield return new MemberRemoved(member.Copy(MemberStatus.Removed), member.Status);
        }
        foreach (var change in Leaders(before, after))
            yield return change;
        yield return new StateChanged(after);
    }

    private static IClusterDomainEvent? Reached(MemberStatus? before, Member member) =>
        before == member.Status
            ? null
            : member.Status switch
            {
                MemberStatus.Joining => new MemberJoined(member),
                MemberStatus.Up => new MemberUp(member),
                MemberStatus.Leaving => new MemberLeft(member),
                MemberStatus.Exiting => new MemberExited(member),
                MemberStatus.Down => new MemberDowned(member),
                _ => null,
            };

    private static IEnumerable<IClusterDomainEvent> Leaders(MembershipState before, MembershipState after)
    {
        if (!Equals(before.Leader, after.Leader))
            yield return new LeaderChanged(after.Leader?.Address);
        foreach (var role in before.Roles.Union(after.Roles).Order(StringComparer.Ordinal))
        {
            if (!Equals(before.RoleLeader(role), after.RoleLeader(role)))
                yield return new RoleLeaderChanged(role, after.RoleLeader(role)?.Address);
        }
    }
}
