using System.Collections.Immutable;
using ActorFed.Training.Aggregation;
using ActorFed.Training.Chance;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>FLoRA: clients' factors of whatever rank are stacked, added to the frozen weights, and everybody begins with new factors.</summary>
/// <remarks>
/// A = [p_1 s_1 A_1; …; p_K s_K A_K], B = [B_1 … B_K] (scale in one factor only), so B A = Σ p_k s_k B_k A_k exactly; W ← W + B A. A client
/// begins each round with B_k = 0 and an A_k of its own draw (seed, round, client), never sent. r_k = budget · lora.rank rounded.
/// Upload r_k (in + out) a map; download Σ r_k (in + out) for each round missed, or the whole sum where that is smaller
/// (<see cref="MergedWeights"/>). Source: Wang et al. 2024 (https://arxiv.org/abs/2409.05976).
/// </remarks>
public sealed class FLora(MethodContext context) : FederatedMethod(context)
{
    private const string ScaleBy = "flora.scale";
    private const string Scale = "scale";
    private const string Rank = "rank";

    private readonly LoraShape _lora = context.Lora();

    /// <summary>Its settings.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Choice(
            ScaleBy,
            ["full", "rank"],
            "Scale of a client's update: lora.alpha by lora.rank for everybody (alpha in proportion to the rank), or by its own rank."
        ),
    ];

    /// <inheritdoc />
    public override string Name => "flora";

    /// <summary>Head = 0; nothing is merged.</summary>
    public override ServerState Initialise() => new(Head, TensorSet.Empty);

    /// <summary>The head and the increments that this client missed.</summary>
    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(client);
        var (missed, known) = MergedWeights.For(state, client.Client);
        var rank = _lora.RankAt(client.Budget);
        var download = state.Global.Where(IsHead).With(missed);
        var head = Assignment(download, download.Keys.Where(n => TrainsHead && IsHead(n)));
        return head with
        {
            Plan = head.Plan with
            {
                Numbers = head.Plan.Numbers.Add(Rank, rank).Add(Scale, ScaleOf(rank)).Add(MergedWeights.Known, known),
            },
            UploadBytes = head.UploadBytes + (sizeof(float) * _lora.Maps.Sum(m => (long)rank * (m.In + m.Out))),
        };
    }

    /// <summary>W as the client knows it now, B_k = 0 and A_k by seed, round and client.</summary>
    public override LocalStart Personalise(LocalWork work, IGradientProbe probe)
    {
        ArgumentNullException.ThrowIfNull(work);
        var rank = (int)work.Plan.Numbers[Rank];
        var fresh = TensorSet.Of(
            _lora.Maps.SelectMany(m =>
                new KeyValuePair<string, TensorValue>[]
                {
                    new(
                        LoraNames.A(m.Name),
                        _lora.DrawA(
                            m,
                            rank,
                            SeededRandom.For(Context.Seed, "flora-a", m.Name, work.Round.Number, work.Client.Value)
                        )
                    ),
                    new(LoraNames.B(m.Name), TensorValue.Zeros(m.Out, rank)),
                }
            )
        );
        return new(work.Start.Where(IsHead).With(MergedWeights.At(work)).With(fresh), work.Plan.Trained.Union(fresh.Keys));
    }

    /// <summary>Delta(x) = x Mᵀ + s_k x Aᵀ Bᵀ.</summary>
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(plan);
        return LoraOverlay.Of(_lora.Maps, tensors, plan.Numbers.GetValueOrDefault(Scale, _lora.Scale));
    }

    /// <summary>The factors leave; the weights as they were before this round stay.</summary>
    public override LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end)
    {
        ArgumentNullException.ThrowIfNull(start);
        return MergedWeights.Kept(base.Extract(work, start, end), start);
    }

    /// <summary>W ← W + Σ p_k s_k B_k A_k.</summary>
    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        var weights = ClientWeights.Of(contributions, Context.Settings.Choice(CommonSettings.Weights));
        var uploads = LowRankUploads.Ordered(contributions, weights, _lora.Maps);
        var stacks = _lora.Maps.Select(m =>
            LowRankUploads.Stack(uploads, m.Name, u => u.Weight * ScaleOf((int)u.A(m.Name).Shape[0]))
        );
        var head = state with { Global = state.Global.With(LowRankUploads.HeadMean(contributions, weights)) };
        return MergedWeights.Add(head, round, [.. stacks], uploads.Select(u => u.Client));
    }

    /// <summary>The merged weights as pairs of as many directions as they have: rank_pattern.</summary>
    public override IReadOnlyList<LoraPair> Export(TensorSet global) => MergedWeights.Export(global, _lora.Scale);

    /// <inheritdoc />
    public override string? Refuses(MethodOption option) =>
        option switch
        {
            MethodOption.EncodedUpload => "factors begin anew each round, so what it sends is no change of what it got",
            MethodOption.EncodedDownload =>
                "clients add the stacked factors, and what a code swallowed of them would be lost for good",
            MethodOption.ServerOptimiser =>
                "clients add the stacked factors by themselves, and a step of the server would not reach them",
            MethodOption.ControlVariates => "factors begin anew each round, so nothing can be remembered of them",
            MethodOption.RobustCoordinates or MethodOption.RobustSelection =>
                "each client draws its own A, so the factors of two clients cannot be compared",
            MethodOption.RobustProducts when Context.Settings.Choice(ScaleBy) == "rank" =>
                $"with {ScaleBy} = rank the factors of clients of different ranks have different scales",
            _ => null,
        };

    private double ScaleOf(int rank) => Context.Settings.Choice(ScaleBy) == "rank" ? _lora.Alpha / rank : _lora.Scale;
}
