using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Sends messages on to a singleton, wherever it runs; while that is not known it keeps the latest of them.</summary>
public sealed class ClusterSingletonProxy : ReceiveActor
{
    private readonly string[] _path;
    private readonly ClusterSingletonProxySettings _settings;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly Queue<(object Message, IActorRef Sender)> _buffer = new();
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private Member? _oldest;
    private IActorRef? _singleton;
    private ICancelable? _timer;
    private int _round;

    /// <param name="singletonManagerPath">The path of the managers without address, such as /user/singleton.</param>
    public ClusterSingletonProxy(string singletonManagerPath, ClusterSingletonProxySettings settings)
    {
        _settings = settings;
        _path = [.. singletonManagerPath.Split('/', StringSplitOptions.RemoveEmptyEntries), settings.SingletonName];
        Receive<ClusterEvent.StateChanged>(changed => Moved(changed.State.Gossip.Members));
        Receive<Look>(_ => Identify());
        Receive<ActorIdentity>(Found);
        Receive<Terminated>(terminated => Lost(terminated.ActorRef));
        ReceiveAny(SendOn);
    }

    /// <summary>akka.cluster.singleton and singleton-proxy.</summary>
    public static Config DefaultConfig() => ClusterSingletonManager.DefaultConfig();

    public static Props Props(string singletonManagerPath, ClusterSingletonProxySettings settings) =>
        Actor.Props.Create(() => new ClusterSingletonProxy(singletonManagerPath, settings)).WithDeploy(Deploy.Local);

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.StateChanged));
        var interval = _settings.SingletonIdentificationInterval;
        _timer = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(interval, interval, Self, Look.Instance, Self);
    }

    protected override void PostStop()
    {
        _timer?.Cancel();
        _cluster.Unsubscribe(Self);
        foreach (var (message, sender) in _buffer)
            Context.System.DeadLetters.Tell(message, sender);
    }

    private void Moved(IEnumerable<Member> members)
    {
        var oldest = SingletonLogic
            .ByAge(members, _settings.Role ?? "")
            .FirstOrDefault(m => m.Status is MemberStatus.Up or MemberStatus.Leaving);
        if (Equals(oldest, _oldest))
            return;
        _oldest = oldest;
        Forget();
        Identify();
    }

    private void Forget()
    {
        if (_singleton is not null)
            Context.Unwatch(_singleton);
        _singleton = null;
        _round++;
    }

    private void Identify()
    {
        if (_singleton is not null || _oldest is null)
            return;
        var there = new RootActorPath(_oldest.Address) / _path;
        Context.ActorSelection(there.ToString()).Tell(new Identify(_round), Self);
    }

    private void Found(ActorIdentity identity)
    {
        if (identity.Subject is not { } singleton || !Equals(identity.MessageId, _round) || _singleton is not null)
            return; // an answer from before the singleton moved on names the one that ends
        _log.Info("Singleton identified at [{0}]", singleton.Path);
        _singleton = Context.Watch(singleton);
        while (_buffer.TryDequeue(out var kept))
            singleton.Tell(kept.Message, kept.Sender);
    }

    private void Lost(IActorRef actor)
    {
        if (!actor.Equals(_singleton))
            return;
        _singleton = null;
        _round++;
    }

    private void SendOn(object message)
    {
        if (_singleton is not null)
            _singleton.Forward(message);
        else if (_settings.BufferSize == 0)
            Context.System.DeadLetters.Tell(message, Sender);
        else
            Keep(message);
    }

    private void Keep(object message)
    {
        if (_buffer.Count == _settings.BufferSize && _buffer.TryDequeue(out var oldest))
        {
            _log.Warning("The buffer of [{0}] is full: its oldest message is a dead letter", Self.Path);
            Context.System.DeadLetters.Tell(oldest.Message, oldest.Sender);
        }
        _buffer.Enqueue((message, Sender));
    }

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }
}
