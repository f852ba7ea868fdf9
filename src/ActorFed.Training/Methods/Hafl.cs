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

/// <summary>HAFL: each client trains the most important rank-1 components that its budget allows; each component is averaged by itself.</summary>
/// <remarks>
/// B A = Σ_i b_i a_iᵀ; m_k = budget · lora.rank rounded, the same number in every map; S_k = the m_k components of the highest score, but each
/// place goes to a random other one with probability hafl.explore. Truncation: the client gets and uses S_k alone. Freezing: it has all
/// components, and those outside S_k are constants: no gradient, no step, no momentum. Adaptive aggregation:
/// b_i ← Σ_{k: i ∈ S_k} p_k b_{k,i} / Σ p_k, a_i and scores likewise; a component that nobody trained stays. Zero-padding divides by
/// everybody's weight. Scores: <see cref="HaflImportance"/>; its Ī and Ū live on the client. Equal scores, as all are at first, are ordered by
/// chance. Upload m_k (in + out) a map, and m_k indices and scores as metadata; or the change in blocks of 8 or 4 bits (HAFLQ).
/// Source: Su et al. 2024 (https://arxiv.org/abs/2411.06581): its abstract; what that leaves open is a setting.
/// </remarks>
public sealed class Hafl : FederatedMethod
{
    private const string Mode = "hafl.mode";
    private const string ScoreBy = "hafl.score";
    private const string Beta1 = "hafl.beta1";
    private const string Beta2 = "hafl.beta2";
    private const string Explore = "hafl.explore";
    private const string Aggregation = "hafl.aggregation";
    private const string Select = "hafl.select";
    private const string Decay = "hafl.decay";
    private const string Quantise = "hafl.upload";
    private const string Block = "hafl.block";
    private const string Count = "components";
    private const string FrozenA = ".frozen_A";
    private const string FrozenB = ".frozen_B";

    private readonly LoraShape _lora;
    private readonly HaflUpload _upload;
    private readonly HaflMemory _memory;

    /// <exception cref="ArgumentException">Modes that cannot be combined.</exception>
    public Hafl(MethodContext context)
        : base(context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _lora = context.Lora();
        _memory = new(_lora.Rank);
        var bits = context.Settings.Choice(Quantise) switch
        {
            "int8" => 8,
            "int4" => 4,
            _ => 32,
        };
        _upload = new(bits, (int)context.Settings.Whole(Block));
        ThrowUnlessCombined(context.Settings);
    }

