using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>FFA-LoRA: A is frozen at a start that all share, B alone is trained and averaged.</summary>
/// <remarks>
/// W = W0 + s B A; A from the seed, never sent; B = 0 at the start, B ← Σ p_k B_k. Exact: Σ p_k s B_k A = s (Σ p_k B_k) A.
/// Upload r out a map, so at the budget N = r_lora (in + out) the rank is r = N / out. s = lora.alpha / lora.rank, as FedIT's.
/// Source: Sun et al., ICLR 2024 (https://arxiv.org/abs/2403.12313).
/// </remarks>
public sealed class FfaLora : FrozenBasisMethod
{
    private const string RankKey = "ffa-lora.rank";
    private readonly double _scale;

    /// <exception cref="ArgumentException">A pattern names no map, or the rank exceeds a map's smaller side.</exception>
    public FfaLora(MethodContext context)
        : base(context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var lora = context.Lora();
        var rank = context.Settings.Whole(RankKey);
        _scale = lora.Scale;
        Ranks = BudgetRanks.Of(lora, rank, (map, r) => (long)r * map.Out);
        SquareCore.ThrowUnlessFits(RankKey, Ranks);
        Bases = new(() => Pick(LoraNames.A));
        Start = Pick(LoraNames.B);

        TensorSet Pick(Func<string, string> factor) =>
            TensorSet.Of(
                Ranks
                    .Select(m => (m.Map, Factors: (lora with { Maps = [m.Map], Rank = m.Rank }).Initialise(context.Seed)))
                    .Select(m => new KeyValuePair<string, TensorValue>(factor(m.Map.Name), m.Factors[factor(m.Map.Name)]))
            );
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
            "Rank of the adapter; 0 for as many trained numbers as LoRA of lora.rank has (twice the rank where in = out)."
        ),
    ];

    /// <inheritdoc />
    public override string Name => "ffa-lora";

    /// <summary>The rank of each map.</summary>
    public ImmutableArray<RankedMap> Ranks { get; }

    /// <summary>The A of all maps.</summary>
    protected override FrozenBases Bases { get; }

    /// <summary>B = 0.</summary>
    protected override TensorSet Start { get; }

    /// <summary>Delta(x) = s x Aᵀ Bᵀ.</summary>
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new(
            Ranks.Select(m => new KeyValuePair<string, IMapDelta>(
                m.Map.Name,
                new LowRankDelta(tensors[LoraNames.A(m.Map.Name)], tensors[LoraNames.B(m.Map.Name)], _scale)
            ))
        );
    }

    /// <inheritdoc />
    public override IReadOnlyList<LoraPair> Export(TensorSet global) => LoraPair.Of(Expand(global), _scale);

    /// <inheritdoc />
    public override string? Refuses(MethodOption option) =>
        option == MethodOption.RobustProducts
            ? "A is the same for all and never sent; distances between the B are those to take"
            : base.Refuses(option);
}
