using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ActorFed.Training.Chance;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Settings;

namespace ActorFed.Training.Methods;

/// <summary>Which heads a weak client trains: K of h in every map, those of the greatest score ρ (Ravan, section on compute heterogeneity).</summary>
/// <remarks>
/// random: ρ uniform. weight: ρ = ‖s_i H_i‖_F. gradient: ρ = ‖dL/d(s_i H_i)‖_F on the client's first mini-batch, at s_i = 1. Heads of equal
/// score (all of them before the first round) are ordered by chance. Maps choose apart, each by its own scores.
/// </remarks>
internal static class RavanHeads
{
    public const string Key = "ravan.select";

    public static SettingSpec Spec { get; } =
        SettingSpec.Choice(
            Key,
            ["random", "weight", "gradient", "all"],
            "Which heads a client with a budget below 1 trains; all refuses such clients."
        );

    /// <summary>K = floor(budget · h), at least 1: the paper's rounding is lost in print, and its own budgets divide h.</summary>
    public static int CountAt(double budget, int heads) => Math.Max(1, (int)Math.Floor((budget * heads) + 1e-9));

    /// <summary>The places of the chosen heads, for each map.</summary>
    public static ImmutableDictionary<string, ImmutableArray<int>> Choose(
        string rule,
        IEnumerable<RankedMap> maps,
        int heads,
        int count,
        LocalWork work,
        Func<TensorSet> gradients,
        TensorSet weights,
        long seed
    )
    {
        var scored = (count < heads ? rule : "all") switch
        {
            "weight" => weights,
            "gradient" => gradients(),
            _ => null,
        };
        return maps.ToImmutableDictionary(m => m.Map.Name, m => Best(m.Map.Name), StringComparer.Ordinal);

        ImmutableArray<int> Best(string map)
        {
            var order = Enumerable.Range(0, heads).ToArray();
            if (count < heads)
            {
                SeededRandom.For(seed, "ravan-heads", work.Round.Number, work.Client.Value, map).Shuffle(order.AsSpan());
            }

            // OrderByDescending is stable: ties stay in the order of chance.
            var best = scored is null ? order : [.. order.OrderByDescending(i => Factors.SquareSum(scored[Ravan.H(map, i)]))];
            return [.. best.Take(count).Order()];
        }
    }
}
