using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>
/// Whose opinion about who is out of reach counts. A node that was late for a moment may have taken others for lost just before it was cut
/// off itself; nobody but itself may take its row back, so that row stays until it is removed. Were it believed, the side that has to
/// live would count its own members among the lost, and end itself.
/// </summary>
internal static class Testimony
{
    /// <summary>Members that cannot be reached as a node sees it; nobody has to tell it about itself.</summary>
    /// <remarks>
    /// Whom somebody beyond doubt cannot reach has no voice; others whom only those accuse are then beyond doubt too, and so on. A node is
    /// beyond doubt to itself, so nodes with the same gossip may differ about more than themselves. Of two that accuse each other, and whom
    /// nobody beyond doubt accuses, a third takes both for lost: that is a link broken between them.
    /// </remarks>
    public static ImmutableHashSet<UniqueAddress> Unreachable(Gossip gossip, UniqueAddress self)
    {
        if (gossip.Reachability.IsAllReachable)
            return [];
        var rows = Rows(gossip, self);
        var accused = Accused(rows);
        while (Silenced(rows, accused) is { Count: > 0 } silenced)
        {
            rows.RemoveAll(row => silenced.Contains(row.Observer));
            accused = Accused(rows);
        }
        return accused;
    }

    private static List<(UniqueAddress Observer, List<UniqueAddress> Subjects)> Rows(Gossip gossip, UniqueAddress self) =>
        [
            .. from row in gossip.Reachability.Rows
            where gossip.Find(row.Key) is { Status: not MemberStatus.Down }
            let subjects = row.Value.Unreachable.Where(s => !s.Equals(self) && gossip.Has(s)).ToList()
            where subjects.Count > 0
            select (row.Key, subjects),
        ];

    private static ImmutableHashSet<UniqueAddress> Accused(List<(UniqueAddress Observer, List<UniqueAddress> Subjects)> rows) =>
        [.. rows.SelectMany(row => row.Subjects)];

    /// <summary>Observers whom one that nobody accuses cannot reach.</summary>
    private static HashSet<UniqueAddress> Silenced(
        List<(UniqueAddress Observer, List<UniqueAddress> Subjects)> rows,
        ImmutableHashSet<UniqueAddress> accused
    )
    {
        var silenced = rows.Where(row => !accused.Contains(row.Observer)).SelectMany(row => row.Subjects).ToHashSet();
        silenced.IntersectWith(rows.Select(row => row.Observer));
        return silenced;
    }
}
