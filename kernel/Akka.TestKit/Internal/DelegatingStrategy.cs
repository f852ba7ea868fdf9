using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Util;

namespace Akka.TestKit.Internal;

/// <summary>The strategy of a test actor: a child may have brought its own.</summary>
internal sealed class DelegatingStrategy : SupervisorStrategy
{
    private readonly ConcurrentDictionary<IActorRef, SupervisorStrategy> _own = new();

    public override IDecider Decider => DefaultStrategy.Decider;

    public void Set(IActorRef child, SupervisorStrategy strategy) => _own[child] = strategy;

    private SupervisorStrategy Of(IActorRef child) => _own.GetValueOrDefault(child, DefaultStrategy);

    protected override Directive Handle(IActorRef child, Exception exception) => Of(child).Decider.Decide(exception);

    public override void ProcessFailure(
        IActorContext context,
        bool restart,
        IActorRef child,
        Exception cause,
        ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children
    ) => Of(child).ProcessFailure(context, restart, child, cause, stats, children);

    public override void HandleChildTerminated(
        IActorContext actorContext,
        IActorRef child,
        IEnumerable<IInternalActorRef> children
    )
    {
        Of(child).HandleChildTerminated(actorContext, child, children);
        _own.TryRemove(child, out _);
    }

    public override ISurrogate ToSurrogate(ActorSystem system) =>
        throw new NotSupportedException("A test actor's strategy stays in its process.");
}
