using ActorFed.Training.Aggregation;
using ActorFed.Training.Aggregation.Robust;
using ActorFed.Training.Chance;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Tests.Toy;

namespace ActorFed.Training.Tests.Aggregation.Robust;

/// <summary>A round before its aggregation: who trained what, what a liar can do, and what is refused.</summary>
public sealed class RobustUpdatesTests
{
    private const string Map = "layers.0.attention.q";

    private static readonly RobustOptions Median = new(RobustRule.Median, 0.2, 1, 0, 0, false);

    [Theory]
    [InlineData(RobustRule.Median)]
    [InlineData(RobustRule.TrimmedMean)]
    [InlineData(RobustRule.Krum)]
    [InlineData(RobustRule.MultiKrum)]
    public void One_liar_among_five_moves_the_result_no_further_than_the_honest_reach(RobustRule rule)
    {
        var honest = Enumerable.Range(0, 5).Select(k => From(k, 1 + (0.1f * k), 2 - (0.1f * k))).ToList();
        var lie = From(9, 1e30f, -1e30f); // fault: a huge update
        var result = Mean([.. honest, lie], Median with { Rule = rule });
        Assert.InRange(result[0], 1f, 1.4f);
        Assert.InRange(result[1], 1.6f, 2f);
    }

    [Fact]
    public void The_plain_mean_follows_the_liar_and_clipping_bounds_it_by_the_norm()
    {
        Contribution[] round = [From(0, 1, 1), From(1, 1, 1), From(9, 1e9f, 1)]; // fault: a huge update
        Assert.True(Mean(round, Median with { Rule = RobustRule.None })[0] > 1e8);
        var clipped = Mean(round, Median with { Rule = RobustRule.None, Clip = 2 });
        Assert.InRange(clipped[0], 0.6f, (1 + 1 + 2) / 3f + 1e-6f); // each change has norm 2 at most
    }

    [Fact]
    public void A_change_below_the_norm_keeps_its_bits()
    {
        Contribution[] round = [From(0, 0.1f, 0.7f), From(1, 0.3f, 0.2f)];
        var left = RobustUpdates.Of(round, Start, Median with { Rule = RobustRule.None, Clip = 5 });
        Assert.All(round.Zip(left), p => Assert.Same(p.First.Upload, p.Second.Upload));
    }

    [Theory]
    [InlineData(RobustRule.Median)]
    [InlineData(RobustRule.TrimmedMean)]
    [InlineData(RobustRule.Krum)]
    [InlineData(RobustRule.MultiKrum)]
    public void The_order_of_clients_changes_no_bit(RobustRule rule)
    {
        var chance = new SeededRandom(3);
        var round = Enumerable.Range(0, 7).Select(k => From(k, (float)chance.NextNormal(), (float)chance.NextNormal())).ToList();
        var options = Median with { Rule = rule, Clip = 1 };
        var expected = Mean(round, options);
        for (var i = 0; i < 20; i++)
        {
            var order = chance.Permutation(7);
            Assert.Equal(expected, Mean([.. order.Select(o => round[o])], options));
        }
    }

    [Fact]
    public void Where_ranks_differ_each_component_is_judged_over_those_who_trained_it()
    {
        // Component 0 by all five, component 1 by three of them: medians 3 and 40.
        var round = Enumerable
            .Range(0, 5)
            .Select(k => Ranked(k, [k + 1f, .. (k < 3 ? [20f * (k + 1)] : Array.Empty<float>())]))
            .ToList();
        var result = RobustUpdates.Of(round, TensorSet.Empty, Median);
        foreach (var (before, after) in round.Zip(result))
        {
            var (a, b) = (after.Upload[LoraNames.A(Map)], after.Upload[LoraNames.B(Map)]);
            Assert.Equal(before.Upload[LoraNames.A(Map)].Shape.ToArray(), a.Shape.ToArray());
            var rank = (int)a.Shape[0];
            Assert.Equal(rank == 2 ? [3f, 3f, 3f, 40f, 40f, 40f] : [3f, 3f, 3f], a.Floats.ToArray());
            Assert.Equal(rank == 2 ? [-3f, -40f, -3f, -40f] : [-3f, -3f], b.Floats.ToArray());
        }
    }

    [Fact]
    public void Krum_leaves_a_component_of_too_few_contributors_as_it_was()
    {
        var round = Enumerable
            .Range(0, 5)
            .Select(k => Ranked(k, [k == 4 ? 1e20f : 1f, .. (k > 2 ? [1e20f] : Array.Empty<float>())]))
            .ToList();
        var global = Ranked(0, [0.5f, 7f]).Upload;
        var result = RobustUpdates.Of(round, global, Median with { Rule = RobustRule.Krum });
        Assert.All(result, c => Assert.Equal(1f, c.Upload[LoraNames.A(Map)].Floats[0])); // the four honest ones agree
        Assert.Equal(7f, result[4].Upload[LoraNames.A(Map)].Floats[3]);
        Assert.Equal(-7f, result[4].Upload[LoraNames.B(Map)].Floats[1]);
    }

