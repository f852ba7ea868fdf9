using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor whose handlers are declared by message type; the first that wants a message gets it.</summary>
public abstract class ReceiveActor : UntypedActor, IInitializableActor
{
    private HandlerList? _configuring = new();
    private HandlerList _initial = HandlerList.Empty;

    void IInitializableActor.Init()
    {
        _initial = _configuring ?? _initial;
        _configuring = null;
    }

    protected sealed override void OnReceive(object message)
    {
        if (!(_configuring ?? _initial).TryHandle(message))
            Unhandled(message);
    }

    /// <summary>Replaces the handlers by those that <paramref name="configure"/> declares.</summary>
    protected void Become(Action configure) => base.Become(Configured(configure).TryHandle);

    /// <summary>The same, and UnbecomeStacked brings the present ones back.</summary>
    protected void BecomeStacked(Action configure) => base.BecomeStacked(Configured(configure).TryHandle);

    private HandlerList Configured(Action configure)
    {
        var outer = _configuring;
        var handlers = _configuring = new HandlerList();
        try
        {
            configure();
        }
        finally
        {
            _configuring = outer;
        }
        return handlers;
    }

    private void Add(MessageHandler handler) =>
        (
            _configuring
            ?? throw new InvalidOperationException(
                "You may only call Receive-methods when constructing the actor and inside Become()."
            )
        ).Add(handler);

    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
        Add(new ActionHandler<T>(handler, shouldHandle));

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Add(new TypeHandler(messageType, handler, shouldHandle));

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Receive(messageType, handler, shouldHandle);

    /// <summary>The handler says whether it has handled the message; if not, the next one is asked.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Add(new FuncHandler<T>(handler));

    protected void Receive(Type messageType, Func<object, bool> handler) => Add(new TypeFuncHandler(messageType, handler));

    protected void ReceiveAny(Action<object> handler) => Receive<object>(handler);

    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Receive<T>(message => ActorTaskScheduler.RunTask(() => handler(message)), shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => ReceiveAsync(handler, shouldHandle);

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Receive(messageType, message => ActorTaskScheduler.RunTask(() => handler(message)), shouldHandle);

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        ReceiveAsync(messageType, handler, shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) =>
        ReceiveAny(message => ActorTaskScheduler.RunTask(() => handler(message)));
}
