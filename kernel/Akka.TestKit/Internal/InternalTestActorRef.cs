using Akka.Actor;

namespace Akka.TestKit.Internal;

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
        var parent = (LocalActorRef)(supervisor ?? extended.Guardian);
        var child = parent.Cell.AttachChild(props, systemService: false, name);
        return new InternalTestActorRef((LocalActorRef)child);
    }

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
