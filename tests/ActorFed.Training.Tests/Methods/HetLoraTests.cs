using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;
using TorchSharp;

namespace ActorFed.Training.Tests.Methods;

public sealed class HetLoraTests
{
    [Theory]
    [InlineData("hetlora.aggregation=plain", "hetlora.gamma=1", "hetlora.lambda=0")]
    [InlineData("hetlora.aggregation=plain", "hetlora.prune=off", "hetlora.fixed-rank=4")] // HomLoRA
    public void With_equal_ranks_and_weights_and_nothing_pruned_it_is_fedit_to_the_bit(params string[] settings)
    {
        (string, string)[] small = [("train.steps", "3"), ("lora.rank", "4")];
        using var fedit = new ToyRun("fedit", Toys.Settings(small), clients: 8);
        using var same = new ToyRun(
            "hetlora",
            Toys.Settings([.. small, .. settings.Select(s => (s.Split('=')[0], s.Split('=')[1]))]),
            clients: 8
        );
        for (var round = 0; round < 3; round++)
        {
            fedit.Next();
            same.Next();
        }

        Assert.Equal(fedit.Hash, same.Hash);
    }

    [Fact]
    public void Equal_norms_are_equal_weights()
    {
        var (one, other) = (new Fleet("hetlora", 3), new Fleet("hetlora", 3, ("hetlora.aggregation", "plain")));
        foreach (var fleet in new[] { one, other })
        {
            fleet.Train(1); // one client: its weight is 1 by either rule
            fleet.Aggregate();
        }

        Assert.Equal(other.State.Global.Encoded.ToArray(), one.State.Global.Encoded.ToArray());
    }

    [Theory]
    [InlineData("client")]
    [InlineData("matrix")]
    public void Updates_count_by_the_norms_of_their_products(string per)
    {
        using var scope = torch.NewDisposeScope();
        var fleet = new Fleet("hetlora", 4, ("hetlora.prune", "off"), ("hetlora.weight-per", per));
        fleet.Train(5, i => (1 + (i % 4)) / 4.0);
        var norms = fleet
            .Members.Values.Select(m => Fleet.Maps.Select(map => fleet.Trained(m, map).norm().ToDouble()).ToArray())
            .ToArray();
        fleet.Aggregate();
        for (var map = 0; map < Fleet.Maps.Length; map++)
        {
            var weights = norms.Select(n => per == "matrix" ? n[map] : Math.Sqrt(n.Sum(v => v * v))).ToArray();
            var name = LoraNames.A(Fleet.Maps[map].Name);
            var global = fleet.State.Global[name];
            for (var i = 0; i < global.Count; i++)
            {
                // A row beyond a client's rank is a zero of it: the later in memory, the fewer have it.
                var sum = fleet.Members.Values.Select((m, k) => weights[k] * At(m.Update.Upload[name], i)).Sum();
                Assert.Equal(sum / weights.Sum(), global.Floats[i], 1e-5);
            }
        }

        static double At(TensorValue value, int i) => i < value.Count ? value.Floats[i] : 0;
    }

    [Fact]
    public void Updates_of_nothing_fall_back_to_the_common_weights()
    {
        var fleet = new Fleet("hetlora", 4);
        fleet.Train(3, size: 0); // fault: nobody's step moved anything, B A = 0 everywhere
        fleet.Aggregate();
        Assert.All(fleet.State.Global.Values, v => Assert.All(v.Floats.ToArray(), x => Assert.True(float.IsFinite(x))));
    }

    [Fact]
    public void Products_decomposed_anew_are_the_truncated_svd_of_their_mean()
    {
        using var scope = torch.NewDisposeScope();
        var fleet = new Fleet("hetlora", 4, ("hetlora.aggregation", "svd"), ("hetlora.prune", "off"));
        fleet.Train(5, i => (1 + (i % 4)) / 4.0);
        var mean = Fleet.Maps.Select(m => fleet.DenseMean(m)).ToArray();
        fleet.Aggregate();
        foreach (var (dense, map) in mean.Zip(Fleet.Maps))
        {
            var (u, s, vh) = torch.linalg.svd(dense, fullMatrices: false);
            var best = u.narrow(1, 0, 4).mul(s.narrow(0, 0, 4)).mm(vh.narrow(0, 0, 4));
            Assert.InRange(Fleet.Error(fleet.Global(map), best), 0, 1e-5);
        }
    }

