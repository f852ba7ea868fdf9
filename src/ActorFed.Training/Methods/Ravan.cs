using System.Collections.Immutable;
using System.Globalization;
using ActorFed.Training.Aggregation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>Ravan: several heads B_i H_i A_i with frozen random bases; weak clients train fewer heads.</summary>
/// <remarks>
/// W = W0 + Σ_{i=1..h} s_i B_i H_i A_i; B_i, A_i frozen (<see cref="RavanBases"/>), H_i = 0 at the start, s_i = 1 at the start of every
/// round. Client c trains H_i and s_i for i in S_c (<see cref="RavanHeads"/>) and uploads P_{c,i} = s_i H_i. H_i ← mean of P_{c,i} over the
/// clients that trained head i; a head that nobody trained stays. Exact: the bases are common, so the mean of P is the mean of the updates.
/// Upload |S_c| r² a map; at the budget N = r_lora (in + out), r = floor(sqrt(N / h)).
/// Source: Raje, Askin, Jhunjhunwala, Joshi, NeurIPS 2025, algorithm 1.
/// </remarks>
public sealed class Ravan : FrozenBasisMethod
{
    private const string RankKey = "ravan.rank";
    private const string ScalesKey = "ravan.scales";
    private const string Count = "ravan.heads";
    private readonly RavanBases _rule;
    private readonly string _select;
    private readonly bool _trainsScales;

    /// <exception cref="ArgumentException">A pattern names no map, no rank is left for so many heads, or gram-schmidt has no room.</exception>
    public Ravan(MethodContext context)
        : this(context, null) { }

    /// <summary>With given bases, so that a test can hold it against Fed-SB on the same ones.</summary>
    internal Ravan(MethodContext context, TensorSet? bases)
        : base(context)
    {
        var (lora, settings) = (context.Lora(), context.Settings);
        _rule = RavanBases.Of(settings);
        _select = settings.Choice(RavanHeads.Key);
        _trainsScales = settings.Choice(ScalesKey) == "trained";
        var rank = settings.Whole(RankKey);
        Ranks = BudgetRanks.Of(lora, rank, (_, r) => (long)_rule.Heads * r * r);
        _rule.ThrowUnlessFits(Ranks);
        Bases = new(() => bases ?? _rule.Draw(Ranks, context.Seed));
    }

