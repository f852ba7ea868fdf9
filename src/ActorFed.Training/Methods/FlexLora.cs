using System.Collections.Immutable;
using ActorFed.Training.Aggregation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>FlexLoRA: the server averages the clients' whole updates, of whatever rank, and sends each the best factors of its own rank.</summary>
/// <remarks>
/// ΔW = Σ p_k s_k B_k A_k; U S Vᵀ = SVD(ΔW); client k gets B = U[:, :r_k] S[:r_k] / s_k, A = Vᵀ[:r_k, :], with r_k = budget · lora.rank rounded.
/// The SVD is that of the stacked factors by QR: no out x in matrix is built. The global model is the truncation at lora.rank, so a round is
/// exact up to that truncation. Directions that ΔW does not have begin afresh: the row of A as it was drawn, the column of B zero.
/// Upload r_k (in + out) a map. Source: Bai et al. 2024 (https://arxiv.org/abs/2402.11505).
/// </remarks>
public sealed class FlexLora(MethodContext context) : FederatedMethod(context)
{
    private const string ScaleBy = "flexlora.scale";
    private const string Split = "flexlora.split";
    private const string Scale = "scale";

    private readonly LoraShape _lora = context.Lora();

    /// <summary>Its settings.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Choice(
            ScaleBy,
            ["rank", "full"],
            "Scale of a client's update: lora.alpha by its own rank, or by lora.rank for everybody."
        ),
        SettingSpec.Choice(
            Split,
            ["left", "even"],
            "Where the singular values go: all into B, or their roots into both factors."
        ),
    ];

    /// <inheritdoc />
    public override string Name => "flexlora";

    /// <summary>B = 0, A by the seed, head = 0.</summary>
    public override ServerState Initialise() => new(_lora.Initialise(Context.Seed).With(Head), TensorSet.Empty);

    /// <summary>B = U[:, :r_k] S[:r_k] / s_k and A = Vᵀ[:r_k, :].</summary>
    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(client);
        var rank = _lora.RankAt(client.Budget);
        var download = state.Global.With(
            TensorSet.Of(
                _lora.Maps.SelectMany(m =>
                    new KeyValuePair<string, TensorValue>[]
                    {
                        new(LoraNames.A(m.Name), Factors.FirstRows(state.Global[LoraNames.A(m.Name)], rank)),
                        new(
                            LoraNames.B(m.Name),
                            Factors.Scaled(
                                Factors.FirstColumns(state.Global[LoraNames.B(m.Name)], rank),
                                _lora.Scale / ScaleOf(rank)
                            )
                        ),
                    }
                )
            )
        );
        var work = Assignment(download, download.Keys.Where(n => TrainsHead || !IsHead(n)));
        return work with { Plan = work.Plan with { Numbers = work.Plan.Numbers.Add(Scale, ScaleOf(rank)) } };
    }

    /// <summary>Delta(x) = s_k x Aᵀ Bᵀ.</summary>
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(plan);
        return LoraOverlay.Of(_lora.Maps, tensors, plan.Numbers.GetValueOrDefault(Scale, _lora.Scale));
    }

    /// <summary>Global ← the truncated SVD of Σ p_k s_k B_k A_k.</summary>
    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        var weights = ClientWeights.Of(contributions, Context.Settings.Choice(CommonSettings.Weights));
        var uploads = LowRankUploads.Ordered(contributions, weights, _lora.Maps);
        return state with
        {
            Global = state
                .Global.With(LowRankUploads.HeadMean(contributions, weights))
                .With(TensorSet.Of(_lora.Maps.SelectMany(m => Factored(m, uploads)))),
        };
    }

    /// <inheritdoc />
    public override IReadOnlyList<LoraPair> Export(TensorSet global) => LoraPair.Of(global, _lora.Scale);

    /// <inheritdoc />
    public override string? Refuses(MethodOption option) =>
        option switch
        {
            MethodOption.EncodedUpload or MethodOption.EncodedDownload =>
                "clients get the factors cut to their ranks, and the server's are larger",
            MethodOption.ServerOptimiser or MethodOption.ControlVariates =>
                "its factors are decomposed anew each round, so nothing can be remembered of them",
            MethodOption.RobustCoordinates
            or MethodOption.RobustSelection
            or MethodOption.RobustProducts when Context.Settings.Choice(ScaleBy) == "rank" =>
                $"with {ScaleBy} = rank the factors of clients of different ranks have different scales",
            _ => null,
        };

    private double ScaleOf(int rank) => Context.Settings.Choice(ScaleBy) == "rank" ? _lora.Alpha / rank : _lora.Scale;

    private KeyValuePair<string, TensorValue>[] Factored(LinearMap map, ImmutableArray<LowRankUpload> uploads)
    {
        var stack = LowRankUploads.Stack(uploads, map.Name, u => u.Weight * ScaleOf((int)u.A(map.Name).Shape[0]) / _lora.Scale);
        var (b, a) = ProductSvd.Of(stack.B, stack.A, _lora.Rank, Context.Settings.Choice(Split) == "even");
        var kept = (int)a.Shape[0];
        var fresh = Factors.Rows(_lora.DrawA(map, Context.Seed), [.. Enumerable.Range(kept, _lora.Rank - kept)]);
        return
        [
            new(LoraNames.A(map.Name), Factors.StackRows([a, fresh])),
            new(LoraNames.B(map.Name), Factors.PadColumns(b, _lora.Rank)),
        ];
    }
}
