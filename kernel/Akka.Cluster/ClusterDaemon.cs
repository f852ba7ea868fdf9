using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>
/// The actor /system/cluster: gives a <see cref="MembershipNode"/> its messages, its time and its way to others, and tells of its changes.
/// </summary>
internal sealed class ClusterDaemon : UntypedActor, IMembershipWorld
{
    private readonly Cluster _cluster;
    private readonly Props? _downing;
    private readonly MembershipNode _node;
    private readonly ClusterSubscriptions _subscriptions = new();
    private readonly List<ICancelable> _timers = [];
    private readonly List<Action> _onUp = [];
    private readonly List<TaskCompletionSource> _onExiting = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRefProvider _provider = ((ExtendedActorSystem)Context.System).Provider;
    private readonly Dictionary<Address, IActorRef> _others = [];
    private readonly IScheduler _scheduler = Context.System.Scheduler;
    private readonly IActorRef _self = Context.Self;
    private readonly Random _chance;
    private bool _exitingDone;

    public ClusterDaemon(Cluster cluster, Props? downing)
    {
        (_cluster, _downing) = (cluster, downing);
        _chance = new Random(cluster.SelfUniqueAddress.Uid); // each node another choice, the same one in the same incarnation
        var settings = cluster.Settings;
        _node = new MembershipNode(cluster.SelfUniqueAddress, settings.Roles, settings.Membership, cluster.FailureDetector, this)
        {
            Changed = Changed,
            Expelled = () => EndBecause("the others have removed it", CoordinatedShutdown.ClusterDowningReason.Instance),
            JoinFailed = () =>
                EndBecause(
                    "no seed node has let it in",
                    CoordinatedShutdown.ClusterJoinUnsuccessfulReason.Instance,
                    always: true
                ),
        };
    }

    TimeSpan IMembershipWorld.Now => _scheduler.MonotonicClock;

    long IMembershipWorld.Date => _scheduler.Now.ToUnixTimeMilliseconds();

    double IMembershipWorld.Chance() => _chance.NextDouble();

    void IMembershipWorld.Send(Address to, IClusterMessage message)
    {
        if (!_others.TryGetValue(to, out var other))
        {
            if (_others.Count > 1000) // addresses of joiners come from outside
                _others.Clear();
            _others[to] = other = _provider.ResolveActorRef(new RootActorPath(to) / "system" / "cluster");
        }
        other.Tell(message, _self);
    }

    protected override void PreStart()
    {
        var settings = _cluster.Settings;
        Repeat(settings.GossipInterval, Tick.Gossip);
        Repeat(settings.LeaderActionsInterval, Tick.Leader);
        Repeat(settings.HeartbeatInterval, Tick.Heartbeat);
        Repeat(settings.UnreachableNodesReaperInterval, Tick.Reaper);
        var second = TimeSpan.FromSeconds(1);
        Repeat(settings.SeedNodeTimeout / 5 < second ? settings.SeedNodeTimeout / 5 : second, Tick.Join);
        if (_downing is not null)
            Context.ActorOf(_downing.WithDispatcher(settings.UseDispatcher), "downing");
        _cluster.Log("Cluster Node [{0}] - Started up successfully", _cluster.SelfAddress);
    }

    private void Repeat(TimeSpan interval, Tick tick)
    {
        var first =
            _cluster.Settings.PeriodicTasksInitialDelay < interval ? _cluster.Settings.PeriodicTasksInitialDelay : interval;
        _timers.Add(_scheduler.ScheduleTellRepeatedlyCancelable(first, interval, Self, tick, Self));
    }

