using Akka.Actor;

namespace Akka.Event;

/// <summary>Hands events to those who have subscribed to a classifier that covers them. Any thread may use it.</summary>
public abstract class EventBus<TEvent, TClassifier, TSubscriber>
    where TClassifier : notnull
{
    private readonly Lock _gate = new();
    private volatile Subscription[] _subscriptions = [];

    private protected EventBus() { }

    /// <summary>False if it had subscribed to just this before, and had taken nothing of it back.</summary>
    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier)
    {
        var wanted = new Subscription(classifier, subscriber, []);
        lock (_gate)
        {
            var known = Array.FindIndex(
                _subscriptions,
                s => Equals(s.Classifier, classifier) && Equals(s.Subscriber, subscriber)
            );
            if (known >= 0 && _subscriptions[known].Without.Length == 0)
                return false;
            _subscriptions = [.. _subscriptions.Where((_, i) => i != known), wanted];
            Changed();
            return true;
        }
    }

    public virtual bool Unsubscribe(TSubscriber subscriber) => Change(subscriber, s => null);

    /// <summary>Ends the subscriptions to the classifier and to what it covers, and takes it out of those that cover it.</summary>
    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier) =>
        Change(
            subscriber,
            s =>
                IsSubClassification(classifier, s.Classifier) ? null
                : IsSubClassification(s.Classifier, classifier) && !s.Without.Contains(classifier)
                    ? s with
                    {
                        Without = [.. s.Without, classifier],
                    }
                : s
        );

    private bool Change(TSubscriber subscriber, Func<Subscription, Subscription?> change)
    {
        lock (_gate)
        {
            var after = _subscriptions
                .Select(s => Equals(s.Subscriber, subscriber) ? change(s) : s)
                .OfType<Subscription>()
                .ToArray();
            if (after.SequenceEqual(_subscriptions, ReferenceEqualityComparer.Instance))
                return false;
            _subscriptions = after;
            Changed();
            return true;
        }
    }

    /// <summary>To each subscriber once, however many of its classifiers fit.</summary>
    public virtual void Publish(TEvent @event)
    {
        foreach (var subscriber in SubscribersOf(@event))
            Publish(@event, subscriber);
    }

    internal virtual TSubscriber[] SubscribersOf(TEvent @event) =>
        [.. _subscriptions.Where(s => Covers(s, @event)).Select(s => s.Subscriber).Distinct()];

    private bool Covers(Subscription s, TEvent @event) =>
        Classify(@event, s.Classifier) && !Array.Exists(s.Without, w => Classify(@event, w));

    internal virtual void Changed() { }

    protected abstract bool IsSubClassification(TClassifier parent, TClassifier child);

    protected abstract void Publish(TEvent @event, TSubscriber subscriber);

    protected abstract bool Classify(TEvent @event, TClassifier classifier);

    protected abstract TClassifier GetClassifier(TEvent @event);

    private sealed record Subscription(TClassifier Classifier, TSubscriber Subscriber, TClassifier[] Without);
}

/// <summary>An event bus whose subscribers are actors.</summary>
public abstract class ActorEventBus<TEvent, TClassifier> : EventBus<TEvent, TClassifier, IActorRef>
    where TClassifier : notnull
{
    private protected ActorEventBus() { }
}
