using System.Collections.Immutable;
using ActorFed.Training.Aggregation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using TorchSharp;

namespace OwnMethods;

/// <summary>What the program looks for in this assembly: a line for each of its methods.</summary>
public sealed class MyMethodLibrary : IMethodLibrary
{
    /// <inheritdoc />
    public ImmutableArray<MethodEntry> Methods =>
        [new("my-method", "LoRA with a penalty on B and a step on the server.", MyMethod.Specs, c => new MyMethod(c))];
}

/// <summary>my-method: what it does, in a sentence.</summary>
/// <remarks>
/// The equations of your paper stand here, beside the functions that compute them. This example is FedIT with two changes, each of which
/// is switched off by its default: clients minimise loss + decay Σ ‖B‖² and the server moves θ ← θ + step (Σ p_k θ_k - θ).
/// Every function is pure: the same arguments give the same bits, on any thread, in any order. State lies in <see cref="ServerState"/>
/// (the server's) and in <see cref="LocalUpdate.Personal"/> (a client's), never in a field.
/// </remarks>
public sealed class MyMethod(MethodContext context) : FederatedMethod(context)
{
    private const string Step = "my-method.step";
    private const string Decay = "my-method.decay";
    private readonly LoraShape _lora = context.Lora();

    /// <summary>Settings of its own, below actorfed: each with its default, least and greatest value, unit and meaning.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Number(
            Step,
            1,
            0.001,
            10,
            "",
            "How far the server goes from the old model to the clients' mean; 1 is the mean."
        ),
        SettingSpec.Number(Decay, 0, 0, 1000, "", "Weight of the squared norm of B in a client's loss."),
    ];

    /// <inheritdoc />
    public override string Name => "my-method";

    /// <summary>Before the first round: B = 0, A by the seed, the head zero. Tensors named head.* are the task head.</summary>
    public override ServerState Initialise() => new(_lora.Initialise(Context.Seed).With(Head), TensorSet.Empty);

    /// <summary>What a client downloads and may train. <see cref="ClientProfile.Budget"/> is the share of the adapter that it can train.</summary>
    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round) =>
        base.Assign(state, client, round);

    /// <summary>How tensors become a model: here W0 x + (alpha / rank) B A x for every adapted map.</summary>
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new(
            _lora.Maps.Select(m => new KeyValuePair<string, IMapDelta>(
                m.Name,
                new LowRankDelta(tensors[LoraNames.A(m.Name)], tensors[LoraNames.B(m.Name)], _lora.Scale)
            ))
        );
    }

    /// <summary>The client's own part of the loss, and a look at its gradients before each step.</summary>
    public override ILocalObjective Objective(LocalWork work, LocalStart start) =>
        Context.Settings.Number(Decay) is > 0 and var weight ? new Shrinking(weight) : PlainObjective.Instance;

    /// <summary>What leaves the client: here all that it trained. A second part of the answer stays with it for its next round.</summary>
    public override LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end) => base.Extract(work, start, end);

    /// <summary>θ ← θ + step (Σ p_k θ_k - θ). The order in which contributions arrive may not change a bit: <see cref="WeightedMean"/> keeps that.</summary>
    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        var mean = base.Aggregate(state, round, contributions).Global;
        var step = Context.Settings.Number(Step);
        return step == 1 ? state with { Global = mean } : state with { Global = Between(state.Global, mean, step) };
    }

    /// <summary>The global model as pairs of factors: what PEFT, the report and the algebra of your tests read.</summary>
    public override IReadOnlyList<LoraPair> Export(TensorSet global) => LoraPair.Of(global, _lora.Scale);

    /// <summary>Options that your equations do not bear, each with the reason; null where one may be laid around this method.</summary>
    public override string? Refuses(MethodOption option) =>
        option is MethodOption.ServerOptimiser && Context.Settings.Number(Step) != 1
            ? "its own step is the server's optimiser"
            : null;

    private static TensorSet Between(TensorSet old, TensorSet mean, double step) =>
        TensorSet.Of(mean.Select(t => KeyValuePair.Create(t.Key, Between(old[t.Key], t.Value, step))));

    private static TensorValue Between(TensorValue old, TensorValue mean, double step)
    {
        var from = old.Floats;
        var to = mean.Floats;
        var values = new float[to.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(from[i] + (step * ((double)to[i] - from[i])));
        }

        return TensorValue.Of(values, mean.Shape.AsSpan());
    }

    /// <summary>decay Σ ‖B‖² over the maps.</summary>
    private sealed class Shrinking(double decay) : ILocalObjective
    {
        public torch.Tensor? Penalty(IReadOnlyDictionary<string, torch.Tensor> tensors) =>
            tensors
                .Where(t => t.Key.EndsWith(LoraNames.SuffixB, StringComparison.Ordinal))
                .Select(t => t.Value.mul(t.Value).sum())
                .Aggregate((sum, next) => sum.add(next))
                .mul(decay);

        public void Observe(
            int step,
            IReadOnlyDictionary<string, torch.Tensor> tensors,
            IReadOnlyDictionary<string, torch.Tensor> gradients
        ) { }
    }
}
