using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>Who watches whom: each node the next ones on a ring in the order of a hash, so that every node is watched by as many others.</summary>
internal static class HeartbeatRing
{
    /// <summary>The nodes that one has to watch: the next reachable ones, and those between that are not.</summary>
    public static ImmutableHashSet<UniqueAddress> WatchedBy(MembershipState state, int watchers)
    {
        var others = state.Gossip.Members.Length - 1;
        if (others <= watchers)
            return [.. state.Gossip.Members.Select(m => m.UniqueAddress).Where(n => !n.Equals(state.Self))];
        var ring = state.Gossip.Members.Select(m => m.UniqueAddress).OrderBy(n => n.StableHash).ThenBy(n => n).ToList();
        var at = ring.IndexOf(state.Self);
        var watched = ImmutableHashSet.CreateBuilder<UniqueAddress>();
        var left = watchers;
        for (var i = 1; i < ring.Count && left > 0; i++)
        {
            var node = ring[(at + i) % ring.Count];
            watched.Add(node);
            if (!state.Unreachable.Contains(node))
                left--;
        }
        return watched.ToImmutable();
    }
}
