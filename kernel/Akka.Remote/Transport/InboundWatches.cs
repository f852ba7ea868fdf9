using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Remote.Transport;

/// <summary>Which actors here are watched from one other system: when that is gone, its watches end.</summary>
internal sealed class InboundWatches
{
    private readonly Lock _gate = new();
    private readonly HashSet<(IInternalActorRef Watchee, IInternalActorRef Watcher)> _watches = [];

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _watches.Count == 0;
        }
    }

    public void Add(Watch watch)
    {
        lock (_gate)
            _watches.Add((watch.Watchee, watch.Watcher));
    }

    public void Remove(Unwatch unwatch)
    {
        lock (_gate)
            _watches.Remove((unwatch.Watchee, unwatch.Watcher));
    }

    /// <summary>The actor has died, and the other system is told so.</summary>
    public void Remove(IActorRef watchee)
    {
        lock (_gate)
            _watches.RemoveWhere(w => w.Watchee.Equals(watchee));
    }

    public void End()
    {
        List<(IInternalActorRef Watchee, IInternalActorRef Watcher)> all;
        lock (_gate)
        {
            all = [.. _watches];
            _watches.Clear();
        }
        foreach (var (watchee, watcher) in all)
            watchee.SendSystemMessage(new Unwatch(watchee, watcher));
    }
}
