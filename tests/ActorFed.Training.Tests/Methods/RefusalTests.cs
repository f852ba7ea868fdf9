using ActorFed.Training.Tests.Toy;

namespace ActorFed.Training.Tests.Methods;

/// <summary>Methods of differing ranks and what cannot go around them.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("flexlora", "server.optimizer", "fedadam", "decomposed anew each round")]
    [InlineData("flexlora", "robust.rule", "median", "different scales")]
    [InlineData("flora", "server.optimizer", "fedavgm", "would not reach them")]
    [InlineData("flora", "robust.rule", "trimmed-mean", "each client draws its own A")]
    [InlineData("fedex-lora", "server.optimizer", "fedyogi", "belongs to the mean of the factors")]
    [InlineData("hafl", "server.optimizer", "fedavgm", "components that nobody trained")]
    [InlineData("hafl", "robust.rule", "krum", "different components in the same rows")]
    public void An_option_that_the_equations_do_not_bear_is_refused_with_the_reason(
        string method,
        string key,
        string value,
        string reason
    )
    {
        var error = Assert.Throws<ArgumentException>(() => new Fleet(method, 1, (key, value)));
        Assert.Contains($"{key} = {value} cannot be combined with {method}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flora", "robust.rule", "multi-krum", "robust.distance", "products")]
    [InlineData("hetlora", "robust.rule", "trimmed-mean", "server.optimizer", "fedadam")]
    [InlineData("flexlora", "flexlora.scale", "full", "robust.rule", "median")]
    [InlineData("fedex-lora", "robust.rule", "median", "client.prox", "0.1")]
    [InlineData("hafl", "client.prox", "0.1", "hafl.upload", "int8")]
    public void What_they_bear_learns(string method, string key, string value, string other, string another)
    {
        using var run = new ToyRun(
            method,
            Toys.Settings(("lora.rank", "4"), ("train.steps", "4"), (key, value), (other, another)),
            clients: 8,
            budget: EveryMethod.Mixed
        );
        var before = run.Evaluator.Evaluate(run.State.Global).Loss;
        for (var round = 0; round < 3; round++)
        {
            run.Next();
        }

        Assert.True(run.Evaluator.Evaluate(run.State.Global).Loss < before);
    }
}
