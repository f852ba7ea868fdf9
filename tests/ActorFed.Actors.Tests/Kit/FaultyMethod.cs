using ActorFed.Training.Federation;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>The counting method with a fault in front of what a round asks of it.</summary>
internal sealed class FaultyMethod : IFederatedMethod
{
    private readonly CountingMethod _counting = new();

    public string Name => "faulty";
    public Action OnAssign { get; init; } = () => { };
    public Action OnAggregate { get; init; } = () => { };

    public ServerState Initialise() => _counting.Initialise();

    public Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        OnAssign();
        return _counting.Assign(state, client, round);
    }

    public ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        OnAggregate();
        return _counting.Aggregate(state, round, contributions);
    }
}
