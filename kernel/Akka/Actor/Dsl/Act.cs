namespace Akka.Actor.Dsl;

/// <summary>The actor behind <see cref="IActorDsl"/>.</summary>
public sealed class Act : ReceiveActor, IActorDsl
{
    /// <param name="config">Declares the handlers; runs again for every instance.</param>
    public Act(Action<IActorDsl> config) => config(this);

    /// <param name="config">Declares the handlers; runs again for every instance.</param>
    public Act(Action<IActorDsl, IActorContext> config) => config(this, Context);

    public Action<Exception, IActorContext>? OnPostRestart { get; set; }

    public Action<Exception, object, IActorContext>? OnPreRestart { get; set; }

    public Action<IActorContext>? OnPostStop { get; set; }

    public Action<IActorContext>? OnPreStart { get; set; }

    public new SupervisorStrategy? Strategy { get; set; }

    public void Receive<T>(Action<T, IActorContext> handler) => base.Receive<T>(message => handler(message, Context));

    public void Receive<T>(Action<T, IActorContext> handler, Predicate<T> shouldHandle) =>
        base.Receive<T>(message => handler(message, Context), shouldHandle);

    public void Receive<T>(Predicate<T> shouldHandle, Action<T, IActorContext> handler) => Receive(handler, shouldHandle);

    public void ReceiveAny(Action<object, IActorContext> handler) => base.ReceiveAny(message => handler(message, Context));

    public void ReceiveAsync<T>(Func<T, IActorContext, Task> handler, Predicate<T>? shouldHandle = null) =>
        base.ReceiveAsync<T>(message => handler(message, Context), shouldHandle);

    public void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, IActorContext, Task> handler) =>
        ReceiveAsync(handler, shouldHandle);

    public void ReceiveAnyAsync(Func<object, IActorContext, Task> handler) =>
        base.ReceiveAnyAsync(message => handler(message, Context));

    public void DefaultPreRestart(Exception reason, object message) => base.PreRestart(reason, message);

    public void DefaultPostRestart(Exception reason) => base.PostRestart(reason);

    public void DefaultPreStart() => base.PreStart();

    public void DefaultPostStop() => base.PostStop();

    public void Become(Action<object, IActorContext> handler) => Context.Become(message => handler(message, Context));

    public void BecomeStacked(Action<object, IActorContext> handler) =>
        Context.BecomeStacked(message => handler(message, Context));

    void IActorDsl.UnbecomeStacked() => UnbecomeStacked();

    public IActorRef ActorOf(Action<IActorDsl> config, string? name = null) => Context.ActorOf(Props.Create<Act>(config), name);

    protected override void PreStart() => (OnPreStart ?? (_ => DefaultPreStart()))(Context);

    protected override void PostStop() => (OnPostStop ?? (_ => DefaultPostStop()))(Context);

    protected override void PreRestart(Exception reason, object message) =>
        (OnPreRestart ?? ((r, m, _) => DefaultPreRestart(r, m)))(reason, message, Context);

    protected override void PostRestart(Exception reason) =>
        (OnPostRestart ?? ((r, _) => DefaultPostRestart(r)))(reason, Context);

    protected override SupervisorStrategy SupervisorStrategy() => Strategy ?? base.SupervisorStrategy();
}
