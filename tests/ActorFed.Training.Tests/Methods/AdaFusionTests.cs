using ActorFed.Training.Chance;
using ActorFed.Training.Methods;
using FsCheck;
using FsCheck.Fluent;

namespace ActorFed.Training.Tests.Methods;

/// <summary>The search for two weights: never worse than either module, always the same, and it does find minima.</summary>
public sealed class AdaFusionTests
{
    [Fact]
    public void The_fusion_is_never_worse_than_either_module_whatever_the_losses_are() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<(int Seed, NormalFloat A, NormalFloat B, PositiveInt Penalty)>(),
                v =>
                {
                    // Losses without any sense: a rough function of the weights, with places that are not finite.
                    double Rough(double x, double y) =>
                        Math.Sin((v.A.Get % 100 * x) + (7 * y)) + Math.Cos((v.B.Get % 100 * y) - (3 * x)) is var l && l > 1.9
                            ? double.NaN
                            : l;
                    var fusion = AdaFusion.Search(Rough, 40, v.Penalty.Get, new SeededRandom(v.Seed));
                    return fusion.Loss <= fusion.PersonalLoss
                        && fusion.Loss <= fusion.GlobalLoss
                        && Math.Abs(fusion.Personal) <= 1.5
                        && Math.Abs(fusion.Global) <= 1.5;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void It_asks_exactly_as_often_as_it_may_and_gives_the_same_weights_for_the_same_seed()
    {
        var asked = 0;
        Fusion Search(int seed) =>
            AdaFusion.Search(
                (x, y) => ++asked * 0 + ((x - 0.8) * (x - 0.8)) + ((y - 0.3) * (y - 0.3)),
                60,
                0,
                new SeededRandom(seed)
            );
        var one = Search(1);
        Assert.Equal(60, asked);
        Assert.Equal(one, Search(1));
        Assert.InRange(one.Personal, 0.7, 0.9);
        Assert.InRange(one.Global, 0.2, 0.4);
    }

    [Fact]
    public void A_penalty_draws_the_weights_to_zero_but_never_buys_a_loss()
    {
        // Flat: any weights do, so the penalty decides for (0, 0).
        var flat = AdaFusion.Search((_, _) => 1, 40, 0.05, new SeededRandom(1));
        Assert.Equal((0, 0), (flat.Personal, flat.Global));
        // (0, 0) is worse by less than the penalty saves: it is refused all the same.
        var tempting = AdaFusion.Search((x, y) => x == 0 && y == 0 ? 1.01 : 1, 4, 1, new SeededRandom(1));
        Assert.Equal(1, tempting.Loss);
    }

    [Fact]
    public void Where_nothing_is_finite_it_still_answers()
    {
        var lost = AdaFusion.Search((_, _) => double.NaN, 10, 0.05, new SeededRandom(1)); // fault: modules that overflow
        Assert.Equal(double.PositiveInfinity, lost.Loss);
    }
}
