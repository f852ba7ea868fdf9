using ActorFed.Training.Federation;

namespace ActorFed.Training.Methods.Layers;

/// <summary>head.init = ridge: round 1 is the one round of <see cref="HeadRidge"/>, with every client; then another method goes on.</summary>
internal sealed class RidgeStart(ITrainableMethod then, HeadRidge ridge) : MethodLayer(then)
{
    public override int? LastRound => base.LastRound + 1;

    public override bool InvitesEverybody(RoundId round) => IsRidge(round) || base.InvitesEverybody(round);

    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round) =>
        IsRidge(round) ? ridge.Assign(state, client, round) : base.Assign(state, client, round);

    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions) =>
        IsRidge(round) ? ridge.Aggregate(state, round, contributions) : base.Aggregate(state, round, contributions);

    public override bool Solves(LocalWork work) => IsRidge(work.Round) || base.Solves(work);

    public override LocalUpdate? Solve(LocalWork work, ShardFeatures features) =>
        IsRidge(work.Round) ? ridge.Solve(work, features) : base.Solve(work, features);

    private static bool IsRidge(RoundId round) => round.Number == 1;
}
