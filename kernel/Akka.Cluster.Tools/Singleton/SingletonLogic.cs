using System.Collections.Immutable;
using Akka.Cluster.Membership;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>What a node must do now for a singleton.</summary>
internal abstract record SingletonStep
{
    private SingletonStep() { }

    public sealed record Start : SingletonStep;

    public sealed record Stop : SingletonStep;

    /// <summary>Ask the one before to let go.</summary>
    public sealed record AskToHandOver(UniqueAddress Of) : SingletonStep;

    /// <summary>Tell one that asked: it does not run here, and will not again.</summary>
    public sealed record SayDone(UniqueAddress To) : SingletonStep;
}

/// <summary>
/// Where a singleton runs: on the oldest member with the role, once all that were older have handed over, or are removed for so long that
/// they have noticed it. One node's part; knows no actor, timer or thread.
/// </summary>
internal sealed class SingletonLogic(string role, TimeSpan removalMargin)
{
    private readonly HashSet<UniqueAddress> _handedOver = [];
    private readonly HashSet<UniqueAddress> _asking = [];
    private ImmutableHashSet<UniqueAddress> _older = [];
    private MembershipState? _state;
    private TimeSpan _notBefore;
    private bool _stopping;
    private bool _over;

    public ClusterSingletonState Phase { get; private set; } = ClusterSingletonState.Start;

    /// <summary>Whether it runs here, or is on its way to its end.</summary>
    public bool IsRunning { get; private set; }

    private Member? Self => _state?.SelfMember is { } member && Has(member) ? member : null;

    private bool Has(Member member) => role.Length == 0 || member.HasRole(role);

    /// <summary>The members that could run it, the oldest first.</summary>
    public static IEnumerable<Member> ByAge(IEnumerable<Member> members, string role) =>
        members.Where(m => m.UpNumber != Member.NotUpYet && (role.Length == 0 || m.HasRole(role))).Order(Member.AgeOrdering);

    public IEnumerable<SingletonStep> Observe(MembershipState state, TimeSpan now)
    {
        _state = state;
        if (Self is not { } me)
            return state.SelfMember is null && IsRunning ? End() : [];
        if (me.UpNumber == Member.NotUpYet)
            return [];
        ImmutableHashSet<UniqueAddress> older =
        [
            .. ByAge(state.Gossip.Members, role).Where(m => m.IsOlderThan(me)).Select(m => m.UniqueAddress),
        ];
        // Removed without a word: it may not know yet, and still run it.
        if (_older.Except(older).Any(gone => !_handedOver.Contains(gone)))
            _notBefore = now + removalMargin;
        _older = older;
        return Next(now);
    }

    /// <summary>Every hand-over-retry-interval.</summary>
    public IEnumerable<SingletonStep> Tick(TimeSpan now) => Next(now);

    /// <summary>The next one asks this node to let go. It does so once it knows itself that it is leaving.</summary>
    public IEnumerable<SingletonStep> HandOverAsked(UniqueAddress by, TimeSpan now)
    {
        _asking.Add(by);
        return Next(now);
    }

    /// <summary>One before says that it does not run there any more.</summary>
    public IEnumerable<SingletonStep> HandedOver(UniqueAddress from, TimeSpan now)
    {
        _handedOver.Add(from);
        return Next(now);
    }

    /// <summary>The singleton has ended.</summary>
    public IEnumerable<SingletonStep> Stopped(TimeSpan now)
    {
        _over |= !_stopping; // it has ended itself: that is its end
        (IsRunning, _stopping) = (false, false);
        return Next(now);
    }

    private IEnumerable<SingletonStep> Next(TimeSpan now)
    {
        if (Self is not { } me || me.UpNumber == Member.NotUpYet)
            return [];
        if (me.Status is MemberStatus.Exiting or MemberStatus.Down)
            return LetGo(me, now);
        if (IsRunning || _over)
            return [];
        var before = _older.Where(n => !_handedOver.Contains(n)).ToList();
        if (before.Count == 0 && now >= _notBefore && me.Status == MemberStatus.Up)
        {
            (IsRunning, Phase) = (true, ClusterSingletonState.Oldest);
            return [new SingletonStep.Start()];
        }
        return Wait(before);
    }

    private IEnumerable<SingletonStep> Wait(List<UniqueAddress> before)
    {
        var members = before.Select(n => _state!.Gossip.Find(n)).OfType<Member>().ToList();
        var isNext = members.TrueForAll(m => m.Status is not (MemberStatus.Up or MemberStatus.Leaving));
        Phase = isNext ? ClusterSingletonState.BecomingOldest : ClusterSingletonState.Younger;
        return isNext
            ? members.Where(m => m.Status == MemberStatus.Exiting).Select(m => new SingletonStep.AskToHandOver(m.UniqueAddress))
            : [];
    }

    private IEnumerable<SingletonStep> LetGo(Member me, TimeSpan now)
    {
        _over = true;
        if (IsRunning)
        {
            Phase = me.Status == MemberStatus.Down ? ClusterSingletonState.Stopping : ClusterSingletonState.HandingOver;
            return End();
        }
        Phase = ClusterSingletonState.End;
        if (now < _notBefore || me.Status == MemberStatus.Down)
            return []; // one before may still run it: nobody may take it over from here
        // Those before it that have not handed over are asked by the next one itself.
        SingletonStep[] done = [.. _asking.Select(n => new SingletonStep.SayDone(n))];
        _asking.Clear();
        return done;
    }

    private SingletonStep[] End()
    {
        _over = true;
        if (_stopping)
            return [];
        _stopping = true;
        return [new SingletonStep.Stop()];
    }
}
