using System.Collections.Immutable;
using System.Globalization;
using ActorFed.Training.Chance;

namespace ActorFed.Training.Profiles;

/// <summary>How budgets (share of the full adapter) are spread over the clients.</summary>
/// <param name="Name">As settings call it.</param>
/// <param name="Levels">Budgets that occur, ascending; each above 0, at most 1.</param>
/// <param name="Weights">Probability of each level; they sum to 1.</param>
/// <remarks>
/// The levels 1/4, 1/2, 3/4, 1 and the names are Ravan's (papers: compute heterogeneity); it shows its mixes only as figures, so the
/// probabilities are ours: bell-shaped 10, 40, 40, 10 %; uniform 25 % each; right-skewed 40, 30, 20, 10 % (most clients are small).
/// </remarks>
public sealed record BudgetDistribution(string Name, ImmutableArray<double> Levels, ImmutableArray<double> Weights)
{
    private static readonly ImmutableArray<double> Quarters = [0.25, 0.5, 0.75, 1];

    /// <summary>Most clients in the middle.</summary>
    public static BudgetDistribution BellShaped { get; } = new("bell-shaped", Quarters, [0.1, 0.4, 0.4, 0.1]);

    /// <summary>Every level equally likely.</summary>
    public static BudgetDistribution Uniform { get; } = new("uniform", Quarters, [0.25, 0.25, 0.25, 0.25]);

    /// <summary>Most clients small, few large.</summary>
    public static BudgetDistribution RightSkewed { get; } = new("right-skewed", Quarters, [0.4, 0.3, 0.2, 0.1]);

    /// <summary>Everybody the same.</summary>
    /// <exception cref="FormatException">The budget is not above 0 and at most 1.</exception>
    public static BudgetDistribution Fixed(double budget) =>
        budget is > 0 and <= 1
            ? new(string.Create(CultureInfo.InvariantCulture, $"fixed({budget})"), [budget], [1])
            : throw new FormatException($"fixed({budget}): a budget lies above 0 and at most at 1.");

    /// <summary>bell-shaped, uniform, right-skewed, fixed (the whole adapter) or fixed(0.5).</summary>
    /// <exception cref="FormatException">Another name, or a budget outside its range.</exception>
    public static BudgetDistribution Parse(string text)
    {
        var (name, numbers) = DistributionText.Split(text);
        return (name, numbers) switch
        {
            ("bell-shaped", []) => BellShaped,
            ("uniform", []) => Uniform,
            ("right-skewed", []) => RightSkewed,
            ("fixed", []) => Fixed(1),
            ("fixed", [var budget]) => Fixed(budget),
            _ => throw new FormatException(
                $"'{text}' is no budget distribution: bell-shaped, uniform, right-skewed, fixed or fixed(BUDGET)."
            ),
        };
    }

    /// <summary>One draw.</summary>
    public double Draw(SeededRandom random)
    {
        var at = random.NextDouble();
        for (var i = 0; i < Levels.Length - 1; i++)
        {
            at -= Weights[i];
            if (at < 0)
            {
                return Levels[i];
            }
        }
        return Levels[^1];
    }
}
