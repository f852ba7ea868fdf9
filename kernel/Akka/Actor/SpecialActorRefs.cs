using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Stands for an actor that is not there: what it gets is a dead letter, and a watcher hears that it is gone.</summary>
internal class EmptyLocalActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override IActorRefProvider Provider => provider;

    public override bool IsTerminated => true;

    protected EventStream EventStream => eventStream;

    internal override void TellInternal(object message, IActorRef? sender)
    {
        if (message is ISystemMessage system)
            SendSystemMessage(system);
        else if (!SpecialHandle(message, sender ?? provider.DeadLetters))
            PublishDeadLetter(message, sender);
    }

    protected virtual void PublishDeadLetter(object message, IActorRef? sender)
    {
        var from = sender ?? provider.DeadLetters;
        eventStream.Publish(
            message switch
            {
                DeadLetter already => already,
                SuppressedDeadLetter already => already,
                IDeadLetterSuppression quiet => new SuppressedDeadLetter(quiet, from, this),
                _ => (AllDeadLetters)new DeadLetter(message, from, this),
            }
        );
    }

    public override void SendSystemMessage(ISystemMessage message) => SpecialHandle(message, provider.DeadLetters);

    protected virtual bool SpecialHandle(object message, IActorRef sender)
    {
        switch (message)
        {
            case Watch watch:
                if (watch.Watchee.Equals(this) && !watch.Watcher.Equals(this))
                    watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, false, false));
                return true;
            case Unwatch:
                return true;
            case Identify identify:
                sender.Tell(new ActorIdentity(identify.MessageId, null), this);
                return true;
            case ActorSelectionMessage selection:
                if (selection.Message is Identify identifySelection)
                {
                    if (!selection.WildCardFanOut)
                        sender.Tell(new ActorIdentity(identifySelection.MessageId, null), this);
                    return true;
                }
                if (selection.WildCardFanOut)
                    return true;
                PublishDeadLetter(selection.Message, sender);
                return true;
            default:
                return false;
        }
    }
}

/// <summary>Publishes what it gets on the event stream.</summary>
internal sealed class DeadLetterActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream)
    : EmptyLocalActorRef(provider, path, eventStream)
{
    public override bool IsTerminated => false;

    protected override void PublishDeadLetter(object message, IActorRef? sender)
    {
        if (message is DeadLetter { Message: IDeadLetterSuppression quiet } dead)
            EventStream.Publish(new SuppressedDeadLetter(quiet, dead.Sender, dead.Recipient));
        else
            base.PublishDeadLetter(message, sender);
    }

    protected override bool SpecialHandle(object message, IActorRef sender)
    {
        switch (message)
        {
            case Watch watch when !watch.Watchee.Equals(this) && !watch.Watcher.Equals(this):
                watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, false, false));
                return true;
            // A letter to the dead, asked who it is: nobody answers, so that an Identify does not wait for ever.
            case DeadLetter { Message: Identify identify } dead:
                dead.Sender.Tell(new ActorIdentity(identify.MessageId, null), this);
                return true;
            case DeadLetter { Message: ActorSelectionMessage selection } dead:
                return base.SpecialHandle(selection, dead.Sender);
            case DeadLetter { Message: TimerMessage }:
                return true;
            default:
                return base.SpecialHandle(message, sender);
        }
    }
}

/// <summary>Takes everything and does nothing.</summary>
internal sealed class IgnoreActorRef(IActorRefProvider provider) : MinimalActorRef
{
    private const string IgnoreName = "all-ignoring";

    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", IgnoreName)) / "ignore";

    public override IActorRefProvider Provider => provider;

    public static bool IsIgnoreRefPath(string path) =>
        path.StartsWith("akka://" + IgnoreName + "/ignore", StringComparison.Ordinal);
}

/// <summary>Has no parent: stands above the root guardian and completes the end of the system.</summary>
internal sealed class BubbleWalker(
    IActorRefProvider provider,
    ActorPath path,
    TaskCompletionSource terminated,
    EventStream eventStream
) : MinimalActorRef
{
    private Exception? _causeOfTermination;

    public override ActorPath Path => path;

    public override IActorRefProvider Provider => provider;

    public override bool IsTerminated => terminated.Task.IsCompleted;

    internal override void TellInternal(object message, IActorRef? sender) =>
        eventStream.Publish(new Error(null!, Path.ToString(), GetType(), $"Received unexpected message [{message}]"));

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Failed failed:
                _causeOfTermination = failed.Cause;
                eventStream.Publish(new Error(failed.Cause, Path.ToString(), GetType(), "guardian failed, shutting down system"));
                ((IInternalActorRef)failed.Child).Stop();
                break;
            case DeathWatchNotification when _causeOfTermination is { } cause:
                terminated.TrySetException(cause);
                break;
            case DeathWatchNotification:
                terminated.TrySetResult();
                break;
        }
    }
}

/// <summary>The parent of references that are not actors' (those of Ask), so that they can be found by path.</summary>
internal sealed class VirtualPathContainer(IActorRefProvider provider, ActorPath path, IInternalActorRef parent) : MinimalActorRef
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, IInternalActorRef> _children = new(
        StringComparer.Ordinal
    );

    public override ActorPath Path => path;

    public override IActorRefProvider Provider => provider;

    public override IInternalActorRef Parent => parent;

    public void Add(string name, IInternalActorRef child) => _children[name] = child;

    public void Remove(string name) => _children.TryRemove(name, out _);

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        if (name.Count == 0 || name[0].Length == 0)
            return this;
        var hash = name[0].IndexOf('#', StringComparison.Ordinal);
        if (!_children.TryGetValue(hash < 0 ? name[0] : name[0][..hash], out var child))
            return ActorRefs.Nobody;
        return name.Count == 1 ? child : child.GetChild([.. name.Skip(1)]);
    }
}
