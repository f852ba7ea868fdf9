using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// Watches remote actors for all actors of this system, and the systems they live on by heartbeats. A system that is found gone is
/// quarantined, and whoever watches an actor there hears that its address has terminated.
/// </summary>
internal class RemoteWatcher : UntypedActor
{
    private readonly IRemoteActorRefProvider _provider;
    private readonly DefaultFailureDetectorRegistry<Address> _detectors;
    private readonly Dictionary<IInternalActorRef, HashSet<IInternalActorRef>> _watchers = [];
    private readonly Dictionary<Address, Node> _nodes = [];
    private readonly HeartbeatRsp _response;
    private readonly List<ICancelable> _timers = [];

    public RemoteWatcher(IRemoteActorRefProvider provider, DefaultFailureDetectorRegistry<Address> detectors)
    {
        (_provider, _detectors) = (provider, detectors);
        _response = new HeartbeatRsp(AddressUidExtension.Uid(Context.System));
    }

    protected ILoggingAdapter Log { get; } = Context.GetLogger();

    /// <summary>A system with actors that are watched from here.</summary>
    private sealed class Node
    {
        public HashSet<IInternalActorRef> Watchees { get; } = [];

        /// <summary>Its incarnation, once it has answered.</summary>
        public int? Uid { get; set; }

        public bool IsUnreachable { get; set; }
    }

    protected override void PreStart()
    {
        var settings = _provider.RemoteSettings;
        Repeat(settings.WatchHeartbeatInterval, HeartbeatTick.Instance);
        Repeat(settings.WatchReaperInterval, ReapTick.Instance);
    }

    protected override void PostStop() => _timers.ForEach(t => t.Cancel());

    private void Repeat(TimeSpan interval, object tick) =>
        _timers.Add(Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(interval, interval, Self, tick, Self));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case HeartbeatTick:
                SendHeartbeats();
                break;
            case Heartbeat:
                Sender.Tell(_response, Self);
                break;
            case HeartbeatRsp response:
                ReceiveResponse(response.AddressUid, Sender.Path.Address);
                break;
            case ReapTick:
                Reap();
                break;
            case ExpectedFirstHeartbeat expected:
                if (_nodes.ContainsKey(expected.Address) && !_detectors.IsMonitoring(expected.Address))
                    _detectors.Heartbeat(expected.Address); // counts from here, even if there is never an answer
                break;
            case WatchRemote watch:
                AddWatch(watch.Watchee, watch.Watcher);
                break;
            case UnwatchRemote unwatch:
                RemoveWatch(unwatch.Watchee, unwatch.Watcher);
                break;
            case Terminated terminated:
                WatcheeDied((IInternalActorRef)terminated.ActorRef, terminated.ExistenceConfirmed, terminated.AddressTerminated);
                break;
            case SystemGone gone:
                SystemEnded(gone.Address);
                break;
            case SystemReplaced replaced:
                if (_nodes.TryGetValue(replaced.Address, out var node) && !node.IsUnreachable)
                    WatchAgain(node);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void SendHeartbeats()
    {
        foreach (var (address, node) in _nodes)
        {
            if (node.IsUnreachable || IsWatchedElsewhere(address))
                continue;
            if (!_detectors.IsMonitoring(address) && node.Uid is null)
                ExpectAnswer(address);
            ((ICanTell)_provider.ResolveActorRef(new RootActorPath(address) / "system" / "remote-watcher")).Tell(
                Heartbeat.Instance,
                Self
            );
        }
    }

    private void ExpectAnswer(Address address) =>
        Context.System.Scheduler.ScheduleTellOnce(
            _provider.RemoteSettings.WatchExpectedResponseAfter,
            Self,
            new ExpectedFirstHeartbeat(address),
            Self
        );

    private void ReceiveResponse(int uid, Address address)
    {
        if (!_nodes.TryGetValue(address, out var node) || node.IsUnreachable)
            return;
        if (node.Uid is { } before && before != uid)
            WatchAgain(node); // another incarnation: it answers for the actors that ended with the one before
        node.Uid = uid;
        _detectors.Heartbeat(address);
    }

    private void WatchAgain(Node node)
    {
        foreach (var watchee in node.Watchees)
            watchee.SendSystemMessage(new Watch(watchee, (IInternalActorRef)Self));
    }

