using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Akka.Actor;

/// <summary>Messages put aside to be handled later, in the order in which they came.</summary>
public interface IStash
{
    int Count { get; }

    bool IsEmpty { get; }

    bool NonEmpty { get; }

    bool IsFull { get; }

    /// <summary>The most messages it holds; -1 is no bound.</summary>
    int Capacity { get; }

    /// <summary>Puts the present message aside.</summary>
    void Stash();

    /// <summary>Puts the oldest one back, in front of the mailbox.</summary>
    void Unstash();

    /// <summary>Puts all back, in front of the mailbox, oldest first.</summary>
    void UnstashAll();

    /// <summary>Puts those back that fit, and drops the others.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Takes all out and leaves them to the caller.</summary>
    IEnumerable<Envelope> ClearStash();

    void Prepend(IEnumerable<Envelope> envelopes);
}

/// <summary>An actor with a stash; the property is set before PreStart.</summary>
public interface IActorStash
{
    IStash Stash { get; set; }
}

/// <summary>A stash on whatever mailbox the actor has; it must have a front.</summary>
public interface IWithUnrestrictedStash : IActorStash;

public interface IWithUnboundedStash : IWithUnrestrictedStash, IRequiresMessageQueue<IUnboundedDequeBasedMessageQueueSemantics>;

public interface IWithBoundedStash : IWithUnrestrictedStash, IRequiresMessageQueue<IBoundedDequeBasedMessageQueueSemantics>;

public interface IWithStash : IWithUnrestrictedStash, IRequiresMessageQueue<IDequeBasedMessageQueueSemantics>;

public static class StashFactory
{
    private const int BoundedDefault = 100;

    public static IStash CreateStash<T>(this IActorContext context)
        where T : ActorBase => CreateStash(context, typeof(T));

    public static IStash CreateStash(this IActorContext context, IActorStash actorInstance) =>
        CreateStash(context, actorInstance.GetType());

    public static IStash CreateStash(this IActorContext context, Type actorType)
    {
        if (!typeof(IActorStash).IsAssignableFrom(actorType))
            throw new ArgumentException($"Actor {actorType} has no stash: implement {nameof(IWithStash)}.", nameof(actorType));
        var cell = (ActorCell)context;
        if (cell.Mailbox.MessageQueue is not IDequeBasedMessageQueueSemantics queue)
            throw new NotSupportedException(
                $"DequeBasedMailbox required, got: {cell.Mailbox.MessageQueue.GetType()}. An (unbounded) deque-based mailbox can be "
                    + "configured as follows: my-custom-mailbox { mailbox-type = \"Akka.Dispatch.UnboundedDequeBasedMailbox\" }"
            );
        return new StashOfActor(cell, queue, Capacity(cell, actorType));
    }

    /// <summary>Deployment, then configuration, then 100 for a bounded stash.</summary>
    private static int Capacity(ActorCell cell, Type actorType)
    {
        var given = cell.Props.Deploy.StashCapacity;
        if (given == Deploy.NoStashSize)
            given = cell.System.Mailboxes.StashCapacity(cell.Props.Dispatcher, cell.Props.Mailbox);
        if (given <= 0)
            return typeof(IWithBoundedStash).IsAssignableFrom(actorType) ? BoundedDefault : -1;
        return given;
    }
}

internal sealed class StashOfActor(ActorCell cell, IDequeBasedMessageQueueSemantics queue, int capacity) : IStash
{
    private readonly LinkedList<Envelope> _stashed = [];

    public int Count => _stashed.Count;

    public bool IsEmpty => _stashed.Count == 0;

    public bool NonEmpty => !IsEmpty;

    public bool IsFull => capacity >= 0 && _stashed.Count >= capacity;

    public int Capacity => capacity;

    public void Stash()
    {
        var message = cell.CurrentMessage ?? throw new InvalidOperationException("There is no message to stash.");
        var envelope = new Envelope(message, cell.CurrentEnvelopeSender!);
        if (cell.HasStashedCurrentMessage)
            throw new IllegalActorStateException($"Can't stash the same message {message} more than once");
        if (IsFull)
            throw new StashOverflowException(
                $"Couldn't enqueue message {message} from {envelope.Sender} to the stash of {cell.Self}: it holds {capacity}."
            );
        _stashed.AddLast(envelope);
        cell.HasStashedCurrentMessage = true;
    }

    public void Unstash()
    {
        if (_stashed.First is not { Value: var first })
            return;
        _stashed.RemoveFirst();
        queue.EnqueueFirst(Restored(first));
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        for (var node = _stashed.Last; node is not null; node = node.Previous)
        {
            if (predicate(node.Value))
                queue.EnqueueFirst(Restored(node.Value));
        }
        _stashed.Clear();
    }

    public IEnumerable<Envelope> ClearStash()
    {
        var all = _stashed.ToList();
        _stashed.Clear();
        return all;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse())
        {
            if (IsFull)
                throw new StashOverflowException($"The stash of {cell.Self} holds {capacity} messages.");
            _stashed.AddFirst(envelope);
        }
    }

    /// <summary>A death notice has been accepted once; on its second way it must be accepted again.</summary>
    private Envelope Restored(Envelope envelope)
    {
        if (envelope.Message is Terminated terminated)
            cell.ExpectTerminatedAgain(terminated);
        return envelope;
    }
}
