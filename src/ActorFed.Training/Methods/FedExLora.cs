using System.Collections.Immutable;
using ActorFed.Training.Aggregation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>FedEx-LoRA: FedIT's means, and what they leave out of the mean product is added to the frozen weights of everybody.</summary>
/// <remarks>
/// A ← Σ p_k A_k, B ← Σ p_k B_k, W0 ← W0 + s (Σ p_k B_k A_k - B A): the sum is exact. The residual travels as factors,
/// [B_1 … B_K B] and s [p_1 A_1; …; p_K A_K; -A], or as its truncated SVD (then no longer exact). The A and B that it subtracts are those
/// that are sent, after rounding. Upload r (in + out) a map; download that and (K + 1) r (in + out) for each round missed, or the whole sum
/// of residuals where that is smaller (<see cref="MergedWeights"/>). Everybody trains rank lora.rank: budgets do not enter.
/// Source: Singhal et al. 2024 (https://arxiv.org/abs/2410.09432).
/// </remarks>
public sealed class FedExLora(MethodContext context) : FederatedMethod(context)
{
    private const string ResidualRank = "fedex-lora.residual-rank";

    private readonly LoraShape _lora = context.Lora();

    /// <summary>Its settings.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [SettingSpec.Whole(ResidualRank, 0, 0, 4096, "", "Rank of the residual that is sent; 0 for all of it, which is exact.")];

    /// <inheritdoc />
    public override string Name => "fedex-lora";

    /// <summary>B = 0, A by the seed, head = 0; nothing is merged.</summary>
    public override ServerState Initialise() => new(_lora.Initialise(Context.Seed).With(Head), TensorSet.Empty);

    /// <summary>The means, the head, and the residuals that this client missed.</summary>
    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(client);
        var (missed, known) = MergedWeights.For(state, client.Client);
        var own = state.Global.Where(n => !MergedWeights.IsMerged(n));
        var work = Assignment(own.With(missed), own.Keys.Where(n => TrainsHead || !IsHead(n)));
        return work with { Plan = work.Plan with { Numbers = work.Plan.Numbers.Add(MergedWeights.Known, known) } };
    }

    /// <summary>W0 with every residual so far, A and B.</summary>
    public override LocalStart Personalise(LocalWork work, IGradientProbe probe)
    {
        ArgumentNullException.ThrowIfNull(work);
        var own = work.Start.Where(n => !MergedWeights.IsIncrement(n) && !MergedWeights.IsMerged(n));
        return new(own.With(MergedWeights.At(work)), work.Plan.Trained);
    }

    /// <summary>Delta(x) = x Mᵀ + (alpha/r) x Aᵀ Bᵀ.</summary>
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return LoraOverlay.Of(_lora.Maps, tensors, _lora.Scale);
    }

    /// <summary>The factors leave; the weights as they were before this round stay.</summary>
    public override LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end)
    {
        ArgumentNullException.ThrowIfNull(start);
        return MergedWeights.Kept(base.Extract(work, start, end), start);
    }

    /// <summary>Means as FedIT, and the residual that makes their product the mean product.</summary>
    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        var weights = ClientWeights.Of(contributions, Context.Settings.Choice(CommonSettings.Weights));
        var uploads = LowRankUploads.Ordered(contributions, weights, _lora.Maps);
        var mean = WeightedMean.Of(contributions, weights);
        var residuals = _lora.Maps.Select(m => Residual(m.Name, uploads, mean));
        return MergedWeights.Add(
            state with
            {
                Global = state.Global.With(mean),
            },
            round,
            [.. residuals],
            uploads.Select(u => u.Client)
        );
    }

    /// <summary>Residuals and factors together, as pairs of as many directions as they have: rank_pattern.</summary>
    public override IReadOnlyList<LoraPair> Export(TensorSet global) => MergedWeights.Export(global, _lora.Scale);

    /// <inheritdoc />
    public override string? Refuses(MethodOption option) =>
        option is MethodOption.ServerOptimiser or MethodOption.EncodedDownload
            ? "its residual belongs to the mean of the factors, and other factors would make the sum inexact"
            : null;

    private LoraPair Residual(string map, ImmutableArray<LowRankUpload> uploads, TensorSet mean)
    {
        var products = LowRankUploads.Stack(uploads, map, u => u.Weight * _lora.Scale);
        var exact = new LoraPair(
            map,
            Factors.StackRows([products.A, Factors.Scaled(mean[LoraNames.A(map)], -_lora.Scale)]),
            Factors.StackColumns([products.B, mean[LoraNames.B(map)]]),
            1
        );
        var rank = (int)Context.Settings.Whole(ResidualRank);
        return rank == 0 ? exact : Truncated(exact, rank);
    }

    private static LoraPair Truncated(LoraPair exact, int rank)
    {
        var (b, a) = ProductSvd.Of(exact.B, exact.A, rank);
        return exact with { A = a, B = b };
    }
}
