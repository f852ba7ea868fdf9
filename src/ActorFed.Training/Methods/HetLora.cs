using System.Collections.Immutable;
using ActorFed.Training.Aggregation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>HetLoRA: a rank for each client, cut from the global factors, pruned by the client, and averaged by the norms of the updates.</summary>
/// <remarks>
/// Distribution: B[:, :r_k], A[:r_k, :]. Local loss: task + λ Σ_maps ||B[:, g:]||_F ||A[g:, :]||_F with g = floor(γ r_k). After training, a tail
/// (that sum of products) that is strictly smaller than it was as received is cut: r_k ← max(r_min, floor(γ r_k)), for good once the update
/// counts. Aggregation: factors padded with zeros to lora.rank, A ← Σ w_k A_k / Σ w, B likewise, w_k = ||B_k A_k||_F over all maps by Gram
/// matrices; all zero: the common weights. The head has the common weights. One scale alpha / lora.rank for everybody.
/// In round 1 B = 0 and so is every tail: pruning begins at a client's second model. Upload r_k (in + out) a map.
/// Source: Cho et al. 2024 (https://arxiv.org/abs/2401.06432); what it leaves open is a setting.
/// </remarks>
public sealed class HetLora(MethodContext context) : FederatedMethod(context)
{
    private const string Gamma = "hetlora.gamma";
    private const string Lambda = "hetlora.lambda";
    private const string LeastRank = "hetlora.r-min";
    private const string FixedRank = "hetlora.fixed-rank";
    private const string Pruning = "hetlora.prune";
    private const string Aggregation = "hetlora.aggregation";
    private const string WeightPer = "hetlora.weight-per";
    private const string Kept = "rank.";

    private readonly LoraShape _lora = Checked(context);

