using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>What a leader does once all agree: lets members up, lets them exit, and removes those that are gone.</summary>
internal static class LeaderActions
{
    /// <param name="exitingConfirmed">Exiting members that have said that they are done.</param>
    /// <param name="now">Milliseconds, for tombstones.</param>
    /// <returns>The gossip of the state itself if there is nothing to do.</returns>
    public static Gossip Apply(
        MembershipState state,
        MembershipSettings settings,
        IReadOnlySet<UniqueAddress> exitingConfirmed,
        long now
    )
    {
        if (!state.IsLeader || !state.HasConverged)
            return state.Gossip;
        var gone = state.Gossip.Members.Where(m => IsGone(state, m, exitingConfirmed)).Select(m => m.UniqueAddress).ToList();
        var moved = Moves(state.Gossip, settings).ToList();
        if (gone.Count == 0 && moved.Count == 0)
            return state.Gossip;
        var next = moved.Aggregate(state.Gossip, (gossip, member) => gossip.Put(member));
        return (gone.Count == 0 ? next : next.Remove(gone, now)).ChangedBy(state.Self);
    }

    private static bool IsGone(MembershipState state, Member member, IReadOnlySet<UniqueAddress> confirmed) =>
        member.Status switch
        {
            MemberStatus.Down => !state.IsReachable(member),
            MemberStatus.Exiting => !state.IsReachable(member) || confirmed.Contains(member.UniqueAddress),
            _ => false,
        };

    private static IEnumerable<Member> Moves(Gossip gossip, MembershipSettings settings)
    {
        var up = gossip.Members.Where(m => m.UpNumber != Member.NotUpYet).Select(m => m.UpNumber).DefaultIfEmpty(0).Max();
        var enough = HasEnough(gossip, settings);
        foreach (var member in gossip.Members)
        {
            if (member.Status == MemberStatus.Joining && enough)
                yield return member.CopyUp(++up);
            else if (member.Status == MemberStatus.Leaving)
                yield return member.Copy(MemberStatus.Exiting);
        }
    }

    /// <summary>Whether as many are there as the settings ask for, in all and of each role.</summary>
    private static bool HasEnough(Gossip gossip, MembershipSettings settings)
    {
        var there = gossip
            .Members.Where(m => m.Status is MemberStatus.Joining or MemberStatus.Up or MemberStatus.Leaving)
            .ToList();
        return there.Count >= settings.MinNrOfMembers
            && settings.MinNrOfMembersOfRole.All(role => there.Count(m => m.HasRole(role.Key)) >= role.Value);
    }
}

/// <summary>What the protocol needs of akka.cluster.</summary>
internal sealed record MembershipSettings
{
    public int MinNrOfMembers { get; init; } = 1;

    public ImmutableDictionary<string, int> MinNrOfMembersOfRole { get; init; } = ImmutableDictionary<string, int>.Empty;

    public TimeSpan SeedNodeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Null: a join is asked for once.</summary>
    public TimeSpan? RetryUnsuccessfulJoinAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Null: it goes on for ever.</summary>
    public TimeSpan? GiveUpJoiningSeedsAfter { get; init; }

    public double GossipDifferentViewProbability { get; init; } = 0.8;

    /// <summary>In clusters of this size and above, the probability is reduced; to half at twice the size.</summary>
    public int ReduceGossipDifferentViewProbability { get; init; } = 400;

    public int MonitoredByNrOfMembers { get; init; } = 9;

    public TimeSpan HeartbeatExpectedResponseAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it is remembered who was removed.</summary>
    public TimeSpan TombstonesKept { get; init; } = TimeSpan.FromHours(24);
}
