using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor that handles every message in one method.</summary>
public abstract class UntypedActor : ActorBase
{
    protected static new IUntypedActorContext Context => (IUntypedActorContext)ActorBase.Context;

    protected abstract void OnReceive(object message);

    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    protected void Become(UntypedReceive receive) => Context.Become(receive);

    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);

    /// <summary>Runs work as an async handler: no other message until it is done.</summary>
    protected static void RunTask(Action action) => ActorTaskScheduler.RunTask(action);

    protected static void RunTask(Func<Task> action) => ActorTaskScheduler.RunTask(action);
}
