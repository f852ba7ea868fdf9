using Akka.Event;

namespace Akka.Actor;

/// <summary>The base of every actor. Its members are for the actor's own turn.</summary>
public abstract class ActorBase : IInternalActor
{
    private readonly ActorCell _cell;
    private IActorRef? _clearedSelf;
    private SupervisorStrategy? _strategy;

    protected ActorBase()
    {
        _cell =
            ActorCell.Current
            ?? throw new ActorInitializationException(
                $"Do not create {GetType()} with 'new': an actor is made by ActorOf, from Props, so that it has a context."
            );
    }

    IActorContext IInternalActor.ActorContext => Context;

    protected static IActorContext Context => Running;

    private static ActorCell Running =>
        ActorCell.Current
        ?? throw new NotSupportedException(
            "There is no active ActorContext, this is most likely due to use of async operations from within this actor."
        );

    protected IActorRef Self => _clearedSelf ?? Running.Self;

    protected IActorRef Sender => Running.Sender;

    /// <summary>A behaviour that wants no message.</summary>
    protected static Receive EmptyReceive { get; } = static _ => false;

    internal Receive OwnReceive => Receive;

    internal ActorCell Cell => _cell;

    /// <summary>One strategy for the life of the instance.</summary>
    internal SupervisorStrategy Strategy
    {
        get => _strategy ??= _cell.Props.SupervisorStrategy ?? SupervisorStrategy();
        set => _strategy = value;
    }

    internal bool AroundReceiveInternal(Receive receive, object message) => AroundReceive(receive, message);

    protected virtual bool AroundReceive(Receive receive, object message)
    {
        if (receive(message))
            return true;
        Unhandled(message);
        return false;
    }

    protected abstract bool Receive(object message);

    /// <summary>A message that no handler wanted: published as such; a death notice is a failure.</summary>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        var cell = ActorCell.Current ?? _cell;
        cell.System.EventStream.Publish(new UnhandledMessage(message, cell.Sender, cell.Self));
    }

    protected void Become(Receive receive) => Context.Become(receive);

    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);

    /// <summary>How failures of children are judged; asked once for each instance.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;

    /// <summary>Before the first message.</summary>
    protected virtual void PreStart() { }

    /// <summary>After the last message, with all children stopped.</summary>
    protected virtual void PostStop() { }

    /// <summary>On the failed instance, with the message it failed at. Stops the children and calls PostStop unless overridden.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }
        PostStop();
    }

    /// <summary>On the new instance. Calls PreStart unless overridden.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    public virtual void AroundPreStart() => PreStart();

    public virtual void AroundPostStop()
    {
        UnstashAll();
        PostStop();
    }

    /// <summary>What was stashed goes back to the mailbox, in front, for the next instance.</summary>
    public virtual void AroundPreRestart(Exception cause, object message)
    {
        UnstashAll();
        PreRestart(cause, message);
    }

    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);

    private void UnstashAll() => (this as IActorStash)?.Stash?.UnstashAll();

    /// <summary>The instance is out of use; its reference stays readable for code that still holds it.</summary>
    internal void Clear(IActorRef self) => _clearedSelf = self;
}
