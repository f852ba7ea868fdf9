using System.Collections.Immutable;
using ActorFed.Training.Aggregation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>Fed-SB: one square core R between frozen bases that come from the SVD of an initial dense update.</summary>
/// <remarks>
/// W = W0 + B R A. First round (fed-sb.source = gradient or update): clients send a dense matrix a map, D ← Σ p_k D_k, D = U Σ Vᵀ;
/// B = U[:, :r], A = Vᵀ[:r, :], R = Σ[:r, :r]. Then R ← Σ p_k R_k. Exact: B and A are common. Upload out · in once, then r² a map;
/// a client is sent B and A once and keeps them. At the budget N = r_lora (in + out), r = floor(sqrt(N)). A client of budget β trains the
/// leading block of floor(r sqrt β) rows and columns; an entry's mean goes over those who trained it.
/// Source: Singhal et al. 2025 (https://arxiv.org/abs/2502.15436), and Ravan's appendix.
/// </remarks>
public sealed class FedSb : FederatedMethod
{
    private const string RankKey = "fed-sb.rank";
    private const string SourceKey = "fed-sb.source";
    private const string StepKey = "fed-sb.first-step";
    private const string Budget = "fed-sb.budget";
    private readonly string _source;
    private readonly FrozenBases? _seeded;

    /// <exception cref="ArgumentException">A pattern names no map, or the rank exceeds a map's smaller side.</exception>
    public FedSb(MethodContext context)
        : base(context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var lora = context.Lora();
        var rank = context.Settings.Whole(RankKey);
        _source = context.Settings.Choice(SourceKey);
        Ranks = BudgetRanks.Of(lora, rank, (_, r) => (long)r * r);
        SquareCore.ThrowUnlessFits(RankKey, Ranks);
        _seeded = _source == "seed" ? new(() => FedSbBases.Draw(Ranks, context.Seed)) : null;
    }