    protected override void PostStop()
    {
        _timers.ForEach(t => t.Cancel());
        _node.Stop();
        var before = _node.State;
        var removed = new MembershipState(Gossip.Empty, before.Self);
        _cluster.Publish(removed);
        _subscriptions.Publish(ClusterEvents.Between(before, removed).Append(ClusterEvent.ClusterShuttingDown.Instance));
        _onExiting.ForEach(e => e.TrySetResult());
        _cluster.Log("Cluster Node [{0}] - Shut down", _cluster.SelfAddress);
        _cluster.HasEnded();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case IClusterMessage wire:
                _node.Receive(wire);
                break;
            case Tick tick:
                OnTick(tick);
                break;
            case JoinTo join:
                if (_node.IsMember)
                    _cluster.Log(
                        "Cluster Node [{0}] is a member already; it does not join [{1}]",
                        _cluster.SelfAddress,
                        join.Address
                    );
                _node.JoinTo(join.Address);
                break;
            case JoinSeeds join:
                _node.JoinSeeds(join.Seeds);
                break;
            case Leave leave:
                _node.Leave(leave.Address);
                break;
            case Down down:
                OnDown(down.Address);
                break;
            case LeaveAndTell leave:
                OnLeave(leave.Exiting);
                break;
            case ExitingDone:
                OnExitingDone();
                break;
            case Subscribe subscribe:
                Context.Watch(subscribe.Subscriber);
                _subscriptions.Add(subscribe, _node.State);
                break;
            case Unsubscribe unsubscribe:
                if (_subscriptions.Remove(unsubscribe.Subscriber, unsubscribe.To))
                    Context.Unwatch(unsubscribe.Subscriber);
                break;
            case Terminated terminated:
                _subscriptions.Remove(terminated.ActorRef, null);
                break;
            case UpCallback callback:
                OnUp(callback.Run);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnTick(Tick tick)
    {
        switch (tick)
        {
            case Tick.Gossip:
                _node.GossipTick();
                if (_node.IsGossipUrgent)
                    GossipSooner();
                break;
            case Tick.ExtraGossip:
                if (_node.IsGossipUrgent)
                    _node.GossipTick();
                break;
            case Tick.Leader:
                _node.LeaderTick();
                break;
            case Tick.Heartbeat:
                _node.HeartbeatTick();
                break;
            case Tick.Reaper:
                _node.ReaperTick();
                break;
            case Tick.Join:
                _node.JoinTick();
                break;
        }
    }

    private void GossipSooner()
    {
        var third = _cluster.Settings.GossipInterval / 3;
        _scheduler.ScheduleTellOnce(third, Self, Tick.ExtraGossip, Self);
        _scheduler.ScheduleTellOnce(third * 2, Self, Tick.ExtraGossip, Self);
    }

    private void OnDown(Address address)
    {
        if (_node.State.Gossip.Find(address) is null)
            _cluster.Log("Cluster Node [{0}] - ignoring down of unknown node [{1}]", _cluster.SelfAddress, address);
        _node.Down(address);
    }

    private void OnLeave(TaskCompletionSource exiting)
    {
        if (_node.State.SelfMember is not { Status: not (MemberStatus.Down or MemberStatus.Exiting) })
        {
            exiting.TrySetResult();
            return;
        }
        _onExiting.Add(exiting);
        _node.Leave(_cluster.SelfAddress);
    }

    private void OnExitingDone()
    {
        if (_exitingDone)
            return;
        _exitingDone = true;
        _node.ConfirmExiting();
    }

    private void OnUp(Action callback)
    {
        if (_cluster.IsUp)
            Run(callback);
        else
            _onUp.Add(callback);
    }

    private void Run(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception e)
        {
            _log.Error(e, "[{0}] callback failed with [{1}]", nameof(Cluster.RegisterOnMemberUp), e.Message);
        }
    }

    private void Changed(MembershipState before, MembershipState after)
    {
        _cluster.Publish(after);
        var events = ClusterEvents.Between(before, after).ToList();
        foreach (var what in events)
            LogEvent(what);
        _subscriptions.Publish(events);
        if (after.SelfMember is { } self && before.SelfMember?.Status != self.Status)
            SelfChanged(self);
    }

    private void LogEvent(ClusterEvent.IClusterDomainEvent what)
    {
        switch (what)
        {
            case ClusterEvent.UnreachableMember unreachable:
                _cluster.Warn("Cluster Node [{0}] - {1} is unreachable", _cluster.SelfAddress, unreachable.Member);
                break;
            case ClusterEvent.StateChanged:
                if (_cluster.Settings.LogInfoVerbose)
                    _cluster.Log("Cluster Node [{0}] - {1}", _cluster.SelfAddress, _node.State.Gossip);
                break;
            default:
                _cluster.Log("Cluster Node [{0}] - {1}", _cluster.SelfAddress, what);
                break;
        }
    }

    private void SelfChanged(Member self)
    {
        switch (self.Status)
        {
            case MemberStatus.Up:
                _onUp.ForEach(Run);
                _onUp.Clear();
                break;
            case MemberStatus.Exiting:
                _onExiting.ForEach(e => e.TrySetResult());
                CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
                break;
            case MemberStatus.Down:
                EndBecause("it is marked as down", CoordinatedShutdown.ClusterDowningReason.Instance);
                break;
        }
    }

    private void EndBecause(string why, CoordinatedShutdown.Reason reason, bool always = false)
    {
        _cluster.Warn("Cluster Node [{0}] ends: {1}", _cluster.SelfAddress, why);
        _onExiting.ForEach(e => e.TrySetResult());
        if (always || _cluster.Settings.RunCoordinatedShutdownWhenDown)
            CoordinatedShutdown.Get(Context.System).Run(reason);
        else
            Context.Stop(Self);
    }

    internal enum Tick
    {
        Gossip,
        ExtraGossip,
        Leader,
        Heartbeat,
        Reaper,
        Join,
    }

    internal sealed record JoinTo(Address Address) : INoSerializationVerificationNeeded;

    internal sealed record JoinSeeds(ImmutableList<Address> Seeds) : INoSerializationVerificationNeeded;

    internal sealed record Leave(Address Address) : INoSerializationVerificationNeeded;

    internal sealed record Down(Address Address) : INoSerializationVerificationNeeded;

    /// <summary>Leave; the task completes when this node is exiting, or needs not.</summary>
    internal sealed record LeaveAndTell(TaskCompletionSource Exiting) : INoSerializationVerificationNeeded;

    internal sealed record Subscribe(
        IActorRef Subscriber,
        ClusterEvent.SubscriptionInitialStateMode Mode,
        ImmutableHashSet<Type> To
    ) : INoSerializationVerificationNeeded;

    internal sealed record Unsubscribe(IActorRef Subscriber, Type? To) : INoSerializationVerificationNeeded;

    internal sealed record UpCallback(Action Run) : INoSerializationVerificationNeeded;

    /// <summary>The coordinated shutdown has let others take over.</summary>
    internal sealed record ExitingDone : INoSerializationVerificationNeeded
    {
        public static readonly ExitingDone Instance = new();
    }
}
