using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Runs one actor in the whole cluster: started on all nodes (or those with a role), it has its child on the oldest one. When that leaves,
/// the next oldest starts it after it has ended there; when that is lost, after its removal and a margin.
/// </summary>
public sealed class ClusterSingletonManager : ReceiveActor
{
    private readonly Props _singletonProps;
    private readonly object _terminationMessage;
    private readonly ClusterSingletonManagerSettings _settings;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly SingletonLogic _logic;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IActorRef? _singleton;
    private ICancelable? _timer;
    private bool _exiting;

    /// <param name="singletonProps">Of the actor that there is one of.</param>
    /// <param name="terminationMessage">What it is told to end by; it must stop itself then.</param>
    /// <exception cref="ArgumentException">This node has not the role.</exception>
    public ClusterSingletonManager(Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings)
    {
        (_singletonProps, _terminationMessage, _settings) = (singletonProps, terminationMessage, settings);
        Singletons.Prepare(Context.System);
        Singletons.CheckRole(_cluster, settings.Role);
        _logic = new SingletonLogic(settings.Role ?? "", settings.RemovalMargin);
        ReceiveAny(On);
    }

    /// <summary>akka.cluster.singleton and singleton-proxy.</summary>
    public static Config DefaultConfig() =>
        ConfigurationFactory.FromResource("Akka.Cluster.Tools.Configuration.singleton.conf", typeof(ClusterSingletonManager));

    /// <summary>A manager whose singleton is ended by <see cref="PoisonPill"/>.</summary>
    public static Props Props(Props singletonProps, ClusterSingletonManagerSettings settings) =>
        Props(singletonProps, PoisonPill.Instance, settings);

    public static Props Props(Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings) =>
        Actor
            .Props.Create(() => new ClusterSingletonManager(singletonProps, terminationMessage, settings))
            .WithDeploy(Deploy.Local);

    private TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    protected override void PreStart()
    {
        if (_cluster.IsTerminated)
            throw new ActorInitializationException("Cluster node must not be terminated");
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.StateChanged));
        var interval = _settings.HandOverRetryInterval;
        _timer = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(interval, interval, Self, Tick.Instance, Self);
        var self = Self;
        CoordinatedShutdown
            .Get(Context.System)
            .AddTask(CoordinatedShutdown.PhaseClusterExiting, $"wait-singleton-exiting-{Self.Path.Name}", () => Exit(self));
    }

    /// <summary>Completes when it does not run here any more; another node may have it by then.</summary>
    private async Task<Done> Exit(IActorRef self)
    {
        if (!_cluster.IsTerminated && _cluster.SelfMember.Status is not (MemberStatus.Down or MemberStatus.Removed))
        {
            self.Tell(WhenExited.Instance, ActorRefs.NoSender);
            await Task.WhenAny(_exited.Task, _cluster.Ended).ConfigureAwait(false);
        }
        return Done.Instance;
    }

    protected override void PostStop()
    {
        _timer?.Cancel();
        _cluster.Unsubscribe(Self);
        _exited.TrySetResult();
    }

    private void On(object message)
    {
        switch (message)
        {
            case ClusterEvent.StateChanged changed:
                Do(_logic.Observe(changed.State, Now));
                break;
            case Tick:
                Do(_logic.Tick(Now));
                break;
            case HandOverToMe asked:
                Do(_logic.HandOverAsked(asked.From, Now));
                break;
            case HandOverDone done:
                Do(_logic.HandedOver(done.From, Now));
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_singleton):
                _log.Info("Singleton [{0}] has terminated", _singleton.Path);
                _singleton = null;
                Do(_logic.Stopped(Now));
                break;
            case WhenExited:
                _exiting = true;
                break;
            default:
                Unhandled(message);
                break;
        }
        if (_exiting && !_logic.IsRunning && _logic.Phase is ClusterSingletonState.End or ClusterSingletonState.Start)
            _exited.TrySetResult();
    }

    private void Do(IEnumerable<SingletonStep> steps)
    {
        foreach (var step in steps.ToList())
        {
            switch (step)
            {
                case SingletonStep.Start:
                    _singleton = Context.Watch(Context.ActorOf(_singletonProps, _settings.SingletonName));
                    _log.Info("Singleton manager started singleton actor [{0}]", _singleton.Path);
                    break;
                case SingletonStep.Stop:
                    _log.Info("Singleton manager ends singleton actor [{0}]", _singleton!.Path);
                    _singleton.Tell(_terminationMessage);
                    break;
                case SingletonStep.AskToHandOver ask:
                    Peer(ask.Of).Tell(new HandOverToMe(_cluster.SelfUniqueAddress), Self);
                    break;
                case SingletonStep.SayDone done:
                    Peer(done.To).Tell(new HandOverDone(_cluster.SelfUniqueAddress), Self);
                    break;
            }
        }
    }

    private IActorRef Peer(UniqueAddress node) =>
        _cluster.System.Provider.ResolveActorRef(Self.Path.ToStringWithAddress(node.Address));

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }

    private sealed record WhenExited : INoSerializationVerificationNeeded
    {
        public static readonly WhenExited Instance = new();
    }
}