    /// <summary>Its settings.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Number(
            Gamma,
            0.99,
            0.01,
            1,
            "",
            "Where the tail of a rank begins, and what pruning leaves; 1 prunes nothing."
        ),
        SettingSpec.Number(Lambda, 0.01, 0, 1000, "", "Weight of the tail in a client's loss."),
        SettingSpec.Whole(LeastRank, 1, 1, 512, "", "No client's rank is below this."),
        SettingSpec.Whole(FixedRank, 0, 0, 512, "", "One rank for every client (HomLoRA); 0 for ranks by budget."),
        SettingSpec.Choice(
            Pruning,
            ["client", "matrix", "off"],
            "Who decides to prune: one decision for all of a client's maps, one for each map, or nobody."
        ),
        SettingSpec.Choice(
            Aggregation,
            ["sparsity", "plain", "svd"],
            "Weights by norm of the update, the common weights, or the common mean of whole products decomposed anew (Recon+SVD)."
        ),
        SettingSpec.Choice(
            WeightPer,
            ["client", "matrix"],
            "Norms of updates over all maps of a client, or for each map by itself."
        ),
    ];

    /// <inheritdoc />
    public override string Name => "hetlora";

    private int Minimum => (int)Math.Min(Context.Settings.Whole(LeastRank), _lora.Rank);

    private bool Prunes => Context.Settings.Choice(Pruning) != "off" && Context.Settings.Number(Gamma) < 1;

    /// <summary>B = 0, A by the seed, head = 0.</summary>
    public override ServerState Initialise() => new(_lora.Initialise(Context.Seed).With(Head), TensorSet.Empty);

    /// <summary>B[:, :r_k] and A[:r_k, :]; r_k by budget, or what pruning left of it.</summary>
    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(client);
        var ranks = Ranks(state, client);
        var download = state.Global.With(TensorSet.Of(_lora.Maps.SelectMany((m, i) => Cut(state.Global, m.Name, ranks[i]))));
        var work = Assignment(download, download.Keys.Where(n => TrainsHead || !IsHead(n)));
        var spared = _lora.Maps.Select((m, i) => (long)(ranks[i] - Pruned(ranks[i])) * (m.In + m.Out)).Sum() * sizeof(float);
        return Prunes ? work with { LeastUploadBytes = work.UploadBytes - spared } : work;
    }

    /// <summary>Delta(x) = (alpha / lora.rank) x Aᵀ Bᵀ.</summary>
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return LoraOverlay.Of(_lora.Maps, tensors, _lora.Scale);
    }

    /// <summary>λ times the tails; the task loss alone where λ is 0 or nothing is pruned.</summary>
    public override ILocalObjective Objective(LocalWork work, LocalStart start)
    {
        ArgumentNullException.ThrowIfNull(start);
        var lambda = Context.Settings.Number(Lambda);
        var tails = _lora.Maps.Select(m => KeyValuePair.Create(m.Name, Tail(RankOf(start.Tensors, m.Name))));
        return Prunes && lambda > 0 ? new TailPenalty(lambda, [.. tails]) : PlainObjective.Instance;
    }

    /// <summary>The trained factors, without the tails that shrank.</summary>
    public override LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(end);
        var shrunk = Prunes ? Shrunk(start.Tensors, end.Trained) : [];
        var upload = end.Trained.With(
            TensorSet.Of(shrunk.SelectMany(map => Cut(end.Trained, map, Pruned(RankOf(end.Trained, map)))))
        );
        var update = LocalUpdate.Of(upload);
        return update with { Metrics = update.Metrics.Add("rank", _lora.Maps.Average(m => RankOf(upload, m.Name))) };
    }

    /// <summary>Padded factors, weighted by the norms of their products; and the ranks that clients pruned to.</summary>
    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        var common = ClientWeights.Of(contributions, Context.Settings.Choice(CommonSettings.Weights));
        var uploads = LowRankUploads.Ordered(contributions, common, _lora.Maps);
        var norms = uploads.ToDictionary(
            u => u.Client,
            u => _lora.Maps.Select(m => Factors.ProductNorm(u.B(m.Name), u.A(m.Name))).ToArray()
        );
        var factors = _lora.Maps.Select(
            (m, i) =>
                Context.Settings.Choice(Aggregation) switch
                {
                    "svd" => Decomposed(m, uploads),
                    "plain" => PaddedMean.Of(m.Name, uploads, _lora.Rank, u => u.Weight),
                    _ => PaddedMean.Of(m.Name, uploads, _lora.Rank, Shares(uploads, u => Norm(norms[u.Client], i))),
                }
        );
        return new(
            state.Global.With(LowRankUploads.HeadMean(contributions, common)).With(TensorSet.Of(factors.SelectMany(f => f))),
            state.Memory.With(
                TensorSet.Of(uploads.Where(_ => Prunes).Select(u => KeyValuePair.Create(Kept + u.Client.Value, Sent(u))))
            )
        );
    }

    /// <inheritdoc />
    public override IReadOnlyList<LoraPair> Export(TensorSet global) => LoraPair.Of(global, _lora.Scale);

    /// <inheritdoc />
    public override string? Refuses(MethodOption option) =>
        option switch
        {
            MethodOption.ControlVariates => "clients train different ranks, and a rank may shrink",
            MethodOption.EncodedUpload or MethodOption.EncodedDownload =>
                "clients get the factors cut to their ranks, and the server's are larger",
            _ => null,
        };

    // A client that never pruned keeps the rank of its budget whatever others did.
    private int[] Ranks(ServerState state, ClientProfile client)
    {
        var wanted = (int)Context.Settings.Whole(FixedRank);
        var rank = Math.Max(Minimum, wanted > 0 ? wanted : _lora.RankAt(client.Budget));
        return state.Memory.TryGetValue(Kept + client.Client.Value, out var kept)
            ?
            [
                .. System
                    .Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(kept.Bytes.Span)
                    .ToArray()
                    .Select(k => Math.Min(k, rank)),
            ]
            : [.. _lora.Maps.Select(_ => rank)];
    }

    private TensorValue Sent(LowRankUpload upload)
    {
        int[] ranks = [.. _lora.Maps.Select(m => RankOf(upload.Contribution.Upload, m.Name))];
        return TensorValue.Wholes(ranks);
    }

    private int Tail(int rank) => (int)Math.Floor(Context.Settings.Number(Gamma) * rank);

    private int Pruned(int rank) => Math.Min(rank, Math.Max(Minimum, Tail(rank)));

    private string[] Shrunk(TensorSet received, TensorSet trained)
    {
        var tails = _lora.Maps.Select(m => (Map: m.Name, Before: TailNorm(received, m.Name), After: TailNorm(trained, m.Name)));
        return Context.Settings.Choice(Pruning) == "matrix" ? [.. tails.Where(t => t.After < t.Before).Select(t => t.Map)]
            : tails.Sum(t => t.After) < tails.Sum(t => t.Before) ? [.. _lora.Maps.Select(m => m.Name)]
            : [];
    }

    private double TailNorm(TensorSet tensors, string map)
    {
        var rank = RankOf(tensors, map);
        int[] tail = [.. Enumerable.Range(Tail(rank), rank - Tail(rank))];
        return Norm(Factors.Columns(tensors[LoraNames.B(map)], tail)) * Norm(Factors.Rows(tensors[LoraNames.A(map)], tail));
    }

    private double Norm(double[] norms, int map) =>
        Context.Settings.Choice(WeightPer) == "matrix" ? norms[map] : Math.Sqrt(norms.Sum(n => n * n));

    // w_k / Σ w; where nothing was learnt anywhere there are no norms to go by.
    private static Func<LowRankUpload, double> Shares(ImmutableArray<LowRankUpload> uploads, Func<LowRankUpload, double> norm)
    {
        var total = uploads.Sum(norm);
        return total > 0 ? u => norm(u) / total : u => u.Weight;
    }

    private KeyValuePair<string, TensorValue>[] Decomposed(LinearMap map, ImmutableArray<LowRankUpload> uploads)
    {
        var stack = LowRankUploads.Stack(uploads, map.Name, u => u.Weight);
        var (b, a) = ProductSvd.Of(stack.B, stack.A, _lora.Rank);
        var fresh = Enumerable.Range((int)a.Shape[0], _lora.Rank - (int)a.Shape[0]);
        return
        [
            new(LoraNames.A(map.Name), Factors.StackRows([a, Factors.Rows(_lora.DrawA(map, Context.Seed), [.. fresh])])),
            new(LoraNames.B(map.Name), Factors.PadColumns(b, _lora.Rank)),
        ];
    }

    private static IEnumerable<KeyValuePair<string, TensorValue>> Cut(TensorSet tensors, string map, int rank) =>
        [
            new(LoraNames.A(map), Factors.FirstRows(tensors[LoraNames.A(map)], rank)),
            new(LoraNames.B(map), Factors.FirstColumns(tensors[LoraNames.B(map)], rank)),
        ];

    private static int RankOf(TensorSet tensors, string map) => (int)tensors[LoraNames.A(map)].Shape[0];

    private static double Norm(TensorValue value) => Math.Sqrt(Factors.SquareSum(value));

    private static LoraShape Checked(MethodContext context)
    {
        var lora = context.Lora();
        var rank = context.Settings.Whole(FixedRank);
        return rank <= lora.Rank
            ? lora
            : throw new ArgumentException($"{FixedRank}: {rank} exceeds lora.rank, which is {lora.Rank}.");
    }

    /// <summary>λ Σ_maps ||B[:, g:]||_F ||A[g:, :]||_F.</summary>
    private sealed class TailPenalty(double lambda, ImmutableArray<KeyValuePair<string, int>> tails) : ILocalObjective
    {
        // Keeps the root's slope finite at a tail of zeros, and is below every float's last place of a norm that matters.
        private const double Tiny = 1e-24;

        public torch.Tensor? Penalty(IReadOnlyDictionary<string, torch.Tensor> tensors) =>
            tails
                .Select(t => Product(tensors[LoraNames.A(t.Key)], tensors[LoraNames.B(t.Key)], t.Value))
                .Aggregate((sum, next) => sum.add(next))
                .mul(lambda);

        public void Observe(
            int step,
            IReadOnlyDictionary<string, torch.Tensor> tensors,
            IReadOnlyDictionary<string, torch.Tensor> gradients
        ) { }

        private static torch.Tensor Product(torch.Tensor a, torch.Tensor b, int from) =>
            Norm(a.narrow(0, from, a.shape[0] - from)).mul(Norm(b.narrow(1, from, b.shape[1] - from)));

        private static torch.Tensor Norm(torch.Tensor tail) => tail.mul(tail).sum().add(Tiny).sqrt();
    }
}
