using ActorFed.Training.Chance;
using ActorFed.Training.Encoding;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;
using FsCheck;
using FsCheck.Fluent;
using TorchSharp;

namespace ActorFed.Training.Tests.Methods;

/// <summary>What the server makes of random updates, against the mean of the whole matrices.</summary>
public sealed class ExactMeanTests
{
    private static readonly (string, string) BySamples = ("aggregation.weights", "samples");

    [Fact]
    public void Stacking_is_the_mean_of_products_of_any_ranks() =>
        ForAnyFleet(
            "flora",
            (fleet, map) => Fleet.Error(fleet.Global(map), fleet.DenseMean(map, fleet.Shares)),
            EveryMethodBudget,
            BySamples
        );

    [Fact]
    public void Stacking_with_scales_by_rank_is_exact_too() =>
        ForAnyFleet(
            "flora",
            (fleet, map) => Fleet.Error(fleet.Global(map), fleet.DenseMean(map)),
            EveryMethodBudget,
            ("flora.scale", "rank")
        );

    [Fact]
    public void The_residual_makes_the_mean_of_factors_exact() =>
        ForAnyFleet(
            "fedex-lora",
            (fleet, map) => Fleet.Error(fleet.Global(map), fleet.DenseMean(map, fleet.Shares)),
            null,
            BySamples
        );

    [Fact]
    public void Flexlora_is_the_truncated_svd_of_the_mean_product() =>
        ForAnyFleet(
            "flexlora",
            (fleet, map) => Fleet.Error(fleet.Global(map), Truncated(fleet.DenseMean(map, fleet.Shares), 4)),
            EveryMethodBudget,
            BySamples
        );

    [Theory]
    [InlineData("rank", "left")]
    [InlineData("rank", "even")]
    [InlineData("full", "left")]
    public void A_flexlora_client_begins_at_the_truncation_of_its_own_rank(string scale, string split)
    {
        using var scope = torch.NewDisposeScope();
        var fleet = new Fleet("flexlora", 3, ("flexlora.scale", scale), ("flexlora.split", split));
        fleet.Train(5, EveryMethodBudget);
        var mean = Fleet.Maps.Select(m => fleet.DenseMean(m)).ToArray();
        fleet.Aggregate();
        foreach (var (budget, rank) in new[] { (0.25, 1), (0.5, 2), (1.0, 4) })
        {
            var given = fleet.Method.Assign(fleet.State, Toys.Profile(Federation.ClientId.Of(9), budget), new(2));
            for (var i = 0; i < mean.Length; i++)
            {
                var begins = fleet.Delta(given.Download, given.Plan, Fleet.Maps[i]);
                Assert.InRange(Fleet.Error(begins, Truncated(mean[i], rank)), 0, 1e-5);
            }
        }
    }

    [Fact]
    public void Directions_that_the_mean_lacks_begin_afresh_and_can_learn()
    {
        var fleet = new Fleet("flexlora", 3);
        var drawn = fleet.State.Global;
        fleet.Train(2, _ => 0.25); // two updates of rank 1: the mean has rank 2 of 4
        fleet.Aggregate();
        foreach (var map in Fleet.Maps.Select(m => m.Name))
        {
            var (a, b) = (fleet.State.Global[LoraNames.A(map)], fleet.State.Global[LoraNames.B(map)]);
            Assert.Equal(Factors.Rows(drawn[LoraNames.A(map)], [2, 3]).Bytes.ToArray(), Factors.Rows(a, [2, 3]).Bytes.ToArray());
            Assert.All(Factors.Columns(b, [2, 3]).Floats.ToArray(), v => Assert.Equal(0, v));
        }
    }

