using Akka.Actor;

namespace Akka.Hosting;

/// <summary>For constructors that need an actor: it may be injected before the actor exists.</summary>
public interface IRequiredActor<TActor>
{
    /// <exception cref="MissingActorRegistryEntryException">The actor is not registered yet, or never will be.</exception>
    IActorRef ActorRef { get; }

    /// <summary>Completes when the actor is registered.</summary>
    Task<IActorRef> GetAsync(CancellationToken cancellationToken = default);
}

public sealed class RequiredActor<TActor> : IRequiredActor<TActor>
{
    private readonly IReadOnlyActorRegistry _registry;

    public RequiredActor(IReadOnlyActorRegistry registry) => _registry = registry;

    public IActorRef ActorRef => _registry.Get<TActor>();

    public Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) =>
        _registry.GetAsync<TActor>(cancellationToken);
}
