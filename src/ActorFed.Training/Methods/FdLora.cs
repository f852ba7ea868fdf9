using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ActorFed.Training.Aggregation;
using ActorFed.Training.Chance;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>FDLoRA: a personal LoRA θ_p on each client, a global one θ_s between them, and a fusion of both at the end.</summary>
/// <remarks>
/// <para>Stage 1 (fdlora.stage1-rounds rounds, every client is asked): client i trains θ_p(i) alone from the shared start. With fdlora.start =
/// mean the last of these rounds sends θ_p(i) once and θ_s = Σ p_i θ_p(i); with shared, θ_s is the shared start and nothing leaves.</para>
/// <para>Stage 2, a round: θ_s(i) ← θ_s, S inner steps (AdamW, fresh); every H-th time θ_p(i) ← θ_s(i); θ_s(i) is sent.
/// D = θ_s - Σ p_i θ_s(i); v ← μ v + D; θ_s ← θ_s - η (D + μ v) (Nesterov). The head is averaged, as in every method (fdlora.outer-head).</para>
/// <para>Stage 3, after the last round, on the client: A = w₁ A_p + w₂ A_s, B = w₁ B_p + w₂ B_s (product) or ΔW = w₁ B_p A_p + w₂ B_s A_s (sum),
/// the head by |w₁| : |w₂|; the weights by <see cref="AdaFusion"/> on a few held-out examples.</para>
/// <para>Factors are averaged one by one: FedIT's error of aggregation is FDLoRA's too. Upload r (in + out) a map and round, and once θ_p.
/// Source: Qi et al. 2024 (https://arxiv.org/abs/2406.07925), algorithm 1; what its print leaves open is in docs/methods.md.</para>
/// </remarks>
public sealed class FdLora(MethodContext context) : FederatedMethod(context)
{
    private const string Velocity = "fdlora.v.";
    private const string Times = "meta.fdlora.times";

    private readonly LoraShape _lora = context.Lora();

