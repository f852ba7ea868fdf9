using ActorFed.Training.Chance;

namespace ActorFed.Training.Methods;

/// <summary>Two weights for two modules.</summary>
/// <param name="Personal">w₁, of the personal module.</param>
/// <param name="Global">w₂, of the global module.</param>
/// <param name="Loss">Few-shot loss of the fused module, nats, without the penalty.</param>
/// <param name="PersonalLoss">That of the personal module alone.</param>
/// <param name="GlobalLoss">That of the global module alone.</param>
public sealed record Fusion(double Personal, double Global, double Loss, double PersonalLoss, double GlobalLoss);

/// <summary>AdaFusion: a gradient-free search for the weights of a personal and a global module on a few examples.</summary>
/// <remarks>
/// Minimises loss(w₁, w₂) + λ (|w₁| + |w₂|) / 2 over w in [-1.5, 1.5]², among the weights whose loss is no worse than that of either module
/// alone: the penalty may never buy a loss. First (0,0), (1,0), (0,1), (½,½), then a (1+1)-evolution strategy from the best of them: a normal
/// step of deviation σ, which grows by 1.5 after a success and shrinks by 1.5^(1/4) after a failure (the one-fifth rule). Seeded: the same
/// losses give the same weights. Sources: Qi et al. 2024 (FDLoRA, arXiv 2406.07925), stage 3; bounds, λ and 40 evaluations are LoraHub's
/// (Huang et al. 2023, arXiv 2307.13269), whose optimiser (NGOpt) the evolution strategy stands for.
/// </remarks>
public static class AdaFusion
{
    private const double Bound = 1.5;

    /// <summary>The best weights found.</summary>
    /// <param name="loss">Few-shot loss at (w₁, w₂), nats; a value that is not finite counts as infinitely bad.</param>
    /// <param name="evaluations">Calls of <paramref name="loss"/>; at least 4.</param>
    /// <param name="penalty">λ, not negative.</param>
    /// <param name="chance">Draws the steps.</param>
    public static Fusion Search(Func<double, double, double> loss, int evaluations, double penalty, SeededRandom chance)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(chance);
        ArgumentOutOfRangeException.ThrowIfLessThan(evaluations, 4);
        (double X, double Y)[] first = [(1, 0), (0, 1), (0, 0), (0.5, 0.5)];
        var tried = first.Select(w => Try(w.X, w.Y)).ToList();
        var bar = Math.Min(tried[0].Loss, tried[1].Loss);
        var best = tried.Where(t => t.Loss <= bar).MinBy(Objective);
        var sigma = 0.5;
        for (var i = tried.Count; i < evaluations; i++)
        {
            var next = Try(Clamp(chance.NextNormal(best.X, sigma)), Clamp(chance.NextNormal(best.Y, sigma)));
            var better = next.Loss <= bar && Objective(next) < Objective(best);
            best = better ? next : best;
            sigma *= better ? 1.5 : Math.Pow(1.5, -0.25);
        }

        return new(best.X, best.Y, best.Loss, tried[0].Loss, tried[1].Loss);

        (double X, double Y, double Loss) Try(double x, double y) =>
            loss(x, y) is var l && double.IsFinite(l) ? (x, y, l) : (x, y, double.PositiveInfinity);

        double Objective((double X, double Y, double Loss) t) => t.Loss + (penalty * (Math.Abs(t.X) + Math.Abs(t.Y)) / 2);
    }

    private static double Clamp(double w) => Math.Clamp(w, -Bound, Bound);
}
