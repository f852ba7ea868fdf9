using System.Collections.Immutable;
using ActorFed.Training.Aggregation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>The ridge head: least squares on one-hot labels in closed form, from one federated round.</summary>
/// <remarks>
/// x̂ = [e | 1], Y one-hot. Clients send G_k = X̂ᵀX̂ (upper triangle) and M_k = X̂ᵀY in float64; the server solves
/// (Σ G_k + λ t I') W = Σ M_k with t = trace of the e-part / width (the mean eigenvalue, so λ has no unit) and I' without the bias.
/// logits = scale · x̂ W: the scale changes no decision, it makes softmax of a regression useful to the cross-entropy that follows.
/// Exact: any split of the documents gives the same head, up to rounding. Weights do not enter: a sum counts every example once.
/// </remarks>
public sealed class HeadRidge(MethodContext context) : FederatedMethod(context)
{
    private const string Gram = "head.gram";
    private const string Moment = "head.moment";
    private const string Lambda = "head-ridge.lambda";
    private const string Scale = "head-ridge.scale";

    /// <summary>Its settings.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Number(
            Lambda,
            0.01,
            0,
            1000,
            "",
            "Penalty in mean eigenvalues of the embeddings; 0 lets the server choose from 1e-3 to 10 on the validation part."
        ),
        SettingSpec.Number(Scale, 10, 0.001, 1000, "", "Logits are this times the regression's output."),
    ];

    /// <inheritdoc />
    public override string Name => "head-ridge";

    /// <inheritdoc />
    public override bool TouchesEncoder => false;

    private int Size => Context.EmbeddingSize + 1;

    /// <summary>Head = 0.</summary>
    public override ServerState Initialise() => new(Head, TensorSet.Empty);

    /// <summary>Every client is asked, once.</summary>
    public override bool InvitesEverybody(RoundId round) => round.Number == 1;

    /// <summary>There is one round.</summary>
    public override int? LastRound => 1;

    /// <summary>Nothing is trained; sums come back.</summary>
    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new(state.Global, LocalPlan.Empty, sizeof(double) * ((Size * (Size + 1L) / 2) + ((long)Size * Context.Classes)));
    }

    /// <inheritdoc />
    public override bool Solves(LocalWork work) => true;

    /// <summary>G_k and M_k.</summary>
    public override LocalUpdate? Solve(LocalWork work, ShardFeatures features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var (gram, moment) = RidgeSums.Of(features);
        return LocalUpdate.Of(TensorSet.Of([new(Gram, gram), new(Moment, moment)]));
    }

    /// <summary>W = (Σ G + λ t I')⁻¹ Σ M.</summary>
    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        var sum = WeightedMean.Of(contributions, ClientWeights.Sum(contributions));
        var sums = new RidgeSums(sum[Gram], sum[Moment], Size, Context.Classes);
        return state with { Global = state.Global.With(Best(sums)) };
    }

    /// <inheritdoc />
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan) => ModelOverlay.None;

    /// <inheritdoc />
    public override IReadOnlyList<LoraPair> Export(TensorSet global) => [];

    /// <summary>Every option: the sums count each example once, and there is one round and no gradient.</summary>
    public override string? Refuses(MethodOption option) =>
        option is MethodOption.Proximal or MethodOption.ControlVariates
            ? "its clients take no gradient step"
            : "its clients send sums over examples, not a change of the model";

    private TensorSet Best(RidgeSums sums)
    {
        var (lambda, scale) = (Context.Settings.Number(Lambda), Context.Settings.Number(Scale));
        if (lambda > 0)
        {
            return sums.Head(lambda, scale);
        }

        var judge =
            Context.Judge
            ?? throw new InvalidOperationException(
                $"{Lambda} is 0 (choose on the validation part), and there is no validation part."
            );
        // The first of equals, the smallest penalty: the answer does not depend on the order of candidates.
        return new[] { 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10 }.Select(l => sums.Head(l, scale)).MaxBy(judge)!;
    }
}
