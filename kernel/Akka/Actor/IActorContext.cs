using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Handles one message; false says that it did not want it.</summary>
public delegate bool Receive(object message);

/// <summary>Handles one message of any kind.</summary>
public delegate void UntypedReceive(object message);

public interface IActorRefFactory
{
    IActorRef ActorOf(Props props, string? name = null);

    ActorSelection ActorSelection(ActorPath actorPath);

    ActorSelection ActorSelection(string actorPath);
}

/// <summary>Being told when an actor stops.</summary>
public interface ICanWatch
{
    /// <summary>From now on the death of the subject comes as one <see cref="Terminated"/>.</summary>
    IActorRef Watch(IActorRef subject);

    /// <summary>The same with a message of one's own.</summary>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>No notice comes after this, not even one that is in the mailbox already.</summary>
    IActorRef Unwatch(IActorRef subject);
}

/// <summary>What an actor knows of its place in the system. To be used on the actor's own turn only.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    IActorRef Self { get; }

    Props Props { get; }

    IActorRef Sender { get; }

    ActorSystem System { get; }

    IActorRef Parent { get; }

    MessageDispatcher Dispatcher { get; }

    TimeSpan? ReceiveTimeout { get; }

    void Become(Receive receive);

    void BecomeStacked(Receive receive);

    void UnbecomeStacked();

    /// <summary>The child of a name, or <see cref="ActorRefs.Nobody"/>.</summary>
    IActorRef Child(string name);

    IEnumerable<IActorRef> GetChildren();

    void SetReceiveTimeout(TimeSpan? timeout);

    void Stop(IActorRef child);
}

public interface IUntypedActorContext : IActorContext
{
    void Become(UntypedReceive receive);

    void BecomeStacked(UntypedReceive receive);
}

/// <summary>What every actor is to the library.</summary>
public interface IInternalActor
{
    IActorContext ActorContext { get; }
}

/// <summary>Has work to do after its constructor and before PreStart.</summary>
public interface IInitializableActor
{
    void Init();
}
