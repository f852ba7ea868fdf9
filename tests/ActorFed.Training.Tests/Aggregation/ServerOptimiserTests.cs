using ActorFed.Training.Aggregation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Tests.Toy;

namespace ActorFed.Training.Tests.Aggregation;

/// <summary>Each server optimiser against numbers worked out by hand: θ = 1, D = 0.5 in round 1 and -0.25 in round 2.</summary>
public sealed class ServerOptimiserTests
{
    // Rate 0.1, momentum 0.9, β = (0.9, 0.99), τ = 0.1, v begins at τ² = 0.01.
    [Theory]
    // 1 + 0.1 · 0.5 = 1.05; then 1.05 - 0.025
    [InlineData(ServerOptimiserKind.FedAvg, 1.05, 1.025)]
    // m = 0.5: 1.05; m = 0.45 - 0.25 = 0.2: 1.07
    [InlineData(ServerOptimiserKind.FedAvgM, 1.05, 1.07)]
    // v = 0.26, √v + τ = 0.6099020: 1 + 0.05 / 0.6099020; v = 0.3225, 0.6678908: - 0.025 / 0.6678908
    [InlineData(ServerOptimiserKind.FedAdagrad, 1.0819803, 1.0445494)]
    // m = 0.05, v = 0.0124, √v + τ = 0.2113553: 1 + 0.005 / 0.2113553; m = 0.02, v = 0.012901, 0.2135826: + 0.002 / 0.2135826
    [InlineData(ServerOptimiserKind.FedAdam, 1.0236569, 1.0330209)]
    // v = 0.01 + 0.0025 = 0.0125, 0.2118034: 1 + 0.005 / 0.2118034; v = 0.0125 + 0.000625 = 0.013125, 0.2145644: + 0.002 / 0.2145644
    [InlineData(ServerOptimiserKind.FedYogi, 1.0236068, 1.0329280)]
    public void Two_rounds_give_these_numbers(ServerOptimiserKind kind, double first, double second)
    {
        var options = new ServerOptimiserOptions(kind, 0.1, 0.9, 0.9, 0.99, 0.1, StartAtTau: true);
        var (one, moments) = ServerOptimiser.Step(Of(1), Of(1.5f), TensorSet.Empty, options);
        Assert.Equal(first, one["x"].Floats[0], 1e-6);
        var (two, _) = ServerOptimiser.Step(one, Of(one["x"].Floats[0] - 0.25f), moments, options);
        Assert.Equal(second, two["x"].Floats[0], 1e-6);
    }

    [Fact]
    public void The_second_moment_may_begin_at_zero_and_yogi_shrinks_it_by_what_it_exceeds()
    {
        // v = 0.25 after FedAdagrad's first step from zero: 0.1 · 0.5 / (0.5 + 0.1)
        var zero = new ServerOptimiserOptions(ServerOptimiserKind.FedAdagrad, 0.1, 0, 0.9, 0.99, 0.1, StartAtTau: false);
        Assert.Equal(1 + (0.05 / 0.6), ServerOptimiser.Step(Of(1), Of(1.5f), TensorSet.Empty, zero).Global["x"].Floats[0], 1e-6);

        // τ² = 1 is above D² = 0.25: v = 1 - 0.01 · 0.25
        var yogi = new ServerOptimiserOptions(ServerOptimiserKind.FedYogi, 0.1, 0, 0.9, 0.99, 1, StartAtTau: true);
        var (_, moments) = ServerOptimiser.Step(Of(1), Of(1.5f), TensorSet.Empty, yogi);
        Assert.Equal(0.9975, moments["server.v.x"].Floats[0], 1e-6);
    }

    [Theory]
    [InlineData(ServerOptimiserKind.FedAvgM)]
    [InlineData(ServerOptimiserKind.FedAdam)]
    public void What_a_round_did_not_move_stays_with_its_moments(ServerOptimiserKind kind)
    {
        var options = new ServerOptimiserOptions(kind, 0.1, 0.9, 0.9, 0.99, 0.1, StartAtTau: true);
        var (one, moments) = ServerOptimiser.Step(Of(1), Of(1.5f), TensorSet.Empty, options);
        var (two, after) = ServerOptimiser.Step(one, one, moments, options);
        Assert.Equal(one.Encoded.ToArray(), two.Encoded.ToArray());
        Assert.Equal(moments.Encoded.ToArray(), after.Encoded.ToArray());
    }

    [Fact]
    public void Scores_and_tensors_of_another_shape_are_taken_as_the_round_gave_them()
    {
        var before = Of(1).With("meta.score", TensorValue.Of([1f], 1)).With("grown", TensorValue.Of([1f], 1));
        var after = Of(2).With("meta.score", TensorValue.Of([3f], 1)).With("grown", TensorValue.Of([1f, 2f], 2));
        var options = new ServerOptimiserOptions(ServerOptimiserKind.FedAdam, 0.1, 0.9, 0.9, 0.99, 0.1, StartAtTau: true);
        var (global, moments) = ServerOptimiser.Step(before, after, TensorSet.Empty, options);
        Assert.Equal(3, global["meta.score"].Floats[0]);
        Assert.Equal(2, global["grown"].Count);
        Assert.Equal(["server.m.x", "server.v.x"], moments.Keys);
    }

    [Fact]
    public void FedAvg_with_rate_one_is_no_layer_and_FedAvgM_without_momentum_gives_its_numbers()
    {
        using var plain = new ToyRun("fedit", Toys.Settings(("train.steps", "2")));
        using var same = new ToyRun(
            "fedit",
            Toys.Settings(("train.steps", "2"), ("server.optimizer", "fedavg"), ("server.rate", "1"))
        );
        using var still = new ToyRun(
            "fedit",
            Toys.Settings(("train.steps", "2"), ("server.optimizer", "fedavgm"), ("server.momentum", "0"))
        );
        using var half = new ToyRun("fedit", Toys.Settings(("train.steps", "2"), ("server.rate", "0.5")));
        foreach (var run in new[] { plain, same, still, half })
        {
            run.Next();
        }

        Assert.IsType<ActorFed.Training.Methods.FedIt>(same.Method);
        Assert.Equal(plain.Hash, same.Hash);
        var start = plain.Method.Initialise().Global;
        foreach (var (name, value) in plain.State.Global)
        {
            for (var i = 0; i < value.Count; i++)
            {
                Assert.Equal(value.Floats[i], still.State.Global[name].Floats[i], 1e-6f);
                Assert.Equal((value.Floats[i] + start[name].Floats[i]) / 2, half.State.Global[name].Floats[i], 1e-6f);
            }
        }
    }

    [Theory]
    [InlineData("fedavgm")]
    [InlineData("fedadagrad")]
    [InlineData("fedadam")]
    [InlineData("fedyogi")]
    public void With_each_of_them_a_run_learns_and_the_order_of_clients_changes_no_bit(string kind)
    {
        var hashes = new List<string>();
        foreach (var reversed in new[] { false, true })
        {
            using var run = new ToyRun(
                "fedit",
                Toys.Settings(("server.optimizer", kind), ("train.steps", "4"), ("server.rate", "0.05"))
            );
            var before = run.Evaluator.Evaluate(run.State.Global).Loss;
            for (var round = 0; round < 6; round++)
            {
                run.Next(reversed: reversed);
            }

            Assert.True(run.Evaluator.Evaluate(run.State.Global).Loss < before);
            hashes.Add(run.Hash);
        }

        Assert.Single(hashes.Distinct());
    }

    private static TensorSet Of(float value) => TensorSet.Of([new("x", TensorValue.Of([value], 1))]);
}
