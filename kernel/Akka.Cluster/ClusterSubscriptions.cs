using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;

namespace Akka.Cluster;

/// <summary>Who gets which events.</summary>
internal sealed class ClusterSubscriptions
{
    private readonly Dictionary<IActorRef, ImmutableHashSet<Type>> _subscribers = [];

    public void Add(ClusterDaemon.Subscribe subscription, MembershipState state)
    {
        var (subscriber, mode, to) = subscription;
        _subscribers[subscriber] = _subscribers.GetValueOrDefault(subscriber, []).Union(to);
        if (mode == ClusterEvent.InitialStateAsSnapshot)
            subscriber.Tell(state.ToCurrent(), ActorRefs.NoSender);
        else
            Send(subscriber, to, ClusterEvents.Between(new MembershipState(Gossip.Empty, state.Self), state));
    }

    /// <summary>True if it has no subscription any more.</summary>
    public bool Remove(IActorRef subscriber, Type? to)
    {
        if (!_subscribers.TryGetValue(subscriber, out var types))
            return false;
        types = to is null ? [] : types.Remove(to);
        if (types.IsEmpty)
            _subscribers.Remove(subscriber);
        else
            _subscribers[subscriber] = types;
        return types.IsEmpty;
    }

    public void Publish(IEnumerable<ClusterEvent.IClusterDomainEvent> events)
    {
        var all = events.ToList();
        foreach (var (subscriber, types) in _subscribers)
            Send(subscriber, types, all);
    }

    private static void Send(
        IActorRef subscriber,
        ImmutableHashSet<Type> types,
        IEnumerable<ClusterEvent.IClusterDomainEvent> events
    )
    {
        foreach (var what in events)
        {
            if (
                types.Any(t =>
                    t.IsInstanceOfType(what) && (what is not ClusterEvent.StateChanged || t == typeof(ClusterEvent.StateChanged))
                )
            )
                subscriber.Tell(what, ActorRefs.NoSender);
        }
    }
}
