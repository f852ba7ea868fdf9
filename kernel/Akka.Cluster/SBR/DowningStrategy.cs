using Akka.Actor;

namespace Akka.Cluster.SBR;

/// <summary>What a side does.</summary>
internal enum Fate
{
    /// <summary>It lives on: the other side is marked as down.</summary>
    Keep,

    /// <summary>It gives up: it marks itself as down.</summary>
    Yield,

    /// <summary>Everybody is marked as down, here and there.</summary>
    DownAll,
}

/// <summary>Which side of a split lives on. Pure: both sides come to answers that fit, each by what it sees.</summary>
internal abstract record DowningStrategy
{
    public abstract Fate Decide(DowningView view);

    protected static IEnumerable<Member> With(string role, IEnumerable<Member> members) =>
        role.Length == 0 ? members : members.Where(m => m.HasRole(role));
}

/// <summary>The larger side lives on; of two of the same size the one with the lowest address.</summary>
internal sealed record KeepMajority(string Role) : DowningStrategy
{
    public override Fate Decide(DowningView view)
    {
        var mine = With(Role, view.ThisSide).ToList();
        var theirs = With(Role, view.OtherSide).ToList();
        if (mine.Count != theirs.Count)
            return mine.Count > theirs.Count ? Fate.Keep : Fate.Yield;
        return mine.Concat(theirs).Min() is { } lowest && mine.Contains(lowest) ? Fate.Keep : Fate.Yield;
    }
}

/// <summary>A side with at least so many members lives on; with more than twice that, less one, in all, nobody is safe.</summary>
internal sealed record StaticQuorum(int QuorumSize, string Role) : DowningStrategy
{
    public override Fate Decide(DowningView view)
    {
        var mine = With(Role, view.ThisSide).Count();
        var theirs = With(Role, view.OtherSide).ToList();
        var all = mine + theirs.Count(m => m.Status is MemberStatus.Up or MemberStatus.Leaving);
        return all > 2 * QuorumSize - 1 || (mine >= QuorumSize && theirs.Count >= QuorumSize) ? Fate.DownAll
            : mine >= QuorumSize ? Fate.Keep
            : Fate.Yield;
    }
}

/// <summary>The side of the oldest member lives on; unless that one is alone, if it is set so, and the other side has at least two.</summary>
internal sealed record KeepOldest(bool DownIfAlone, string Role) : DowningStrategy
{
    public override Fate Decide(DowningView view)
    {
        var mine = With(Role, view.ThisSide).ToList();
        var theirs = With(Role, view.OtherSide).ToList();
        var candidates = Candidates(With(Role, view.Reachable).Concat(theirs)).ToList();
        if (candidates.Count == 0)
            return Fate.Yield;
        if (DownIfAlone && IsAlone(candidates, mine) && theirs.Count >= 2)
            return Fate.Yield;
        if (candidates.All(view.Reachable.Contains))
            return Fate.Keep;
        return DownIfAlone && IsAlone(candidates, theirs) && mine.Count >= 2 ? Fate.Keep : Fate.Yield;
    }

    private static bool IsAlone(List<Member> candidates, List<Member> side) => side.Count == 1 && candidates.All(side.Contains);

    /// <summary>The oldest that is up or leaving, and all that are older: on the other side those may be taken for the oldest.</summary>
    private static IEnumerable<Member> Candidates(IEnumerable<Member> members)
    {
        foreach (var member in members.Where(m => m.UpNumber != Member.NotUpYet).Order(Member.AgeOrdering))
        {
            yield return member;
            if (member.Status is MemberStatus.Up or MemberStatus.Leaving)
                yield break;
        }
    }
}

/// <summary>Nobody lives on: the whole cluster starts anew.</summary>
internal sealed record DownEverybody : DowningStrategy
{
    public override Fate Decide(DowningView view) => Fate.DownAll;
}
