using ActorFed.Training.Aggregation.Robust;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Methods.Layers;

/// <summary>Between the clients and the method's own aggregation stands a robust rule: <see cref="RobustUpdates"/>.</summary>
internal sealed class RobustStep(ITrainableMethod inner, RobustOptions options) : MethodLayer(inner)
{
    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        return base.Aggregate(state, round, RobustUpdates.Of(contributions, state.Global, options));
    }
}
