using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;

namespace ActorFed.Training.Tests.Methods;

/// <summary>Methods that add to the frozen weights: who was away gets what it missed, and computes with the server's bits.</summary>
public sealed class MissedRoundsTests
{
    private const int PerRank = 4 * (7 + 5 + 6 + 9); // bytes of one rank on the two maps of a fleet
    private const int Dense = 4 * ((7 * 5) + (6 * 9));

    [Theory]
    [InlineData("flora")]
    [InlineData("fedex-lora")]
    public void A_client_that_was_away_has_the_weights_of_the_server(string method)
    {
        using var run = new ToyRun(method, Toys.Settings(("train.steps", "1")), clients: 6, budget: EveryMethod.Mixed);
        int[][] cohorts =
        [
            [0, 1],
            [1, 2],
            [0, 3],
            [3, 4],
            [1, 4],
            [0, 5],
        ];
        foreach (var cohort in cohorts)
        {
            foreach (var client in run.Data.Shards.Keys)
            {
                var merged = MergedWeights.At(run.Work(client, run.Round.Next));
                var expected = run.State.Global.Where(MergedWeights.IsMerged);
                Assert.Equal(expected.Encoded.ToArray(), merged.Encoded.ToArray());
            }

            run.Next(cohort: [.. cohort.Select(ClientId.Of)]);
        }
    }

    [Fact]
    public void An_increment_costs_the_ranks_that_were_stacked_until_the_whole_is_smaller()
    {
        var fleet = new Fleet("flora", 3);
        Assert.Equal(0, Adapter(Given(fleet, 0)));
        fleet.Train(2, _ => 0.25);
        fleet.Aggregate();
        Assert.Equal(2 * PerRank, Adapter(Given(fleet, 0))); // Σ r_k = 2
        Assert.Equal(2 * PerRank, Adapter(Given(fleet, 9)));
        fleet.Train(1, _ => 0.25);
        fleet.Aggregate();
        Assert.Equal(PerRank, Adapter(Given(fleet, 0))); // it was there: the last increment alone
        Assert.Equal(2 * PerRank + PerRank, Adapter(Given(fleet, 1)));
        fleet.Train(1, _ => 0.5);
        fleet.Aggregate();
        Assert.Equal(2 * PerRank, Adapter(Given(fleet, 0)));
        Assert.True(5 * PerRank > Dense);
        Assert.Equal(Dense, Adapter(Given(fleet, 9))); // all increments together outweigh the sum
    }

    [Fact]
    public void The_residual_comes_beside_the_means()
    {
        var fleet = new Fleet("fedex-lora", 3, ("lora.rank", "1"));
        fleet.Train(1);
        fleet.Aggregate();
        Assert.Equal(PerRank + (2 * PerRank), Adapter(Given(fleet, 0))); // A and B, and the residual of (K + 1) r
        Assert.Equal(PerRank, Given(fleet, 0).UploadBytes - (4 * 2 * (3 + 1)));
    }

    [Fact]
    public void A_client_that_lost_its_weights_is_not_begun_anew_in_silence()
    {
        var fleet = new Fleet("flora", 3);
        for (var round = 0; round < 2; round++)
        {
            fleet.Train(1, _ => 0.25);
            fleet.Aggregate();
        }

        var given = Given(fleet, 0);
        var work = new LocalWork(ClientId.Of(0), new(3), 0, given.Download, given.Plan, Personal: null); // fault: its disk is gone
        var error = Assert.Throws<InvalidOperationException>(() => MergedWeights.At(work));
        Assert.Contains(
            "client-00000 has not kept the weights that it knew after round 1",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("flora")]
    [InlineData("fedex-lora")]
    public void What_is_exported_computes_what_the_global_model_computes(string method)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var fleet = new Fleet(method, 3);
        fleet.Train(3, i => (1 + i) / 4.0);
        fleet.Aggregate();
        var pairs = fleet.Method.Export(fleet.State.Global);
        Assert.Equal(2, pairs.Count);
        foreach (var (map, pair) in Fleet.Maps.Zip(pairs))
        {
            var merged = pair.Merge().ToTorch(type: TorchSharp.torch.ScalarType.Float64).t();
            Assert.InRange(Fleet.Error(merged, fleet.Global(map)), 0, 1e-5);
        }
    }

    private static Assignment Given(Fleet fleet, int client) =>
        fleet.Method.Assign(fleet.State, Toys.Profile(ClientId.Of(client), 0.25), fleet.Round.Next);

    private static long Adapter(Assignment given) =>
        given.Download.Where(n => !n.StartsWith(TensorSet.HeadPrefix, StringComparison.Ordinal)).PayloadBytes;
}
