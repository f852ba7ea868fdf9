using System.Collections.Immutable;
using ActorFed.Training.Chance;
using ActorFed.Training.Encoding;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;

namespace ActorFed.Training.Lora;

/// <summary>How the factor A begins.</summary>
public enum LoraStart
{
    /// <summary>Uniform in ±1/sqrt(in): Kaiming with a = sqrt 5, PEFT's choice.</summary>
    Kaiming = 1,

    /// <summary>N(0, sigma²), the LoRA paper's choice.</summary>
    Normal = 2,
}

/// <summary>Which maps are adapted, and how: W = W0 + (alpha / rank) B A.</summary>
/// <remarks>Source: Hu et al. 2021 (https://arxiv.org/abs/2106.09685), section 4.1.</remarks>
/// <param name="Maps">The adapted maps.</param>
/// <param name="Rank">Columns of B and rows of A; at least 1.</param>
/// <param name="Alpha">Numerator of the scale.</param>
/// <param name="Start">How A begins; B begins at zero, so that training begins at the pretrained model.</param>
/// <param name="Sigma">Standard deviation of the normal start.</param>
public sealed record LoraShape(ImmutableArray<LinearMap> Maps, int Rank, double Alpha, LoraStart Start, double Sigma)
{
    /// <summary>The settings that it is read from.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Texts(
            "lora.targets",
            "layers.*.attention.{q,v}",
            "Patterns of the linear maps to adapt: * for anything but a dot, {a,b} for either."
        ),
        SettingSpec.Whole("lora.rank", 8, 1, 512, "", "Rank of every adapter, at full budget."),
        SettingSpec.Number("lora.alpha", 16, 0.001, 10_000, "", "The scale of an adapter is alpha / rank."),
        SettingSpec.Choice(
            "lora.init",
            ["kaiming", "normal"],
            "How A begins: uniform in ±1/sqrt(in), or normal with lora.sigma."
        ),
        SettingSpec.Number("lora.sigma", 0.02, 1e-6, 10, "", "Standard deviation of A's normal start."),
    ];

    /// <summary>alpha / rank.</summary>
    public double Scale => Alpha / Rank;

    /// <summary>Trained numbers: rank (in + out) over all maps.</summary>
    public long Parameters => Maps.Sum(m => (long)Rank * (m.In + m.Out));

    /// <summary>Reads the settings against a model's maps.</summary>
    /// <exception cref="ArgumentException">A pattern names no map, or the rank exceeds a map's width.</exception>
    public static LoraShape Of(ImmutableArray<LinearMap> maps, SettingValues settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var shape = new LoraShape(
            MapPatterns.Select(maps, settings.List("lora.targets")),
            settings.Whole("lora.rank"),
            settings.Number("lora.alpha"),
            settings.Choice("lora.init") == "normal" ? LoraStart.Normal : LoraStart.Kaiming,
            settings.Number("lora.sigma")
        );
        var narrow = shape.Maps.FirstOrDefault(m => Math.Min(m.In, m.Out) < shape.Rank);
        return narrow is null
            ? shape
            : throw new ArgumentException(
                $"lora.rank: {shape.Rank} exceeds the smaller side of {narrow.Name} [{narrow.Out}, {narrow.In}]."
            );
    }

    /// <summary>The factors before the first round: A by the seed, the same bits on every node, B zero.</summary>
    public TensorSet Initialise(long seed) =>
        TensorSet.Of(
            Maps.SelectMany(m =>
                new KeyValuePair<string, TensorValue>[]
                {
                    new(LoraNames.A(m.Name), DrawA(m, seed)),
                    new(LoraNames.B(m.Name), TensorValue.Zeros(m.Out, Rank)),
                }
            )
        );

    /// <summary>The rank of a client that can train this share of the adapter: rounded to the nearest, at least 1.</summary>
    public int RankAt(double budget) => Math.Max(1, (int)Math.Floor((budget * Rank) + 0.5));

    /// <summary>A map's A before the first round, [rank, in]: the same bits on every node.</summary>
    internal TensorValue DrawA(LinearMap map, long seed) => DrawA(map, Rank, SeededRandom.For(seed, "lora-a", map.Name));

    /// <summary>An A of another rank, from a generator of its own.</summary>
    internal TensorValue DrawA(LinearMap map, int rank, SeededRandom chance)
    {
        var bound = 1 / Math.Sqrt(map.In);
        var values = new float[rank * map.In];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(
                Start == LoraStart.Normal ? chance.NextNormal(0, Sigma) : bound * ((2 * chance.NextDouble()) - 1)
            );
        }

        return TensorValue.Of(values, rank, map.In);
    }
}
