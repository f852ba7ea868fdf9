using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.TestKit.Internal;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>A reference to an actor that runs on the thread that sends to it, and whose instance can be seen.</summary>
public class TestActorRef<TActor> : TestActorRefBase<TActor>
    where TActor : ActorBase
{
    /// <param name="supervisor">The parent; the guardian /user when null.</param>
    public TestActorRef(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null)
        : base(system, actorProps, supervisor, name) { }

    public override bool Equals(object? obj) => base.Equals(obj);

    public override int GetHashCode() => base.GetHashCode();

    public static bool operator ==(TestActorRef<TActor>? testActorRef, IActorRef? actorRef) => Same(testActorRef, actorRef);

    public static bool operator !=(TestActorRef<TActor>? testActorRef, IActorRef? actorRef) => !Same(testActorRef, actorRef);

    public static bool operator ==(IActorRef? actorRef, TestActorRef<TActor>? testActorRef) => Same(testActorRef, actorRef);

    public static bool operator !=(IActorRef? actorRef, TestActorRef<TActor>? testActorRef) => !Same(testActorRef, actorRef);
}

/// <summary>What <see cref="TestActorRef{TActor}"/> does.</summary>
public abstract class TestActorRefBase<TActor> : IInternalActorRef, IStandsForLocalActor
    where TActor : ActorBase
{
    private readonly InternalTestActorRef _internal;

    protected TestActorRefBase(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null) =>
        _internal = InternalTestActorRef.Create(system, actorProps, supervisor, name);

    protected InternalTestActorRef InternalRef => _internal;

    /// <summary>The plain reference.</summary>
    public IActorRef Ref => _internal.Ref;

    IActorRef IStandsForLocalActor.Actor => _internal.Ref;

    public ActorPath Path => _internal.Ref.Path;

    /// <summary>The actor's present instance; a restart makes another.</summary>
    public TActor UnderlyingActor => (TActor)_internal.UnderlyingActor;

    /// <summary>Has the actor handle a message here and now, past its mailbox: what it throws reaches the caller, not the supervisor.</summary>
    public void Receive(object message, IActorRef? sender = null)
    {
        _ = UnderlyingActor; // an ended actor handles nothing
        _internal.Ref.Cell.ReceiveOnCaller(message, sender);
    }

    /// <summary>The same, and waits until an async handler is done; what that throws after an await is for the supervisor.</summary>
    public Task ReceiveAsync(object message, IActorRef? sender = null)
    {
        Receive(message, sender);
        return Ref.Ask<ActorIdentity>(new Identify(null!), Timeout.InfiniteTimeSpan);
    }

    public void Tell(object message) => ActorRefImplicitSenderExtensions.Tell(_internal.Ref, message);

    public void Tell(object message, IActorRef sender) => _internal.Ref.Tell(message, sender);

    public void Forward(object message) => ActorRefImplicitSenderExtensions.Forward(_internal.Ref, message);

    /// <summary>Has this actor watch another.</summary>
    public void Watch(IActorRef subject) => _internal.Ref.Cell.Watch(subject);

    public void Unwatch(IActorRef subject) => _internal.Ref.Cell.Unwatch(subject);

    public static IActorRef ToActorRef(TestActorRefBase<TActor> actorRef) => actorRef.Ref;

    public override string ToString() => _internal.Ref.ToString();

    public override bool Equals(object? obj) => obj is TestActorRefBase<TActor> other ? Ref.Equals(other.Ref) : Ref.Equals(obj);

    public override int GetHashCode() => Ref.GetHashCode();

    public bool Equals(IActorRef? other) => Ref.Equals(other);

    public int CompareTo(IActorRef? other) => Ref.CompareTo(other);

    int IComparable.CompareTo(object? obj) => Ref.CompareTo(obj);

    public static bool operator ==(TestActorRefBase<TActor>? testActorRef, IActorRef? actorRef) => Same(testActorRef, actorRef);

    public static bool operator !=(TestActorRefBase<TActor>? testActorRef, IActorRef? actorRef) => !Same(testActorRef, actorRef);

    public static bool operator ==(IActorRef? actorRef, TestActorRefBase<TActor>? testActorRef) => Same(testActorRef, actorRef);

    public static bool operator !=(IActorRef? actorRef, TestActorRefBase<TActor>? testActorRef) => !Same(testActorRef, actorRef);

    private protected static bool Same(TestActorRefBase<TActor>? test, IActorRef? other) =>
        test is null ? other is null : test.Equals((object?)other);

    ISurrogate ISurrogated.ToSurrogate(ActorSystem system) => Ref.ToSurrogate(system);

    bool IActorRefScope.IsLocal => true;

    IInternalActorRef IInternalActorRef.Parent => _internal.Ref.Parent;

    IActorRefProvider IInternalActorRef.Provider => _internal.Ref.Provider;

    bool IInternalActorRef.IsTerminated => _internal.Ref.IsTerminated;

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => _internal.Ref.GetChild(name);

    void IInternalActorRef.Resume(Exception? causedByFailure) => _internal.Ref.Resume(causedByFailure);

    void IInternalActorRef.Start() => _internal.Ref.Start();

    void IInternalActorRef.Stop() => _internal.Ref.Stop();

    void IInternalActorRef.Restart(Exception cause) => _internal.Ref.Restart(cause);

    void IInternalActorRef.Suspend() => _internal.Ref.Suspend();

    public virtual void SendSystemMessage(ISystemMessage message, IActorRef sender) =>
        _internal.Ref.SendSystemMessage(message, sender);

    public virtual void SendSystemMessage(ISystemMessage message) => _internal.Ref.SendSystemMessage(message);
}
