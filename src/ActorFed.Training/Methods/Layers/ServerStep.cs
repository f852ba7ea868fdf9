using ActorFed.Training.Aggregation;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Methods.Layers;

/// <summary>The server does not take a round's mean, it takes a step towards it: <see cref="ServerOptimiser"/>.</summary>
/// <remarks>Its moments lie in the server's memory under names of their own, so they are part of every checkpoint.</remarks>
internal sealed class ServerStep(ITrainableMethod inner, ServerOptimiserOptions options) : MethodLayer(inner)
{
    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        var moments = state.Memory.Where(ServerOptimiser.IsMoment);
        var plain = state with { Memory = state.Memory.Where(n => !ServerOptimiser.IsMoment(n)) };
        var next = base.Aggregate(plain, round, contributions);
        var (global, kept) = ServerOptimiser.Step(state.Global, next.Global, moments, options);
        return new(global, next.Memory.With(kept));
    }
}
