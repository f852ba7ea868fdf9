using Akka.Actor;

namespace Akka.Event;

/// <summary>Hands events to those who have subscribed to a classifier that covers them. Any thread may use it.</summary>
public abstract class EventBus<TEvent, TClassifier, TSubscriber>
    where TClassifier : notnull
{
    private readonly Lock _gate = new();
    private volatile (TClassifier Classifier, TSubscriber Subscriber)[] _subscriptions = [];

    private protected EventBus() { }

    /// <summary>False if it had subscribed to just this before.</summary>
    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_gate)
        {
            if (_subscriptions.Contains((classifier, subscriber)))
                return false;
            _subscriptions = [.. _subscriptions, (classifier, subscriber)];
            Changed();
            return true;
        }
    }

    public virtual bool Unsubscribe(TSubscriber subscriber) => Remove(s => Equals(s.Subscriber, subscriber));

    /// <summary>Ends the subscriptions to the classifier and to what it covers.</summary>
    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier) =>
        Remove(s => Equals(s.Subscriber, subscriber) && IsSubClassification(classifier, s.Classifier));

    private bool Remove(Predicate<(TClassifier Classifier, TSubscriber Subscriber)> match)
    {
        lock (_gate)
        {
            var left = Array.FindAll(_subscriptions, s => !match(s));
            if (left.Length == _subscriptions.Length)
                return false;
            _subscriptions = left;
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
        [.. _subscriptions.Where(s => Classify(@event, s.Classifier)).Select(s => s.Subscriber).Distinct()];

    internal virtual void Changed() { }

    protected abstract bool IsSubClassification(TClassifier parent, TClassifier child);

    protected abstract void Publish(TEvent @event, TSubscriber subscriber);

    protected abstract bool Classify(TEvent @event, TClassifier classifier);

    protected abstract TClassifier GetClassifier(TEvent @event);
}

/// <summary>An event bus whose subscribers are actors.</summary>
public abstract class ActorEventBus<TEvent, TClassifier> : EventBus<TEvent, TClassifier, IActorRef>
    where TClassifier : notnull
{
    private protected ActorEventBus() { }
}
