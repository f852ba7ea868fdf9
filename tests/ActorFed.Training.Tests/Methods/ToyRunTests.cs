using ActorFed.Training.Tests.Toy;
using Xunit.Abstractions;

namespace ActorFed.Training.Tests.Methods;

/// <summary>Whole federated runs in plain loops on a tiny model.</summary>
public sealed class ToyRunTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("fedit")]
    [InlineData("head-only")]
    public void A_run_learns(string method)
    {
        using var run = new ToyRun(method, Toys.Settings());
        var before = run.Evaluator.Evaluate(run.State.Global);
        var losses = Enumerable.Range(0, 6).Select(_ => run.Next()).ToList();
        var after = run.Evaluator.Evaluate(run.State.Global);
        output.WriteLine($"{string.Join(' ', losses.Select(l => l.ToString("f3")))}; {before} -> {after}");
        Assert.True(losses[^1] < 0.8 * losses[0]);
        Assert.True(after.Accuracy > before.Accuracy + 0.2);
        Assert.True(after.Loss < before.Loss);
    }

    [Theory]
    [InlineData("fedit")]
    [InlineData("head-only")]
    public void Two_threads_and_the_other_order_of_contributions_give_the_same_bits(string method)
    {
        var hashes = new List<string>();
        foreach (var (workers, reversed) in new[] { (1, false), (2, true), (1, false) })
        {
            using var run = new ToyRun(method, Toys.Settings(("train.steps", "4")));
            run.Next(workers, reversed);
            run.Next(workers, reversed);
            hashes.Add(run.Hash);
            Assert.Equal(run.Evaluator.Evaluate(run.State.Global), run.Evaluator.Evaluate(run.State.Global, workers: 2));
        }

        Assert.Single(hashes.Distinct());
    }

    [Fact]
    public void Another_seed_is_another_run()
    {
        using var one = new ToyRun("fedit", Toys.Settings(("train.steps", "2")), seed: 5);
        using var other = new ToyRun("fedit", Toys.Settings(("train.steps", "2")), seed: 6);
        one.Next();
        other.Next();
        Assert.NotEqual(one.Hash, other.Hash);
    }
}
