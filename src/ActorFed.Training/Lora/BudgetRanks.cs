using System.Collections.Immutable;
using ActorFed.Training.Models;

namespace ActorFed.Training.Lora;

/// <summary>A map and the rank of its adapter.</summary>
public sealed record RankedMap(LinearMap Map, int Rank);

/// <summary>Ranks at which a method trains as many numbers as LoRA of a given rank.</summary>
/// <remarks>
/// N = r_lora (in + out) a map. Each map gets the greatest rank whose cost is at most N: floor(sqrt(N/h)) for h heads of r², floor(N/out)
/// for a trained B alone (the ranks of Ravan's table 10). Where that leaves more than 2 % of the budget of all maps unused, the maps
/// nearest to their next rank get one more, as long as it brings the total nearer.
/// </remarks>
public static class BudgetRanks
{
    /// <summary>Share of the budget that may stay unused before ranks are raised.</summary>
    public const double Tolerance = 0.02;

    /// <summary>The rank that a setting names for every map; 0: by the budget of LoRA of this shape.</summary>
    internal static ImmutableArray<RankedMap> Of(LoraShape lora, int rank, Func<LinearMap, int, long> cost) =>
        rank > 0 ? [.. lora.Maps.Select(m => new RankedMap(m, rank))] : Of(lora.Maps, lora.Rank, cost);

    /// <summary>The ranks, in the order of the maps.</summary>
    /// <param name="maps">The adapted maps.</param>
    /// <param name="lora">r_lora; at least 1.</param>
    /// <param name="cost">Trained numbers of a map at a rank; grows with the rank.</param>
    /// <returns>A rank of 0 where even rank 1 costs more than the map's budget.</returns>
    public static ImmutableArray<RankedMap> Of(ImmutableArray<LinearMap> maps, int lora, Func<LinearMap, int, long> cost)
    {
        ArgumentNullException.ThrowIfNull(cost);
        var ranks = maps.Select(m => Floor(m, Budget(m))).ToArray();
        var left = maps.Sum(Budget) - maps.Select((m, i) => cost(m, ranks[i])).Sum();
        var allowed = Tolerance * maps.Sum(Budget);
        // The nearest first; of equals the first map.
        foreach (var i in Enumerable.Range(0, maps.Length).OrderBy(i => Missing(i)).ToList())
        {
            var step = cost(maps[i], ranks[i] + 1) - cost(maps[i], ranks[i]);
            if (left > allowed && Math.Abs(left - step) < left)
            {
                ranks[i]++;
                left -= step;
            }
        }

        return [.. maps.Select((m, i) => new RankedMap(m, ranks[i]))];

        long Budget(LinearMap map) => (long)lora * (map.In + map.Out);

        double Missing(int i) => (double)(cost(maps[i], ranks[i] + 1) - Budget(maps[i])) / Budget(maps[i]);

        int Floor(LinearMap map, long budget)
        {
            var rank = 0;
            while (cost(map, rank + 1) <= budget)
            {
                rank++;
            }

            return rank;
        }
    }
}