    [Fact]
    public void Distances_between_products_see_through_a_change_of_basis()
    {
        // Clients 1 to 4 hold the same product B A, each scaled between the factors; client 0 another one, near in the factors.
        var round = Enumerable
            .Range(0, 5)
            .Select(k => Pair(k, k == 0 ? 1.2f : MathF.Pow(2, k), k == 0 ? 2f : MathF.Pow(2, -k)))
            .ToList();
        var options = Median with { Rule = RobustRule.MultiKrum, Keep = 4, ByProducts = true };
        Assert.Equal(
            ["client-00001", "client-00002", "client-00003", "client-00004"],
            RobustUpdates.Of(round, TensorSet.Empty, options).Select(c => c.Client.Value)
        );
    }

    [Fact]
    public void The_distance_between_products_is_that_of_the_dense_matrices()
    {
        var chance = new SeededRandom(8);
        var (one, other) = (Random(chance, 3), Random(chance, 2));
        var dense = LoraPair
            .Of(one, 1)[0]
            .Merge()
            .Floats.ToArray()
            .Zip(LoraPair.Of(other, 1)[0].Merge().Floats.ToArray(), (a, b) => Math.Pow(a - b, 2))
            .Sum();
        Assert.Equal(dense, UpdateDistance.Products(one, other), 1e-5 * dense);
    }

    [Fact]
    public void Faults_are_refused_by_name()
    {
        Refused("client-00001 sent x with a value that is not finite", From(0, 1, 1), From(1, float.NaN, 1));
        Refused("client-00001 contributed twice", From(1, 1, 1), From(1, 1, 1));
        Refused(
            "only LoRA factors may differ",
            From(0, 1, 1),
            new(ClientId.Of(1), TensorSet.Of([new("x", TensorValue.Of([1f], 1))]), 1)
        );
        var few = Assert.Throws<ArgumentException>(() =>
            RobustUpdates.Of([From(0, 1, 1), From(1, 1, 1)], Start, Median with { Rule = RobustRule.Krum })
        );
        Assert.Contains("needs 5 updates", few.Message);
        Assert.Contains(
            "which the global model lacks",
            Assert
                .Throws<ArgumentException>(() => RobustUpdates.Of([From(0, 1, 1)], TensorSet.Empty, Median with { Clip = 1 }))
                .Message
        );

        static void Refused(string why, params Contribution[] round) =>
            Assert.Contains(why, Assert.Throws<ArgumentException>(() => RobustUpdates.Of(round, Start, Median)).Message);
    }

    [Theory]
    [InlineData("median")]
    [InlineData("trimmed-mean")]
    [InlineData("krum")]
    [InlineData("multi-krum")]
    public void With_each_rule_a_run_learns(string rule)
    {
        using var run = new ToyRun("fedit", Toys.Settings(("robust.rule", rule), ("robust.clip", "10")), clients: 5);
        var before = run.Evaluator.Evaluate(run.State.Global).Loss;
        for (var round = 0; round < 5; round++)
        {
            run.Next();
        }

        Assert.True(run.Evaluator.Evaluate(run.State.Global).Loss < before);
    }

    private static TensorSet Start { get; } = TensorSet.Of([new("x", TensorValue.Zeros(2))]);

    private static float[] Mean(IReadOnlyList<Contribution> round, RobustOptions options)
    {
        var left = RobustUpdates.Of(round, Start, options);
        return WeightedMean.Of(left, ClientWeights.Of(left, "uniform"))["x"].Floats.ToArray();
    }

    private static Contribution From(int client, params float[] values) =>
        new(ClientId.Of(client), TensorSet.Of([new("x", TensorValue.Of(values, values.Length))]), 1);

    // A [rank, 3] with row i = value i, B [2, rank] with column i = -value i.
    private static Contribution Ranked(int client, float[] values) =>
        new(
            ClientId.Of(client),
            TensorSet.Of([
                new(LoraNames.A(Map), TensorValue.Of([.. values.SelectMany(v => new[] { v, v, v })], values.Length, 3)),
                new(LoraNames.B(Map), TensorValue.Of([.. values.Concat(values).Select(v => -v)], 2, values.Length)),
            ]),
            1
        );

    private static Contribution Pair(int client, float a, float b) =>
        new(
            ClientId.Of(client),
            TensorSet.Of([
                new(LoraNames.A(Map), TensorValue.Of([a, a], 1, 2)),
                new(LoraNames.B(Map), TensorValue.Of([b, b], 2, 1)),
            ]),
            1
        );

    private static TensorSet Random(SeededRandom chance, int rank) =>
        TensorSet.Of([
            new(
                LoraNames.A(Map),
                TensorValue.Of([.. Enumerable.Range(0, rank * 5).Select(_ => (float)chance.NextNormal())], rank, 5)
            ),
            new(
                LoraNames.B(Map),
                TensorValue.Of([.. Enumerable.Range(0, rank * 4).Select(_ => (float)chance.NextNormal())], 4, rank)
            ),
        ]);
}
