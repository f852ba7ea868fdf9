using System.Collections.Immutable;
using ActorFed.Training.Aggregation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>What most methods share: everybody gets the global model, trains all of it, and the server takes the weighted mean.</summary>
/// <remarks>A method overrides the functions in which its paper differs; each lies in that method's own file.</remarks>
public abstract class FederatedMethod(MethodContext context) : ITrainableMethod
{
    /// <inheritdoc />
    public abstract string Name { get; }

    /// <inheritdoc />
    public virtual bool TouchesEncoder => true;

    /// <summary>What it was made from.</summary>
    protected MethodContext Context { get; } = context;

    /// <summary>Whether clients train the head (head.train).</summary>
    protected bool TrainsHead => Context.Settings.Flag(CommonSettings.HeadTrain);

    /// <summary>The head before the first round: zeros.</summary>
    protected TensorSet Head => TaskHead.Zero(Context.Classes, Context.EmbeddingSize);

    /// <summary>As many as the global model has beside the head.</summary>
    public virtual long AdapterParameters => Initialise().Global.Where(n => !IsHead(n)).Values.Sum(t => t.Count);

    /// <inheritdoc />
    public abstract ServerState Initialise();

    /// <inheritdoc />
    public virtual Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Assignment(state.Global, state.Global.Keys.Where(n => TrainsHead || !IsHead(n)));
    }

    /// <inheritdoc />
    public virtual ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        var weights = ClientWeights.Of(contributions, Context.Settings.Choice(CommonSettings.Weights));
        return state with { Global = state.Global.With(WeightedMean.Of(contributions, weights)) };
    }

    /// <inheritdoc />
    public virtual LocalStart Personalise(LocalWork work, IGradientProbe probe)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new(work.Start, work.Plan.Trained);
    }

    /// <inheritdoc />
    public abstract ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan);

    /// <inheritdoc />
    public virtual ILocalObjective Objective(LocalWork work, LocalStart start) => PlainObjective.Instance;

    /// <inheritdoc />
    public virtual LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        return LocalUpdate.Of(end.Trained);
    }

    /// <inheritdoc />
    public virtual bool InvitesEverybody(RoundId round) => false;

    /// <inheritdoc />
    public virtual int? LastRound => null;

    /// <inheritdoc />
    public virtual bool Solves(LocalWork work) => false;

    /// <inheritdoc />
    public virtual LocalUpdate? Solve(LocalWork work, ShardFeatures features) => null;

    /// <inheritdoc />
    public virtual TensorSet Expand(TensorSet global) => global;

    /// <inheritdoc />
    public abstract IReadOnlyList<LoraPair> Export(TensorSet global);

    /// <inheritdoc />
    public virtual IReadOnlyList<ClientModel> Finish(ClientEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        return [ClientModel.Of("global", end.Global)];
    }

    /// <inheritdoc />
    public virtual TensorSet ExportRest(TensorSet global) => TensorSet.Empty;

    /// <inheritdoc />
    public virtual string? Refuses(MethodOption option) => null;

    /// <summary>An assignment of these tensors, of which the named ones are trained and sent back as they are.</summary>
    protected static Assignment Assignment(TensorSet download, IEnumerable<string> trained)
    {
        var names = trained.ToImmutableSortedSet(StringComparer.Ordinal);
        return new(download, LocalPlan.Empty with { Trained = names }, names.Sum(n => (long)download[n].Bytes.Length));
    }

    /// <summary>Whether a name is one of the task head.</summary>
    protected static bool IsHead(string name) => TensorSet.IsHead(name);
}
