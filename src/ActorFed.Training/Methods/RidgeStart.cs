using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>head.init = ridge: round 1 is the one round of <see cref="HeadRidge"/>, with every client; then another method goes on.</summary>
internal sealed class RidgeStart(ITrainableMethod then, HeadRidge ridge) : ITrainableMethod
{
    public string Name => then.Name;

    public bool TouchesEncoder => then.TouchesEncoder;

    public int? LastRound => ((IFederatedMethod)then).LastRound + 1;

    public bool InvitesEverybody(RoundId round) => IsRidge(round) || then.InvitesEverybody(round);

    public ServerState Initialise() => then.Initialise();

    public Assignment Assign(ServerState state, ClientProfile client, RoundId round) =>
        IsRidge(round) ? ridge.Assign(state, client, round) : then.Assign(state, client, round);

    public ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions) =>
        IsRidge(round) ? ridge.Aggregate(state, round, contributions) : then.Aggregate(state, round, contributions);

    public LocalStart Personalise(LocalWork work, IGradientProbe probe) => then.Personalise(work, probe);

    public ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan) => then.Adapt(tensors, plan);

    public ILocalObjective Objective(LocalWork work, LocalStart start) => then.Objective(work, start);

    public LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end) => then.Extract(work, start, end);

    public bool Solves(LocalWork work) => IsRidge(work.Round) || then.Solves(work);

    public LocalUpdate? Solve(LocalWork work, ShardFeatures features) =>
        IsRidge(work.Round) ? ridge.Solve(work, features) : then.Solve(work, features);

    public TensorSet Expand(TensorSet global) => then.Expand(global);

    public IReadOnlyList<LoraPair> Export(TensorSet global) => then.Export(global);

    private static bool IsRidge(RoundId round) => round.Number == 1;
}
