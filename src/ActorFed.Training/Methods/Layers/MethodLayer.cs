using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Training.Methods.Layers;

/// <summary>A method around another one: passes everything on, and overrides the functions that it changes.</summary>
/// <param name="inner">The method that it goes around.</param>
internal abstract class MethodLayer(ITrainableMethod inner) : ITrainableMethod
{
    public string Name => Inner.Name;

    public bool TouchesEncoder => Inner.TouchesEncoder;

    public long AdapterParameters => Inner.AdapterParameters;

    public virtual int? LastRound => ((IFederatedMethod)Inner).LastRound;

    /// <summary>The method that it goes around.</summary>
    protected ITrainableMethod Inner { get; } = inner;

    public virtual bool InvitesEverybody(RoundId round) => Inner.InvitesEverybody(round);

    public virtual ServerState Initialise() => Inner.Initialise();

    public virtual Assignment Assign(ServerState state, ClientProfile client, RoundId round) =>
        Inner.Assign(state, client, round);

    public virtual ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions) =>
        Inner.Aggregate(state, round, contributions);

    public virtual LocalStart Personalise(LocalWork work, IGradientProbe probe) => Inner.Personalise(work, probe);

    public ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan) => Inner.Adapt(tensors, plan);

    public virtual ILocalObjective Objective(LocalWork work, LocalStart start) => Inner.Objective(work, start);

    public virtual LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end) => Inner.Extract(work, start, end);

    public virtual bool Solves(LocalWork work) => Inner.Solves(work);

    public virtual LocalUpdate? Solve(LocalWork work, ShardFeatures features) => Inner.Solve(work, features);

    public TensorSet Expand(TensorSet global) => Inner.Expand(global);

    public IReadOnlyList<LoraPair> Export(TensorSet global) => Inner.Export(global);

    public virtual IReadOnlyList<ClientModel> Finish(ClientEnd end) => Inner.Finish(end);

    public TensorSet ExportRest(TensorSet global) => Inner.ExportRest(global);

    public string? Refuses(MethodOption option) => Inner.Refuses(option);
}