    /// <summary>Its settings.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        .. RavanBases.Specs,
        SettingSpec.Whole(
            RankKey,
            0,
            0,
            2048,
            "",
            "Rank r of every head; 0 for as many trained numbers as LoRA of lora.rank has: floor(sqrt(lora.rank (in + out) / heads))."
        ),
        SettingSpec.Choice(
            ScalesKey,
            ["trained", "fixed"],
            "Whether clients train the scales s_i, which begin every round at 1, or leave them at 1."
        ),
        RavanHeads.Spec,
    ];

    /// <inheritdoc />
    public override string Name => "ravan";

    /// <summary>The rank of each map's heads.</summary>
    public ImmutableArray<RankedMap> Ranks { get; }

    /// <summary>B_i and A_i of all maps.</summary>
    protected override FrozenBases Bases { get; }

    /// <summary>H_i = 0.</summary>
    protected override TensorSet Start =>
        TensorSet.Of(
            Ranks.SelectMany(m =>
                Heads.Select(i => new KeyValuePair<string, TensorValue>(H(m.Map.Name, i), TensorValue.Zeros(m.Rank, m.Rank)))
            )
        );

    private IEnumerable<int> Heads => Enumerable.Range(0, _rule.Heads);

    /// <summary>The name of a map's H_i (and of P_i on its way back), [r, r].</summary>
    public static string H(string map, int head) => string.Create(CultureInfo.InvariantCulture, $"{map}.ravan_H.{head:D3}");

    /// <summary>The name of a map's s_i, [1].</summary>
    public static string S(string map, int head) => string.Create(CultureInfo.InvariantCulture, $"{map}.ravan_s.{head:D3}");

    /// <summary>All H_i, and how many heads to train.</summary>
    /// <exception cref="InvalidOperationException">The budget is below 1 and ravan.select is all.</exception>
    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        ArgumentNullException.ThrowIfNull(client);
        var all = base.Assign(state, client, round);
        var count = RavanHeads.CountAt(client.Budget, _rule.Heads);
        if (count < _rule.Heads && _select == "all")
        {
            throw new InvalidOperationException(
                $"ravan.select is all, but {client.Client} has the budget {client.Budget}: it trains {count} of {_rule.Heads} heads."
            );
        }

        var spared = Ranks.Sum(m => (long)(_rule.Heads - count) * m.Rank * m.Rank * sizeof(float));
        return all with
        {
            Plan = all.Plan with { Numbers = all.Plan.Numbers.SetItem(Count, count) },
            UploadBytes = all.UploadBytes - spared,
        };
    }

    /// <summary>Bases from the seed, s_i = 1, and the heads of the greatest scores to train.</summary>
    public override LocalStart Personalise(LocalWork work, IGradientProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        var start = base.Personalise(work, probe).Tensors;
        var chosen = RavanHeads.Choose(
            _select,
            Ranks,
            _rule.Heads,
            (int)work.Plan.Numbers[Count],
            work,
            () => probe.Gradients(start, [.. work.Plan.Trained.Where(n => !IsHead(n))]),
            work.Start,
            Context.Seed
        );
        var heads = chosen.SelectMany(c => c.Value.Select(i => H(c.Key, i)));
        var scales = chosen.SelectMany(c => c.Value.Select(i => S(c.Key, i))).Where(_ => _trainsScales).ToList();
        var ones = scales.Select(s => new KeyValuePair<string, TensorValue>(s, TensorValue.Of([1f], 1)));
        return new(
            start.With(TensorSet.Of(ones)),
            work.Plan.Trained.Where(IsHead).Concat(heads).Concat(scales).ToImmutableSortedSet(StringComparer.Ordinal)
        );
    }

    /// <summary>Delta(x) = Σ_i s_i x A_iᵀ H_iᵀ B_iᵀ; a scale that is not there is 1.</summary>
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new(
            Ranks.Select(m => new KeyValuePair<string, IMapDelta>(
                m.Map.Name,
                new HeadsDelta(
                    tensors[RavanBases.A(m.Map.Name)],
                    tensors[RavanBases.B(m.Map.Name)],
                    [.. Heads.Select(i => Scaled(m.Map.Name, i))]
                )
            ))
        );

        torch.Tensor Scaled(string map, int i) =>
            tensors.TryGetValue(S(map, i), out var s) ? tensors[H(map, i)].mul(s) : tensors[H(map, i)];
    }

    /// <summary>P_i = s_i H_i of the trained heads: the scale is folded in.</summary>
    public override LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        var scales = Ranks.SelectMany(m => Heads.Select(i => (H: H(m.Map.Name, i), S: S(m.Map.Name, i))));
        var folded = scales
            .Where(n => end.Trained.ContainsKey(n.S))
            .Aggregate(end.Trained, (all, n) => all.With(n.H, Factors.Scaled(all[n.H], all[n.S].Floats[0])));
        return LocalUpdate.Of(folded.Where(work.Plan.Trained.Contains));
    }

    /// <summary>H_i ← Σ p_c P_{c,i} / Σ p_c over those who trained head i.</summary>
    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        var rule = Context.Settings.Choice(CommonSettings.Weights);
        return state with { Global = PartialMean.Of(state.Global, contributions, rule) };
    }

    /// <summary>Pairs of rank h r: A = the A_i one below the other, B = the B_i H_i side by side.</summary>
    public override IReadOnlyList<LoraPair> Export(TensorSet global)
    {
        ArgumentNullException.ThrowIfNull(global);
        var bases = Bases.Tensors;
        return
        [
            .. Ranks
                .Select(m => m.Map.Name)
                .Select(map =>
                    SquareCore.Pair(
                        map,
                        bases[RavanBases.A(map)],
                        bases[RavanBases.B(map)],
                        [.. Heads.Select(i => global[H(map, i)])]
                    )
                ),
        ];
    }

    /// <inheritdoc />
    public override string? Refuses(MethodOption option) =>
        option switch
        {
            MethodOption.EncodedUpload => "it sends s H of the heads it chose, which is no change of what it got",
            MethodOption.RobustProducts => "clients send cores H between common bases; their own distances are those to take",
            MethodOption.ControlVariates =>
                "it sends s H of the heads it chose, and control variates are those of every number trained",
            _ => base.Refuses(option),
        };
}
