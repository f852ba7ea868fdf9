using System.Collections.Immutable;
using ActorFed.Training.Chance;
using ActorFed.Training.Encoding;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;

namespace ActorFed.Training.Methods;

/// <summary>Ravan's frozen bases B_i [out, r] and A_i [r, in], i = 1..h, by the paper's four rules (section "Initialisation", table 4).</summary>
/// <remarks>
/// random-normal: B_i ~ N(0, σ_B²), A_i ~ N(0, σ_A²), all independent. gram-schmidt: the columns of [B_1 ... B_h] orthonormal, and the rows
/// of the stacked A_i. constant: B_i = B_1, A_i = A_1. shared-subspace: B_i = M R_i, A_i = R_i N, M and N normal, R_i a random orthogonal
/// matrix (the paper says invertible). The paper gives no σ: 0 stands for 1/sqrt(out) and 1/sqrt(in), where ‖B_i H A_i‖ is about ‖H‖ in
/// all four, so that one learning rate fits them.
/// </remarks>
/// <param name="Init">One of the four names.</param>
/// <param name="Heads">h.</param>
/// <param name="SigmaB">σ_B; 0 for 1/sqrt(out).</param>
/// <param name="SigmaA">σ_A; 0 for 1/sqrt(in).</param>
public sealed record RavanBases(string Init, int Heads, double SigmaB, double SigmaA)
{
    private const string GramSchmidt = "gram-schmidt";

    /// <summary>The settings that it is read from.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Whole("ravan.heads", 4, 1, 256, "", "Heads h of every adapter: W0 + sum of s_i B_i H_i A_i."),
        SettingSpec.Choice(
            "ravan.init",
            ["random-normal", GramSchmidt, "constant", "shared-subspace"],
            "How the frozen bases are drawn; gram-schmidt needs rank times heads to be at most the smaller side of a map."
        ),
        SettingSpec.Number("ravan.sigma-b", 0, 0, 100, "", "Standard deviation of the normal bases B; 0 for 1/sqrt(out)."),
        SettingSpec.Number("ravan.sigma-a", 0, 0, 100, "", "Standard deviation of the normal bases A; 0 for 1/sqrt(in)."),
    ];

    /// <summary>Reads the settings.</summary>
    public static RavanBases Of(SettingValues settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            settings.Choice("ravan.init"),
            settings.Whole("ravan.heads"),
            settings.Number("ravan.sigma-b"),
            settings.Number("ravan.sigma-a")
        );
    }

    /// <summary>The name of a map's A_i, one below the other: [h r, in].</summary>
    public static string A(string map) => map + ".ravan_A";

    /// <summary>The name of a map's B_i, side by side: [out, h r].</summary>
    public static string B(string map) => map + ".ravan_B";

    /// <exception cref="ArgumentException">A map without a rank, or one that has no room for h orthogonal bases of its rank.</exception>
    public void ThrowUnlessFits(IEnumerable<RankedMap> ranks)
    {
        foreach (var (map, rank) in ranks)
        {
            if (rank < 1)
            {
                throw new ArgumentException(
                    $"ravan.heads: {Heads} heads leave no rank for {map.Name} within lora.rank's budget."
                );
            }

            if (Init == GramSchmidt && rank * Heads > Math.Min(map.In, map.Out))
            {
                throw new ArgumentException(
                    $"ravan.init: gram-schmidt needs rank x heads = {rank} x {Heads} at most the smaller side of "
                        + $"{map.Name} [{map.Out}, {map.In}]. Take fewer heads, a smaller rank, or random-normal."
                );
            }
        }
    }

    /// <summary>The bases of all maps by the seed.</summary>
    public TensorSet Draw(IEnumerable<RankedMap> ranks, long seed) => TensorSet.Of(ranks.SelectMany(m => Draw(m, seed)));

    private KeyValuePair<string, TensorValue>[] Draw(RankedMap ranked, long seed)
    {
        var ((name, from, to), all) = (ranked.Map, ranked.Rank * Heads);
        // B is drawn transposed: one basis vector a row, as in A.
        var b = Vectors(SeededRandom.For(seed, "ravan-b", name), ranked.Rank, to, SigmaB, seed, name, transposed: true);
        var a = Vectors(SeededRandom.For(seed, "ravan-a", name), ranked.Rank, from, SigmaA, seed, name, transposed: false);
        return
        [
            new(A(name), RandomBases.ToValue(a, all, from)),
            new(B(name), RandomBases.ToValue(RandomBases.Transpose(b, all, to), to, all)),
        ];
    }

    // [h r, width]: the rows of A, or the columns of B.
    private double[] Vectors(SeededRandom chance, int rank, int width, double sigma, long seed, string map, bool transposed)
    {
        var deviation = sigma > 0 ? sigma : 1 / Math.Sqrt(width);
        switch (Init)
        {
            case GramSchmidt:
                return RandomBases.Orthonormal(chance, rank * Heads, width);
            case "constant":
                var one = RandomBases.Normal(chance, rank, width, deviation);
                return [.. Enumerable.Range(0, Heads).SelectMany(_ => one)];
            case "shared-subspace":
                var shared = RandomBases.Normal(chance, rank, width, deviation);
                return [.. Enumerable.Range(0, Heads).SelectMany(i => RandomBases.Multiply(Turn(i), shared, rank, rank, width))];
            default:
                return RandomBases.Normal(chance, rank * Heads, width, deviation);
        }

        // R_i is one matrix for both sides; (M R_i)ᵀ = R_iᵀ Mᵀ.
        double[] Turn(int head)
        {
            var r = RandomBases.Orthonormal(SeededRandom.For(seed, "ravan-r", map, head), rank, rank);
            return transposed ? RandomBases.Transpose(r, rank, rank) : r;
        }
    }
}