    /// <summary>Its settings.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Choice(
            Mode,
            ["freezing", "truncation"],
            "Whether components beyond a client's budget are there and frozen, or not there."
        ),
        SettingSpec.Choice(ScoreBy, ["smoothed", "uncertainty"], "Smoothed sensitivity, or that times its smoothed deviation."),
        SettingSpec.Number(Beta1, 0.85, 0, 0.9999, "", "How long sensitivity is remembered."),
        SettingSpec.Number(Beta2, 0.85, 0, 0.9999, "", "How long its deviation is remembered."),
        SettingSpec.Number(
            Explore,
            0.1,
            0,
            1,
            "",
            "Probability that a place goes to a random component instead of the next best."
        ),
        SettingSpec.Choice(
            Aggregation,
            ["adaptive", "zero-padding"],
            "Mean of a component over those who trained it, or over everybody with zeros."
        ),
        SettingSpec.Choice(
            Select,
            ["global", "client"],
            "Whose scores choose: the server's, or in freezing mode the client's own."
        ),
        SettingSpec.Number(Decay, 1, 0, 1, "", "What a score that nobody refreshed is multiplied by each round."),
        SettingSpec.Choice(Quantise, ["float32", "int8", "int4"], "How components are sent: whole, or their change in blocks."),
        SettingSpec.Whole(Block, 64, 8, 4096, "", "Numbers that share a scale where the upload is quantised."),
    ];

    /// <inheritdoc />
    public override string Name => "hafl";

    private bool Freezes => Context.Settings.Choice(Mode) == "freezing";

    private bool WithSpread => Context.Settings.Choice(ScoreBy) == "uncertainty";

    /// <summary>B = 0, A by the seed, head = 0, every score 0.</summary>
    public override ServerState Initialise() =>
        new(
            _lora.Initialise(Context.Seed).With(Head),
            TensorSet.Of(_lora.Maps.Select(m => KeyValuePair.Create(Scores(m.Name), TensorValue.Zeros(_lora.Rank))))
        );

    /// <summary>All components or those of S_k, and which to train.</summary>
    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(client);
        var count = _lora.RankAt(client.Budget);
        var chosen = _lora.Maps.ToImmutableSortedDictionary(
            m => m.Name,
            m => Choose(state.Memory[Scores(m.Name)].Floats, count, m.Name, round, client.Client),
            StringComparer.Ordinal
        );
        var download = Freezes ? state.Global : state.Global.With(Picked(state.Global, chosen));
        var work = Assignment(download, download.Keys.Where(n => TrainsHead || !IsHead(n)));
        var head = work.Plan.Trained.Where(IsHead).Sum(n => (long)download[n].Bytes.Length);
        var bytes = head + _lora.Maps.Sum(m => _upload.Bytes(m, count) + (count * (sizeof(int) + (long)sizeof(float))));
        return new(download, Planned(work.Plan, count, chosen), bytes)
        {
            // Exactly this much, but of fewer components than were sent out.
            LeastUploadBytes = bytes,
        };
    }

    /// <summary>The components of S_k as trained tensors, the others, where it has them, as constants.</summary>
    public override LocalStart Personalise(LocalWork work, IGradientProbe probe)
    {
        ArgumentNullException.ThrowIfNull(work);
        var chosen = _lora.Maps.ToImmutableSortedDictionary(m => m.Name, m => Chosen(work, m.Name), StringComparer.Ordinal);
        var tensors = Freezes ? work.Start.With(Picked(work.Start, chosen)).With(Rest(work.Start, chosen)) : work.Start;
        return new(
            tensors.With(
                TensorSet.Of(chosen.Select(c => KeyValuePair.Create(Indices(c.Key), TensorValue.Wholes(c.Value.AsSpan()))))
            ),
            work.Plan.Trained
        );
    }

    /// <summary>Delta(x) = (alpha / lora.rank) x Aᵀ Bᵀ over trained and frozen components.</summary>
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new(
            _lora.Maps.Select(m =>
            {
                var trained = new LowRankDelta(tensors[LoraNames.A(m.Name)], tensors[LoraNames.B(m.Name)], _lora.Scale);
                IMapDelta delta = tensors.TryGetValue(m.Name + FrozenA, out var a)
                    ? new SumDelta(new LowRankDelta(a, tensors[m.Name + FrozenB], _lora.Scale), trained)
                    : trained;
                return KeyValuePair.Create(m.Name, delta);
            })
        );
    }

    /// <summary>Watches the sensitivity of what is trained.</summary>
    public override ILocalObjective Objective(LocalWork work, LocalStart start)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(start);
        var known = _lora.Maps.Select(m => HaflMemory.Of(_memory.Kept(work, m), m.Name, Read(start.Tensors[Indices(m.Name)])));
        return new HaflImportance(
            Context.Settings.Number(Beta1),
            Context.Settings.Number(Beta2),
            [.. _lora.Maps.SelectMany(m => new[] { LoraNames.A(m.Name), LoraNames.B(m.Name) })],
            known.Aggregate(TensorSet.Empty, (all, own) => all.With(own))
        );
    }

    /// <summary>Components, their indices and scores leave; the sensitivities of all components stay.</summary>
    public override LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(end);
        var seen = ((HaflImportance)end.Objective).Values();
        var sent = _lora.Maps.SelectMany(m =>
            _upload
                .Pack(m.Name, start.Tensors, end.Trained)
                .Append(new(Indices(m.Name), start.Tensors[Indices(m.Name)]))
                .Append(new(Sent(m.Name), Scored(seen, m.Name)))
        );
        var kept = _lora.Maps.Select(m =>
            _memory.Back(_memory.Kept(work, m), seen, m.Name, Read(start.Tensors[Indices(m.Name)]))
        );
        var update = LocalUpdate.Of(end.Trained.Where(IsHead).With(TensorSet.Of(sent)));
        return update with { Personal = kept.Aggregate(TensorSet.Empty, (all, own) => all.With(own)) };
    }

    /// <summary>Each component's mean over those who trained it, and its score.</summary>
    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        var weights = ClientWeights.Of(contributions, Context.Settings.Choice(CommonSettings.Weights));
        Contribution[] whole = [.. contributions.Select(c => c with { Upload = Unpacked(c, state.Global) })];
        var uploads = LowRankUploads.Ordered(whole, weights, _lora.Maps);
        var padded = Context.Settings.Choice(Aggregation) == "zero-padding";
        var (global, memory) = (state.Global.With(LowRankUploads.HeadMean(whole, weights)), state.Memory);
        foreach (var map in _lora.Maps.Select(m => m.Name))
        {
            var parts = uploads
                .Select(u => new Components(u.Weight, Read(u.Contribution.Upload[Indices(map)]), u.A(map), u.B(map)))
                .ToList();
            var scores = parts.Zip(uploads, (p, u) => (p, u.Contribution.Upload[Sent(map)])).ToList();
            global = global.With(TensorSet.Of(ComponentMean.Of(map, state.Global, parts, padded)));
            var now = ComponentMean.Scores(memory[Scores(map)].Floats, scores, Context.Settings.Number(Decay));
            memory = memory.With(Scores(map), TensorValue.Of(now, _lora.Rank));
        }

        return new(global, memory);
    }

    /// <inheritdoc />
    public override IReadOnlyList<LoraPair> Export(TensorSet global) => LoraPair.Of(global, _lora.Scale);

    /// <inheritdoc />
    public override string? Refuses(MethodOption option) =>
        option switch
        {
            MethodOption.EncodedUpload => "it has an encoding of its own for its components (hafl.upload)",
            MethodOption.Proximal => null,
            MethodOption.ControlVariates => "clients train other components in every round",
            MethodOption.ServerOptimiser => "moments would move components that nobody trained",
            _ => "clients send different components in the same rows",
        };

    private static string Scores(string map) => "scores." + map;

    private static string Indices(string map) => $"{TensorSet.MetaPrefix}components.{map}";

    private static string Sent(string map) => $"{TensorSet.MetaPrefix}scores.{map}";

    // The best by score, ties by chance; then each place is given to another one with the probability of exploring.
    private ImmutableArray<int> Choose(ReadOnlySpan<float> scores, int count, string map, RoundId round, ClientId client)
    {
        var chance = SeededRandom.For(Context.Seed, "hafl", map, round.Number, client.Value);
        var (order, values) = (chance.Permutation(_lora.Rank), scores.ToArray());
        int[] ranked = [.. order.OrderByDescending(i => values[i])]; // stable: equal scores keep the order of chance
        var wanted = Enumerable.Range(0, count).Count(_ => chance.NextBool(Context.Settings.Number(Explore)));
        var explored = Math.Min(wanted, _lora.Rank - count);
        var others = ranked[count..];
        var drawn = chance.Sample(others.Length, explored).Select(i => others[i]);
        return [.. ranked.Take(count - explored).Concat(drawn).Order()];
    }

    private LocalPlan Planned(LocalPlan plan, int count, ImmutableSortedDictionary<string, ImmutableArray<int>> chosen) =>
        plan with
        {
            Numbers = plan.Numbers.Add(Count, count),
            Indices = Context.Settings.Choice(Select) == "client" ? plan.Indices : chosen,
        };

    private ImmutableArray<int> Chosen(LocalWork work, string map)
    {
        if (work.Plan.Indices.TryGetValue(map, out var said))
        {
            return said;
        }

        var scores = work.Personal is { } own ? HaflImportance.Scores(own, map, WithSpread) : new float[_lora.Rank];
        return Choose(scores, (int)work.Plan.Numbers[Count], map, work.Round, work.Client);
    }

    private static TensorSet Picked(TensorSet all, ImmutableSortedDictionary<string, ImmutableArray<int>> chosen) =>
        TensorSet.Of(
            chosen.SelectMany(c =>
                new KeyValuePair<string, TensorValue>[]
                {
                    new(LoraNames.A(c.Key), Factors.Rows(all[LoraNames.A(c.Key)], c.Value)),
                    new(LoraNames.B(c.Key), Factors.Columns(all[LoraNames.B(c.Key)], c.Value)),
                }
            )
        );

    private TensorSet Rest(TensorSet all, ImmutableSortedDictionary<string, ImmutableArray<int>> chosen) =>
        TensorSet.Of(
            chosen
                .Where(c => c.Value.Length < _lora.Rank)
                .SelectMany(c =>
                {
                    int[] others = [.. Enumerable.Range(0, _lora.Rank).Except(c.Value)];
                    return new KeyValuePair<string, TensorValue>[]
                    {
                        new(c.Key + FrozenA, Factors.Rows(all[LoraNames.A(c.Key)], others)),
                        new(c.Key + FrozenB, Factors.Columns(all[LoraNames.B(c.Key)], others)),
                    };
                })
        );

    private TensorValue Scored(TensorSet seen, string map)
    {
        var scores = HaflImportance.Scores(seen, map, WithSpread);
        return TensorValue.Of(scores, scores.Length);
    }

    private TensorSet Unpacked(Contribution contribution, TensorSet global)
    {
        var chosen = _lora.Maps.ToImmutableSortedDictionary(
            m => m.Name,
            m => Checked(contribution, m.Name).ToImmutableArray(),
            StringComparer.Ordinal
        );
        var before = Picked(global, chosen);
        return contribution.Upload.With(TensorSet.Of(_lora.Maps.SelectMany(m => _upload.Unpack(m, before, contribution.Upload))));
    }

    private int[] Checked(Contribution contribution, string map)
    {
        if (
            !contribution.Upload.TryGetValue(Indices(map), out var indices)
            || !contribution.Upload.TryGetValue(Sent(map), out var scores)
            || indices.Type != ElementType.I32
            || scores.Count != indices.Count
        )
        {
            throw new ArgumentException(
                $"{contribution.Client} did not say which components of {map} it sent, with their scores."
            );
        }

        var chosen = Read(indices);
        var isAscending = chosen.Zip(chosen.Skip(1)).All(p => p.First < p.Second);
        return isAscending && chosen.Length > 0 && chosen[0] >= 0 && chosen[^1] < _lora.Rank
            ? chosen
            : throw new ArgumentException(
                $"{contribution.Client} sent the components {string.Join(", ", chosen)} of {map}: ascending numbers below {_lora.Rank} were expected."
            );
    }

    private static int[] Read(TensorValue indices) => MemoryMarshal.Cast<byte, int>(indices.Bytes.Span).ToArray();

    private static void ThrowUnlessCombined(SettingValues settings)
    {
        if (settings.Choice(Mode) == "freezing" && settings.Choice(Aggregation) == "zero-padding")
        {
            throw new ArgumentException(
                $"{Aggregation}: zero-padding needs {Mode} = truncation; a frozen component is there, so nothing is to be padded."
            );
        }

        if (settings.Choice(Mode) == "truncation" && settings.Choice(Select) == "client")
        {
            throw new ArgumentException(
                $"{Select}: client needs {Mode} = freezing; a client cannot choose among components that it was not sent."
            );
        }
    }
}