    [Theory]
    [InlineData("client", 2, 2)]
    [InlineData("matrix", 2, 4)]
    public void A_tail_that_shrank_is_cut_for_good_once_the_update_counts(string decision, int first, int second)
    {
        var fleet = new Fleet("hetlora", 5, ("hetlora.gamma", "0.5"), ("hetlora.prune", decision));
        fleet.Train(2);
        Assert.All(fleet.Members.Values, m => Assert.Equal(4, Rank(m.Update.Upload, "one"))); // B = 0: no tail to be below
        fleet.Aggregate();
        var (work, start) = Begin(fleet);
        // The tail of one map shrinks much, that of the other grows a little: the sum of both shrinks.
        var trained = fleet
            .State.Global.With(LoraNames.B("one"), Factors.Scaled(start[LoraNames.B("one")], 0.01))
            .With(LoraNames.B("two"), Factors.Scaled(start[LoraNames.B("two")], 1.01));
        var local = fleet.Method.Personalise(work, null!);
        var update = fleet.Method.Extract(work, local, new(trained, fleet.Method.Objective(work, local), 10, 1));
        Assert.Equal(first, Rank(update.Upload, "one"));
        Assert.Equal(second, Rank(update.Upload, "two"));
        Assert.Equal((first + second) / 2.0, update.Metrics["rank"]);

        var before = fleet.Method.Assign(fleet.State, Toys.Profile(ClientId.Of(0)), new(3));
        Assert.Equal(4, Rank(before.Download, "one")); // what does not count changes nothing
        var after = fleet.Method.Aggregate(fleet.State, new(2), [new(ClientId.Of(0), update.Upload, 10)]);
        var next = fleet.Method.Assign(after, Toys.Profile(ClientId.Of(0)), new(3));
        Assert.Equal(first, Rank(next.Download, "one"));
        Assert.Equal(second, Rank(next.Download, "two"));
        Assert.Equal(4, Rank(fleet.Method.Assign(after, Toys.Profile(ClientId.Of(1)), new(3)).Download, "one"));
    }

    [Fact]
    public void No_rank_falls_below_the_least()
    {
        var fleet = new Fleet("hetlora", 5, ("hetlora.gamma", "0.1"), ("hetlora.r-min", "3"));
        fleet.Train(1);
        fleet.Aggregate();
        var (work, start) = Begin(fleet);
        var none = fleet.State.Global.With(
            TensorSet.Of(
                Fleet.Maps.Select(m => KeyValuePair.Create(LoraNames.B(m.Name), Factors.Scaled(start[LoraNames.B(m.Name)], 0.1)))
            )
        );
        var local = fleet.Method.Personalise(work, null!);
        var update = fleet.Method.Extract(work, local, new(none, fleet.Method.Objective(work, local), 10, 1));
        Assert.Equal(3, Rank(update.Upload, "one"));
        var given = fleet.Method.Assign(fleet.State, Toys.Profile(ClientId.Of(0)), new(2));
        Assert.Equal(given.LeastUploadBytes, update.Upload.PayloadBytes);
        Assert.Equal(3, Rank(fleet.Method.Assign(fleet.State, Toys.Profile(ClientId.Of(9), 0.25), new(2)).Download, "one"));
    }

    [Fact]
    public void The_penalty_is_the_product_of_the_tails_norms()
    {
        using var scope = torch.NewDisposeScope();
        var fleet = new Fleet("hetlora", 5, ("hetlora.gamma", "0.5"), ("hetlora.lambda", "0.3"));
        fleet.Train(1);
        fleet.Aggregate();
        var (work, _) = Begin(fleet);
        var local = fleet.Method.Personalise(work, null!);
        var tensors = local.Tensors.ToDictionary(t => t.Key, t => t.Value.ToTorch(type: torch.ScalarType.Float64));
        var expected = Fleet.Maps.Sum(m =>
            tensors[LoraNames.B(m.Name)].narrow(1, 2, 2).norm().ToDouble()
            * tensors[LoraNames.A(m.Name)].narrow(0, 2, 2).norm().ToDouble()
        );
        Assert.Equal(0.3 * expected, fleet.Method.Objective(work, local).Penalty(tensors)!.ToDouble(), 1e-9);
    }

    [Fact]
    public void A_rank_that_the_adapter_does_not_have_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new Fleet("hetlora", 1, ("hetlora.fixed-rank", "5")));
        Assert.Contains("hetlora.fixed-rank: 5 exceeds lora.rank, which is 4", error.Message, StringComparison.Ordinal);
    }

    private static (LocalWork Work, TensorSet Start) Begin(Fleet fleet)
    {
        var given = fleet.Method.Assign(fleet.State, Toys.Profile(ClientId.Of(0)), new(2));
        return (fleet.Work(ClientId.Of(0), given, new(2)), given.Download);
    }

    private static long Rank(TensorSet tensors, string map)
    {
        Assert.Equal(tensors[LoraNames.A(map)].Shape[0], tensors[LoraNames.B(map)].Shape[1]);
        return tensors[LoraNames.A(map)].Shape[0];
    }
}