    /// <summary>Its settings.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Whole(
            "fdlora.stage1-rounds",
            1,
            0,
            10_000,
            "rounds",
            "First rounds, in which every client trains its personal module alone; they count as rounds of the run."
        ),
        SettingSpec.Choice(
            "fdlora.start",
            ["mean", "shared"],
            "The global module after stage 1: the mean of the personal ones, which leave their clients once for it, or the shared start."
        ),
        SettingSpec.Whole(
            "fdlora.sync",
            10,
            0,
            1_000_000,
            "times",
            "H: a client's personal module becomes its global one every H times; 0 for never."
        ),
        SettingSpec.Choice(
            "fdlora.sync-counts",
            ["participations", "rounds"],
            "What H counts: the rounds of stage 2 in which the client took part, or all of them."
        ),
        SettingSpec.Choice(
            "fdlora.sync-when",
            ["multiples", "printed"],
            "At multiples of H, as the paper's comment says, or at all times but these, as its line 9 is printed."
        ),
        SettingSpec.Number("fdlora.outer-rate", 0.7, 0.0001, 10, "", "Rate of the outer Nesterov step."),
        SettingSpec.Number("fdlora.outer-momentum", 0.9, 0, 0.999, "", "Its momentum."),
        SettingSpec.Flag("fdlora.outer-head", false, "Whether the head too takes the outer step instead of the mean."),
        SettingSpec.Choice(
            "fdlora.fusion",
            ["product", "sum"],
            "Fused factors whose product is taken, or a sum of two products."
        ),
        SettingSpec.Whole(
            "fdlora.fusion-evaluations",
            40,
            4,
            10_000,
            "evaluations",
            "Weights tried in the search on the few-shot examples."
        ),
        SettingSpec.Number("fdlora.fusion-penalty", 0.05, 0, 10, "", "Penalty on the mean size of the two weights, in nats."),
    ];

    /// <inheritdoc />
    public override string Name => "fdlora";

    private SettingValues Settings => Context.Settings;

    // The ridge round stands before all others.
    private int Before => Settings.Choice(CommonSettings.HeadInit) == "ridge" ? 1 : 0;

    private int LastAlone => Before + Settings.Whole("fdlora.stage1-rounds");

    /// <summary>B = 0, A by the seed, head = 0.</summary>
    public override ServerState Initialise() => new(_lora.Initialise(Context.Seed).With(Head), TensorSet.Empty);

    /// <summary>Stage 1 asks every client.</summary>
    public override bool InvitesEverybody(RoundId round) => IsAlone(round);

    /// <summary>The global module; in stage 1 it comes back only where its mean is wanted.</summary>
    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        var given = base.Assign(state, client, round);
        return Sends(round) ? given : given with { UploadBytes = 0 };
    }

    /// <summary>Stage 1 goes on from the personal module, stage 2 from the global one.</summary>
    public override LocalStart Personalise(LocalWork work, IGradientProbe probe)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new(IsAlone(work.Round) ? Module(work.Start, work.Personal) : work.Start, work.Plan.Trained);
    }

    /// <inheritdoc />
    public override LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(end);
        var upload = Sends(work.Round) ? end.Trained : TensorSet.Empty;
        if (IsAlone(work.Round))
        {
            return LocalUpdate.Of(upload) with { Personal = end.Trained };
        }

        var times = 1 + (work.Personal is { } kept && kept.TryGetValue(Times, out var count) ? (int)count.Floats[0] : 0);
        var module = Syncs(times, work.Round) ? end.Trained : work.Personal ?? TensorSet.Empty;
        return LocalUpdate.Of(upload) with { Personal = module.With(Times, TensorValue.Of([times], 1)) };
    }

    /// <summary>θ_s(0) = Σ p_i θ_p(i) after stage 1; the outer step after a round of stage 2.</summary>
    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (IsAlone(round))
        {
            return Sends(round) ? base.Aggregate(state, round, contributions) : state;
        }

        var mean = WeightedMean.Of(contributions, ClientWeights.Of(contributions, Settings.Choice(CommonSettings.Weights)));
        var (global, memory) = (state.Global.With(mean), state.Memory);
        foreach (var name in mean.Keys.Where(n => !IsHead(n) || Settings.Flag("fdlora.outer-head")))
        {
            var v = memory.TryGetValue(Velocity + name, out var old) ? old.Floats.ToArray() : new float[mean[name].Count];
            global = global.With(name, Outer(state.Global[name], mean[name], v));
            memory = memory.With(Velocity + name, TensorValue.Of(v, mean[name].Shape.AsSpan()));
        }

        return new(global, memory);
    }

    /// <summary>Delta(x) = (alpha/r) x Aᵀ Bᵀ.</summary>
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan) =>
        new(
            _lora.Maps.Select(m => new KeyValuePair<string, IMapDelta>(
                m.Name,
                new LowRankDelta(tensors[LoraNames.A(m.Name)], tensors[LoraNames.B(m.Name)], _lora.Scale)
            ))
        );

    /// <inheritdoc />
    public override IReadOnlyList<LoraPair> Export(TensorSet global) => LoraPair.Of(global, _lora.Scale);

    /// <summary>The global module, the personal one where there is one, and with few-shot examples the fusion of both.</summary>
    public override IReadOnlyList<ClientModel> Finish(ClientEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        var models = base.Finish(end).ToList();
        if (end.Personal is not { } kept || !kept.Keys.Any(n => n != Times))
        {
            return models;
        }

        var personal = Module(end.Global, kept);
        models.Add(ClientModel.Of("personal", personal));
        if (end.FewShotLoss is { } judge)
        {
            models.Add(Fused(end, personal, judge));
        }

        return models;
    }

    /// <inheritdoc />
    public override string? Refuses(MethodOption option) =>
        option switch
        {
            MethodOption.EncodedUpload => "between two exchanges a client sends nothing",
            MethodOption.EncodedDownload => "between two exchanges a client goes on from what it has",
            MethodOption.ServerOptimiser =>
                "its outer Nesterov step is the server's optimiser (fdlora.outer-rate, fdlora.outer-momentum)",
            MethodOption.ControlVariates => "its inner optimiser is AdamW, and its personal module is trained without the others",
            _ => base.Refuses(option),
        };

    /// <summary>The fused module at weights w₁ (personal) and w₂ (global).</summary>
    internal TensorSet Fuse(TensorSet personal, TensorSet global, double w1, double w2)
    {
        var share = w1 == 0 && w2 == 0 ? 0 : Math.Abs(w1) / (Math.Abs(w1) + Math.Abs(w2));
        var stack = Settings.Choice("fdlora.fusion") == "sum";
        return TensorSet.Of(
            global.Select(t =>
                KeyValuePair.Create(
                    t.Key,
                    IsHead(t.Key) ? Mix(personal[t.Key], t.Value, share, 1 - share)
                        : !stack ? Mix(personal[t.Key], t.Value, w1, w2)
                        : LoraNames.MapOfA(t.Key) is null
                            ? Factors.StackColumns([Factors.Scaled(personal[t.Key], w1), Factors.Scaled(t.Value, w2)])
                        : Factors.StackRows([personal[t.Key], t.Value])
                )
            )
        );
    }

    private bool IsAlone(RoundId round) => round.Number <= LastAlone;

    private bool Sends(RoundId round) =>
        !IsAlone(round) || (round.Number == LastAlone && Settings.Choice("fdlora.start") == "mean");

    private bool Syncs(int times, RoundId round)
    {
        var every = Settings.Whole("fdlora.sync");
        var t = Settings.Choice("fdlora.sync-counts") == "rounds" ? round.Number - LastAlone : times;
        return every > 0 && (t % every == 0) == (Settings.Choice("fdlora.sync-when") == "multiples");
    }

    private ClientModel Fused(ClientEnd end, TensorSet personal, Func<TensorSet, double> judge)
    {
        var fusion = AdaFusion.Search(
            (w1, w2) => judge(Fuse(personal, end.Global, w1, w2)),
            Settings.Whole("fdlora.fusion-evaluations"),
            Settings.Number("fdlora.fusion-penalty"),
            SeededRandom.For(Context.Seed, "ada-fusion", end.Client.Value)
        );
        var metrics = ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal,
            [
                KeyValuePair.Create("w1", fusion.Personal),
                KeyValuePair.Create("w2", fusion.Global),
                KeyValuePair.Create("fewShotLoss", fusion.Loss),
                KeyValuePair.Create("fewShotLossPersonal", fusion.PersonalLoss),
                KeyValuePair.Create("fewShotLossGlobal", fusion.GlobalLoss),
            ]
        );
        return new("fused", Fuse(personal, end.Global, fusion.Personal, fusion.Global), metrics);
    }

    // What a client keeps, on what everybody has.
    private static TensorSet Module(TensorSet shared, TensorSet? kept) =>
        kept is null ? shared : shared.With(kept.Where(n => n != Times));

    // θ - η (D + μ v) with v ← μ v + D.
    private TensorValue Outer(TensorValue before, TensorValue mean, float[] v)
    {
        var (rate, momentum) = (Settings.Number("fdlora.outer-rate"), Settings.Number("fdlora.outer-momentum"));
        var values = new float[v.Length];
        for (var i = 0; i < v.Length; i++)
        {
            var d = (double)before.Floats[i] - mean.Floats[i];
            v[i] = (float)((momentum * v[i]) + d);
            values[i] = (float)(before.Floats[i] - (rate * (d + (momentum * v[i]))));
        }

        return TensorValue.Of(values, before.Shape.AsSpan());
    }

    private static TensorValue Mix(TensorValue personal, TensorValue global, double w1, double w2)
    {
        var values = new float[global.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)((w1 * personal.Floats[i]) + (w2 * global.Floats[i]));
        }

        return TensorValue.Of(values, global.Shape.AsSpan());
    }
}
