using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>A message of the library to a cell: delivered ahead of every user message, in order.</summary>
public interface ISystemMessage : INoSerializationVerificationNeeded;

/// <summary>One link of the intrusive queue of a mailbox: an instance is sent once and to one receiver.</summary>
public abstract class SystemMessage : ISystemMessage
{
    internal SystemMessage? Next;

    private protected SystemMessage() { }
}

/// <summary>Makes the actor; the first message of every cell.</summary>
internal sealed class Create : SystemMessage
{
    public override string ToString() => "<Create>";
}

internal sealed class Recreate(Exception cause) : SystemMessage
{
    public Exception Cause { get; } = cause;

    public override string ToString() => "<Recreate>: " + Cause;
}

internal sealed class Suspend : SystemMessage
{
    public override string ToString() => "<Suspend>";
}

internal sealed class Resume(Exception? causedByFailure) : SystemMessage
{
    public Exception? CausedByFailure { get; } = causedByFailure;

    public override string ToString() => "<Resume>: " + CausedByFailure;
}

internal sealed class Terminate : SystemMessage
{
    public override string ToString() => "<Terminate>";
}

/// <summary>Tells a parent of a child that another thread or node has made.</summary>
internal sealed class Supervise(IActorRef child, bool async) : SystemMessage
{
    public IActorRef Child { get; } = child;

    public bool Async { get; } = async;

    public override string ToString() => $"<Supervise>: {Child}";
}

internal sealed class Watch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee { get; } = watchee;

    public IInternalActorRef Watcher { get; } = watcher;

    public override string ToString() => $"<Watch>: {Watcher} wants to watch {Watchee}";
}

internal sealed class Unwatch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee { get; } = watchee;

    public IInternalActorRef Watcher { get; } = watcher;

    public override string ToString() => $"<Unwatch>: {Watcher} wants to unwatch {Watchee}";
}

/// <summary>A child failed and waits for its supervisor's word; the uid says which incarnation.</summary>
internal sealed class Failed(IActorRef child, Exception cause, long uid) : SystemMessage
{
    public IActorRef Child { get; } = child;

    public Exception Cause { get; } = cause;

    public long Uid { get; } = uid;

    public override string ToString() => $"<Failed>: {Child} ({Uid}) {Cause}";
}

internal sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed, bool addressTerminated) : SystemMessage
{
    public IActorRef Actor { get; } = actor;

    public bool ExistenceConfirmed { get; } = existenceConfirmed;

    public bool AddressTerminated { get; } = addressTerminated;

    public override string ToString() => $"<DeathWatchNotification>: {Actor}";
}

/// <summary>Work of an async handler that must run on the actor's turn, with the message and sender it belongs to.</summary>
internal sealed class ActorTask(Action<ActorTask> run, Task? task, Exception? failure, object? message, IActorRef? sender)
    : SystemMessage
{
    public Task? Task { get; } = task;

    public Exception? Failure { get; } = failure;

    public object? Message { get; } = message;

    public IActorRef? Sender { get; } = sender;

    public void Run() => run(this);

    public override string ToString() => "<ActorTask>";
}