    /// <summary>Its settings.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Whole(
            RankKey,
            0,
            0,
            4096,
            "",
            "Side r of the square core; 0 for as many trained numbers as LoRA of lora.rank has: floor(sqrt(lora.rank (in + out)))."
        ),
        SettingSpec.Choice(
            SourceKey,
            ["gradient", "update", "seed"],
            "Where the bases come from: the SVD of the first round's mean gradient, or of its full fine-tuning update; or orthonormal by the seed."
        ),
        SettingSpec.Number(
            StepKey,
            0.001,
            0,
            1,
            "",
            "The gradient as an update: minus this times the gradient over its root mean square; 0 begins with R = 0."
        ),
    ];

    /// <inheritdoc />
    public override string Name => "fed-sb";

    /// <summary>Σ r²: the dense first round is not counted.</summary>
    public override long AdapterParameters => Ranks.Sum(m => (long)m.Rank * m.Rank);

    /// <summary>The side of each map's core.</summary>
    public ImmutableArray<RankedMap> Ranks { get; }

    /// <summary>The head alone; with bases by the seed R = 0 too.</summary>
    public override ServerState Initialise() =>
        _seeded is { } bases ? new(Cores().With(Head), bases.Stamp) : new(Head, TensorSet.Empty);

    /// <summary>R, and the bases for a client that has not got them; in the first round nothing but the head.</summary>
    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(client);
        if (IsFirst(state.Global))
        {
            var head = Assignment(state.Global, state.Global.Keys.Where(n => TrainsHead && IsHead(n)));
            return head with { UploadBytes = head.UploadBytes + Ranks.Sum(m => (long)m.Map.Out * m.Map.In * sizeof(float)) };
        }

        var has = _seeded is not null || Participation.Last(state.Memory, client.Client) > 0;
        var sent = has ? state.Global.Where(n => !FedSbBases.IsBasis(n)) : state.Global;
        var trained = Assignment(sent, sent.Keys.Where(n => FedSbBases.IsCore(n) || (TrainsHead && IsHead(n))));
        var spared = Ranks.Sum(m => ((long)m.Rank * m.Rank) - Square(FedSbBases.Side(m.Rank, client.Budget)));
        var block = trained with
        {
            Plan = trained.Plan with { Numbers = trained.Plan.Numbers.SetItem(Budget, client.Budget) },
            UploadBytes = trained.UploadBytes - (spared * sizeof(float)),
        };
        return _seeded is { } bases ? bases.Sign(block, state) : block;
    }

    /// <summary>The bases it was sent or kept, or made from the seed; in the first round a dense zero for every map.</summary>
    /// <exception cref="InvalidDataException">Neither sent nor kept, or other bases than the server's.</exception>
    public override LocalStart Personalise(LocalWork work, IGradientProbe probe)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (IsFirst(work.Plan))
        {
            var dense = Ranks.Select(m => new KeyValuePair<string, TensorValue>(
                FedSbBases.Dense(m.Map.Name),
                TensorValue.Zeros(m.Map.Out, m.Map.In)
            ));
            return new(
                work.Start.With(TensorSet.Of(dense)),
                work.Plan.Trained.Union(Ranks.Select(m => FedSbBases.Dense(m.Map.Name)))
            );
        }

        var bases = _seeded?.Checked(work.Plan) ?? FedSbBases.Of(work.Start) ?? FedSbBases.Of(work.Personal ?? TensorSet.Empty);
        return new(
            work.Start.With(
                bases ?? throw new InvalidDataException($"{work.Client} was not sent the bases and has none of its own.")
            ),
            work.Plan.Trained
        );
    }

    /// <summary>Delta(x) = x Aᵀ Rᵀ Bᵀ; x Dᵀ while there is a dense D; none before.</summary>
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new(Ranks.Select(m => m.Map.Name).SelectMany(Delta));

        IEnumerable<KeyValuePair<string, IMapDelta>> Delta(string map) =>
            tensors.TryGetValue(FedSbBases.Dense(map), out var dense) ? [new(map, new DenseDelta(dense))]
            : tensors.TryGetValue(FedSbBases.Core(map), out var core)
                ? [new(map, new HeadsDelta(tensors[FedSbBases.A(map)], tensors[FedSbBases.B(map)], [core]))]
            : [];
    }

    /// <summary>In the first round the mean gradient is collected instead of being followed; later a weak client's block is all that moves.</summary>
    public override ILocalObjective Objective(LocalWork work, LocalStart start)
    {
        ArgumentNullException.ThrowIfNull(work);
        return IsFirst(work.Plan)
            ? (_source == "gradient" ? new MeanGradient(FedSbBases.IsDense) : PlainObjective.Instance)
            : (Share(work) < 1 ? new LeadingBlock(Ranks, Share(work)) : PlainObjective.Instance);
    }

    /// <summary>D of the first round; then R, or its leading block. The bases stay with the client.</summary>
    public override LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(end);
        if (IsFirst(work.Plan))
        {
            return LocalUpdate.Of(end.Objective is MeanGradient g ? end.Trained.With(g.Mean()) : end.Trained);
        }

        var upload = Share(work) < 1 ? FedSbBases.Blocks(end.Trained, Ranks, Share(work)) : end.Trained;
        return LocalUpdate.Of(upload) with { Personal = _seeded is null ? FedSbBases.Of(start.Tensors) : null };
    }

    /// <summary>SVD of Σ p_k D_k; then R ← Σ p_k R_k, entry by entry where some sent a block.</summary>
    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (IsFirst(state.Global))
        {
            var sum = base.Aggregate(state, round, contributions).Global;
            var step = _source == "gradient" ? Context.Settings.Number(StepKey) : (double?)null;
            return state with { Global = sum.Where(IsHead).With(FedSbBases.Decompose(sum, Ranks, step)) };
        }

        var rule = Context.Settings.Choice(CommonSettings.Weights);
        var global = FedSbBases.Mean(state.Global, Ranks, contributions, rule);
        return new(global, _seeded is null ? Participation.Mark(state.Memory, round, contributions) : state.Memory);
    }

    /// <inheritdoc />
    public override TensorSet Expand(TensorSet global)
    {
        ArgumentNullException.ThrowIfNull(global);
        return _seeded is { } bases ? global.With(bases.Tensors) : global;
    }

    /// <summary>Pairs of rank r: A as it is, B R in the place of B. None before there are bases.</summary>
    public override IReadOnlyList<LoraPair> Export(TensorSet global)
    {
        var all = Expand(global);
        return
        [
            .. Ranks
                .Select(m => m.Map.Name)
                .Where(m => all.ContainsKey(FedSbBases.Core(m)))
                .Select(m => SquareCore.Pair(m, all[FedSbBases.A(m)], all[FedSbBases.B(m)], [all[FedSbBases.Core(m)]])),
        ];
    }

    /// <inheritdoc />
    public override string? Refuses(MethodOption option) =>
        option switch
        {
            MethodOption.EncodedUpload or MethodOption.EncodedDownload when _seeded is null =>
                "its first round sends dense matrices that are no change of the global model (fed-sb.source = seed has no such round)",
            MethodOption.RobustProducts => "clients send cores R between common bases; their own distances are those to take",
            MethodOption.RobustCoordinates or MethodOption.RobustSelection or MethodOption.ControlVariates when _seeded is null =>
                "its first round sends dense matrices that are no change of the global model (fed-sb.source = seed has no such round)",
            _ => base.Refuses(option),
        };

    private static bool IsFirst(TensorSet global) => !global.Keys.Any(FedSbBases.IsCore);

    private static bool IsFirst(LocalPlan plan) => !plan.Numbers.ContainsKey(Budget);

    private static double Share(LocalWork work) => work.Plan.Numbers[Budget];

    private static long Square(long side) => side * side;

    private TensorSet Cores() =>
        TensorSet.Of(
            Ranks.Select(m => new KeyValuePair<string, TensorValue>(
                FedSbBases.Core(m.Map.Name),
                TensorValue.Zeros(m.Rank, m.Rank)
            ))
        );
}
