namespace Akka.Actor.Dsl;

/// <summary>An actor declared by delegates instead of a class: for tests, and for what is not worth a class.</summary>
public interface IActorDsl
{
    Action<Exception, IActorContext>? OnPostRestart { get; set; }

    Action<Exception, object, IActorContext>? OnPreRestart { get; set; }

    Action<IActorContext>? OnPostStop { get; set; }

    Action<IActorContext>? OnPreStart { get; set; }

    SupervisorStrategy? Strategy { get; set; }

    void Receive<T>(Action<T, IActorContext> handler);

    void Receive<T>(Action<T, IActorContext> handler, Predicate<T> shouldHandle);

    void Receive<T>(Predicate<T> shouldHandle, Action<T, IActorContext> handler);

    void ReceiveAny(Action<object, IActorContext> handler);

    void ReceiveAsync<T>(Func<T, IActorContext, Task> handler, Predicate<T>? shouldHandle = null);

    void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, IActorContext, Task> handler);

    void ReceiveAnyAsync(Func<object, IActorContext, Task> handler);

    /// <summary>What PreRestart does unless <see cref="OnPreRestart"/> is given: stops the children and calls PostStop.</summary>
    void DefaultPreRestart(Exception reason, object message);

    void DefaultPostRestart(Exception reason);

    void DefaultPreStart();

    void DefaultPostStop();

    void Become(Action<object, IActorContext> handler);

    void BecomeStacked(Action<object, IActorContext> handler);

    void UnbecomeStacked();

    /// <summary>A child, declared in the same way.</summary>
    IActorRef ActorOf(Action<IActorDsl> config, string? name = null);
}