    [Fact]
    public void The_error_of_fedit_is_the_covariance_of_the_factors()
    {
        using var scope = torch.NewDisposeScope();
        var fleet = new Fleet("fedit", 7);
        fleet.Train(5);
        var exact = Fleet.Maps.Select(m => fleet.DenseMean(m)).ToArray();
        fleet.Aggregate();
        for (var i = 0; i < exact.Length; i++)
        {
            var map = Fleet.Maps[i].Name;
            var left = exact[i].sub(fleet.Global(Fleet.Maps[i]));
            var covariance = fleet
                .Members.Values.Select(m => Centred(m.End.Trained, fleet.State.Global, map).mul(1.5 / 5)) // alpha / rank = 6 / 4
                .Aggregate((sum, next) => sum.add(next));
            Assert.InRange(Fleet.Error(covariance, left), 0, 1e-5);
            Assert.True(left.norm().ToDouble() > 0.1 * exact[i].norm().ToDouble());
        }
    }

    [Fact]
    public void A_truncated_residual_is_the_best_of_its_rank_and_no_longer_exact()
    {
        using var scope = torch.NewDisposeScope();
        var (exact, cut) = (new Fleet("fedex-lora", 5), new Fleet("fedex-lora", 5, ("fedex-lora.residual-rank", "2")));
        foreach (var fleet in new[] { exact, cut })
        {
            fleet.Train(4);
            fleet.Aggregate();
        }

        foreach (var map in Fleet.Maps)
        {
            var (whole, part) = (Merged(exact, map), Merged(cut, map));
            Assert.InRange(Fleet.Error(part, Truncated(whole, 2)), 0, 1e-5);
            Assert.True(Fleet.Error(part, whole) > 0.01);
        }

        static torch.Tensor Merged(Fleet fleet, LinearMap map) =>
            fleet.State.Global[MergedWeights.Name(map.Name)].ToTorch(type: torch.ScalarType.Float64).t();
    }

    [Fact]
    public void The_norm_of_a_product_comes_from_gram_matrices() =>
        Check(
            Prop.ForAll<int>(seed =>
            {
                using var scope = torch.NewDisposeScope();
                var chance = new SeededRandom(seed);
                var (rank, height, width) = (1 + chance.Next(6), 1 + chance.Next(9), 1 + chance.Next(9));
                var (b, a) = (Drawn(chance, height, rank), Drawn(chance, rank, width));
                var product = b.ToTorch(type: torch.ScalarType.Float64).mm(a.ToTorch(type: torch.ScalarType.Float64));
                var norm = product.norm().ToDouble();
                return Math.Abs(Factors.ProductNorm(b, a) - norm) <= 1e-9 * norm;
            })
        );

    private static double EveryMethodBudget(int client) => (1 + (client % 4)) / 4.0;

    private static void ForAnyFleet(
        string method,
        Func<Fleet, LinearMap, double> error,
        Func<int, double>? budget,
        params (string, string)[] settings
    ) =>
        Check(
            Prop.ForAll<int, byte>(
                (seed, clients) =>
                {
                    using var scope = torch.NewDisposeScope();
                    var fleet = new Fleet(method, seed, settings);
                    for (var round = 0; round < 2; round++)
                    {
                        fleet.Train(1 + (clients % 9), budget);
                        fleet.Aggregate();
                    }

                    return Fleet.Maps.All(m => error(fleet, m) < 1e-5);
                }
            )
        );

    private static torch.Tensor Truncated(torch.Tensor matrix, int rank)
    {
        var (u, s, vh) = torch.linalg.svd(matrix, fullMatrices: false);
        return u.narrow(1, 0, rank).mul(s.narrow(0, 0, rank)).mm(vh.narrow(0, 0, rank));
    }

    // (A_k - A)ᵀ (B_k - B)ᵀ
    private static torch.Tensor Centred(TensorSet own, TensorSet mean, string map)
    {
        return Off(LoraNames.A(map)).t().mm(Off(LoraNames.B(map)).t());

        torch.Tensor Off(string name) =>
            own[name].ToTorch(type: torch.ScalarType.Float64).sub(mean[name].ToTorch(type: torch.ScalarType.Float64));
    }

    private static TensorValue Drawn(SeededRandom chance, int rows, int columns) =>
        TensorValue.Of([.. Enumerable.Range(0, rows * columns).Select(_ => (float)chance.NextNormal())], rows, columns);

    private static void Check(Property property) =>
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithReplay(2026, 77));
}
