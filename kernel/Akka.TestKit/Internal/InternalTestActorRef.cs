using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>A reference of the test kit that stands for an actor of the system.</summary>
internal interface IStandsForLocalActor
{
    IActorRef Actor { get; }
}

/// <summary>The actor behind a TestActorRef, made on the calling thread's dispatcher, with its cell in reach.</summary>
public sealed class InternalTestActorRef
{
    private readonly LocalActorRef _ref;

    private InternalTestActorRef(LocalActorRef actor) => _ref = actor;

    internal LocalActorRef Ref => _ref;

    internal static InternalTestActorRef Create(ActorSystem system, Props props, IActorRef? supervisor, string? name)
    {
        TestSystem.EnsureDispatchers(system);
        if (string.IsNullOrEmpty(props.Dispatcher) || props.Dispatcher == Dispatch.Dispatchers.DefaultDispatcherId)
            props = props.WithDispatcher(CallingThreadDispatcher.Id);
        var extended = (ExtendedActorSystem)system;
        var child = LocalOf(supervisor ?? extended.Guardian).Cell.AttachChild(props, systemService: false, name);
        return new InternalTestActorRef((LocalActorRef)child);
    }

    private static LocalActorRef LocalOf(IActorRef parent) =>
        parent switch
        {
            LocalActorRef local => local,
            IStandsForLocalActor stand => LocalOf(stand.Actor),
            _ => throw new ArgumentException($"{parent} is a {parent.GetType().Name}: it cannot have children.", nameof(parent)),
        };

    /// <summary>The present instance.</summary>
    internal ActorBase UnderlyingActor
    {
        get
        {
            if (_ref.IsTerminated)
                throw new IllegalActorStateException($"The actor {_ref} has ended; it has no instance.");
            return _ref.Cell.Actor
                ?? throw new InvalidOperationException(
                    $"The actor {_ref} has no instance: it failed to start, or another dispatcher is still at it."
                );
        }
    }
}
