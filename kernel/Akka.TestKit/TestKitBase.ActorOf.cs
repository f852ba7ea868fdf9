using System.Linq.Expressions;
using Akka.Actor;
using Akka.Actor.Dsl;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>Actors to test.</summary>
public abstract partial class TestKitBase
{
    public IActorRef ActorOf(Props props) => Sys.ActorOf(props);

    public virtual IActorRef ActorOf(Props props, string? name) => Sys.ActorOf(props, name);

    public IActorRef ActorOf<TActor>()
        where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>());

    public IActorRef ActorOf<TActor>(string? name)
        where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>(), name);

    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory)
        where TActor : ActorBase => Sys.ActorOf(Props.Create(factory));

    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory, string? name)
        where TActor : ActorBase => Sys.ActorOf(Props.Create(factory), name);

    /// <summary>An actor declared by delegates.</summary>
    public IActorRef ActorOf(Action<IActorDsl> configure, string? name = null) => Sys.ActorOf(Props.Create<Act>(configure), name);

    public IActorRef ActorOf(Action<IActorDsl, IActorContext> configure, string? name = null) =>
        Sys.ActorOf(Props.Create<Act>(configure), name);

    public virtual ActorSelection ActorSelection(ActorPath actorPath) => Sys.ActorSelection(actorPath);

    public virtual ActorSelection ActorSelection(string actorPath) => Sys.ActorSelection(actorPath);

    public ActorSelection ActorSelection(IActorRef anchorRef, string actorPath) => Sys.ActorSelection(anchorRef, actorPath);

    /// <summary>An actor that runs on the thread that sends to it, and whose instance the test can see.</summary>
    /// <param name="supervisor">Its parent; the guardian /user unless given.</param>
    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Props props, IActorRef? supervisor, string? name = null)
        where TActor : ActorBase => new(Sys, props, supervisor, name);

    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Props props, string? name = null)
        where TActor : ActorBase => new(Sys, props, null, name);

    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(
        Expression<Func<TActor>> factory,
        IActorRef? supervisor,
        string? name = null
    )
        where TActor : ActorBase => new(Sys, Props.Create(factory), supervisor, name);

    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Expression<Func<TActor>> factory, string? name = null)
        where TActor : ActorBase => new(Sys, Props.Create(factory), null, name);

    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(IActorRef? supervisor, string? name = null)
        where TActor : ActorBase, new() => new(Sys, Props.Create<TActor>(), supervisor, name);

    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(string? name = null)
        where TActor : ActorBase, new() => new(Sys, Props.Create<TActor>(), null, name);

    /// <summary>A child of the test actor.</summary>
    /// <param name="supervisorStrategy">What the test actor does about its failures; the default strategy unless given.</param>
    public IActorRef ChildActorOf(
        Props props,
        string? name,
        SupervisorStrategy? supervisorStrategy,
        CancellationToken cancellationToken = default
    ) => ChildActorOfAsync(props, name, supervisorStrategy, cancellationToken).GetAwaiter().GetResult();

    public IActorRef ChildActorOf(
        Props props,
        SupervisorStrategy supervisorStrategy,
        CancellationToken cancellationToken = default
    ) => ChildActorOf(props, null, supervisorStrategy, cancellationToken);

    public IActorRef ChildActorOf(Props props, string name, CancellationToken cancellationToken = default) =>
        ChildActorOf(props, name, null, cancellationToken);

    public IActorRef ChildActorOf(Props props, CancellationToken cancellationToken = default) =>
        ChildActorOf(props, null, null, cancellationToken);

    public async Task<IActorRef> ChildActorOfAsync(
        Props props,
        string? name,
        SupervisorStrategy? supervisorStrategy,
        CancellationToken cancellationToken = default
    )
    {
        var child = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        TestActor.Tell(new TestActorCommand.Spawn(props, name, supervisorStrategy, child), ActorRefs.NoSender);
        return await child.Task.WaitAsync(TestKitSettings.DefaultTimeout, cancellationToken).ConfigureAwait(false);
    }

    public Task<IActorRef> ChildActorOfAsync(
        Props props,
        SupervisorStrategy supervisorStrategy,
        CancellationToken cancellationToken = default
    ) => ChildActorOfAsync(props, null, supervisorStrategy, cancellationToken);

    public Task<IActorRef> ChildActorOfAsync(Props props, string name, CancellationToken cancellationToken = default) =>
        ChildActorOfAsync(props, name, null, cancellationToken);

    public Task<IActorRef> ChildActorOfAsync(Props props, CancellationToken cancellationToken = default) =>
        ChildActorOfAsync(props, null, null, cancellationToken);
}