    private void Reap()
    {
        foreach (var (address, node) in _nodes.Where(n => IsLost(n.Key, n.Value)).ToList())
        {
            Log.Warning("Detected unreachable: [{0}]", address);
            Quarantine(address, node.Uid);
            PublishAddressTerminated(address);
        }
    }

    private bool IsLost(Address address, Node node) =>
        !node.IsUnreachable && !IsWatchedElsewhere(address) && !_detectors.IsAvailable(address);

    /// <summary>Whether somebody else says when a system is gone, as a cluster does for its members.</summary>
    protected virtual bool IsWatchedElsewhere(Address address) => false;

    protected virtual void Quarantine(Address address, int? uid) => _provider.Quarantine(address, uid);

    /// <summary>Tells everybody who watches an actor of a system that the system is gone.</summary>
    protected void PublishAddressTerminated(Address address)
    {
        if (!_nodes.TryGetValue(address, out var node))
            return;
        node.IsUnreachable = true;
        foreach (var watchee in node.Watchees.ToList())
            WatcheeDied(watchee, existenceConfirmed: false, addressTerminated: true);
    }

    private void SystemEnded(Address address)
    {
        if (_nodes.ContainsKey(address))
            Log.Debug("The system at [{0}] has ended", address);
        PublishAddressTerminated(address);
    }

    protected virtual void AddWatch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (!_watchers.TryGetValue(watchee, out var watchers))
        {
            _watchers.Add(watchee, watchers = []);
            WatchNode(watchee);
        }
        watchers.Add(watcher);
        Context.Watch(watchee);
    }

    /// <summary>From now on the system of an actor is sent heartbeats; a cluster has its own way for its members.</summary>
    protected virtual void WatchNode(IInternalActorRef watchee)
    {
        var address = watchee.Path.Address;
        if (!_nodes.TryGetValue(address, out var node) || node.IsUnreachable)
        {
            _detectors.Remove(address); // a new watch gives a system that was gone a new chance
            _nodes[address] = node = new Node();
        }
        node.Watchees.Add(watchee);
    }

    protected virtual void RemoveWatch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (!_watchers.TryGetValue(watchee, out var watchers) || !watchers.Remove(watcher) || watchers.Count > 0)
            return;
        Context.Unwatch(watchee);
        Forget(watchee);
    }

    private void WatcheeDied(IInternalActorRef watchee, bool existenceConfirmed, bool addressTerminated)
    {
        if (_watchers.TryGetValue(watchee, out var watchers))
        {
            foreach (var watcher in watchers)
                watcher.SendSystemMessage(new DeathWatchNotification(watchee, existenceConfirmed, addressTerminated));
        }
        if (addressTerminated)
            Context.Unwatch(watchee);
        Forget(watchee);
    }

    private void Forget(IInternalActorRef watchee)
    {
        _watchers.Remove(watchee);
        var address = watchee.Path.Address;
        if (!_nodes.TryGetValue(address, out var node) || !node.Watchees.Remove(watchee) || node.Watchees.Count > 0)
            return;
        _nodes.Remove(address);
        _detectors.Remove(address);
    }

    internal sealed record WatchRemote(IInternalActorRef Watchee, IInternalActorRef Watcher) : INoSerializationVerificationNeeded;

    internal sealed record UnwatchRemote(IInternalActorRef Watchee, IInternalActorRef Watcher)
        : INoSerializationVerificationNeeded;

    /// <summary>The transport knows that a system has ended.</summary>
    internal sealed record SystemGone(Address Address) : INoSerializationVerificationNeeded;

    /// <summary>The transport has met another incarnation of a system.</summary>
    internal sealed record SystemReplaced(Address Address) : INoSerializationVerificationNeeded;

    internal sealed record ExpectedFirstHeartbeat(Address Address) : INoSerializationVerificationNeeded;

    internal sealed class Heartbeat : IControlMessage, IDeadLetterSuppression
    {
        public static readonly Heartbeat Instance = new();
    }

    internal sealed record HeartbeatRsp(int AddressUid) : IControlMessage, IDeadLetterSuppression;

    private sealed record HeartbeatTick : INoSerializationVerificationNeeded
    {
        public static readonly HeartbeatTick Instance = new();
    }

    private sealed record ReapTick : INoSerializationVerificationNeeded
    {
        public static readonly ReapTick Instance = new();
    }
}
