using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.TestKit.Internal;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>A test actor of its own, that a test sends, answers and forwards from. Can stand wherever a reference is wanted.</summary>
public class TestProbe : TestKitBase, INoImplicitSender, IInternalActorRef, IStandsForLocalActor
{
    public TestProbe(ActorSystem system, ITestKitAssertions assertions, string? testProbeName = null)
        : base(assertions, system, testProbeName) { }

    /// <summary>The same as <see cref="TestKitBase.TestActor"/>.</summary>
    public IActorRef Ref => TestActor;

    /// <summary>Who sent the last message.</summary>
    public IActorRef Sender => LastSender;

    IActorRef IStandsForLocalActor.Actor => TestActor;

    private IInternalActorRef Internal => (IInternalActorRef)TestActor;

    /// <summary>Tells an actor something, with the probe as sender.</summary>
    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    /// <summary>Sends a message on, with the sender of the last message as sender.</summary>
    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);

    /// <summary>Sends the last message on, with its sender.</summary>
    public void Forward(IActorRef actor) =>
        Forward(
            actor,
            LastMessage ?? throw new InvalidOperationException("The probe has not received a message that it could forward.")
        );

    /// <summary>Answers the last message, with the probe as sender.</summary>
    public void Reply(object message) =>
        (Sender ?? throw new InvalidOperationException("The last message has no sender that the probe could reply to.")).Tell(
            message,
            TestActor
        );

    /// <summary>A probe makes no probes of its own: the test does.</summary>
    public override TestProbe CreateTestProbe(string? name = null) =>
        throw new NotSupportedException("A TestProbe cannot create another one; ask the test kit.");

    public IActorRef ChildActorOf<T>(
        string name,
        SupervisorStrategy supervisorStrategy,
        CancellationToken cancellationToken = default
    )
        where T : ActorBase, new() => ChildActorOf(Props.Create<T>(), name, supervisorStrategy, cancellationToken);

    public IActorRef ChildActorOf<T>(SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default)
        where T : ActorBase, new() => ChildActorOf(Props.Create<T>(), null, supervisorStrategy, cancellationToken);

    public IActorRef ChildActorOf<T>(string name, CancellationToken cancellationToken = default)
        where T : ActorBase, new() => ChildActorOf(Props.Create<T>(), name, null, cancellationToken);

    public IActorRef ChildActorOf<T>(CancellationToken cancellationToken = default)
        where T : ActorBase, new() => ChildActorOf(Props.Create<T>(), null, null, cancellationToken);

    public Task<IActorRef> ChildActorOfAsync<T>(
        string name,
        SupervisorStrategy supervisorStrategy,
        CancellationToken cancellationToken = default
    )
        where T : ActorBase, new() => ChildActorOfAsync(Props.Create<T>(), name, supervisorStrategy, cancellationToken);

    public Task<IActorRef> ChildActorOfAsync<T>(
        SupervisorStrategy supervisorStrategy,
        CancellationToken cancellationToken = default
    )
        where T : ActorBase, new() => ChildActorOfAsync(Props.Create<T>(), null, supervisorStrategy, cancellationToken);

    public Task<IActorRef> ChildActorOfAsync<T>(string name, CancellationToken cancellationToken = default)
        where T : ActorBase, new() => ChildActorOfAsync(Props.Create<T>(), name, null, cancellationToken);

    public Task<IActorRef> ChildActorOfAsync<T>(CancellationToken cancellationToken = default)
        where T : ActorBase, new() => ChildActorOfAsync(Props.Create<T>(), null, null, cancellationToken);

    ActorPath IActorRef.Path => TestActor.Path;

    void ICanTell.Tell(object message, IActorRef sender) => TestActor.Tell(message, sender);

    bool IEquatable<IActorRef>.Equals(IActorRef? other) => TestActor.Equals(other);

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => TestActor.CompareTo(other);

    int IComparable.CompareTo(object? obj) => TestActor.CompareTo(obj);

    public override bool Equals(object? obj) => obj is TestProbe probe ? ReferenceEquals(this, probe) : TestActor.Equals(obj);

    public override int GetHashCode() => TestActor.GetHashCode();

    public override string ToString() => TestActor.ToString()!;

    ISurrogate ISurrogated.ToSurrogate(ActorSystem system) => TestActor.ToSurrogate(system);

    bool IActorRefScope.IsLocal => true;

    IInternalActorRef IInternalActorRef.Parent => Internal.Parent;

    IActorRefProvider IInternalActorRef.Provider => Internal.Provider;

    bool IInternalActorRef.IsTerminated => Internal.IsTerminated;

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => Internal.GetChild(name);

    void IInternalActorRef.Resume(Exception? causedByFailure) => Internal.Resume(causedByFailure);

    void IInternalActorRef.Start() => Internal.Start();

    void IInternalActorRef.Stop() => Internal.Stop();

    void IInternalActorRef.Restart(Exception cause) => Internal.Restart(cause);

    void IInternalActorRef.Suspend() => Internal.Suspend();

    public virtual void SendSystemMessage(ISystemMessage message, IActorRef sender) =>
        Internal.SendSystemMessage(message, sender);

    public virtual void SendSystemMessage(ISystemMessage message) => Internal.SendSystemMessage(message);
}
