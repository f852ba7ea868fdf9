using ActorFed.Host.Comparison;

namespace ActorFed.Host.Tests.Comparison;

public sealed class MethodReadsTests
{
    [Theory]
    [InlineData("fedit", "train.rate", true)]
    [InlineData("fedit", "lora.rank", true)]
    [InlineData("fedit", "head.rate", true)]
    [InlineData("fedit", "head-ridge.lambda", false)]
    [InlineData("head-only", "train.rate", false)]
    [InlineData("head-only", "lora.rank", false)]
    [InlineData("head-only", "train.steps", true)]
    [InlineData("head-only", "head.rate", true)]
    [InlineData("head-ridge", "head-ridge.lambda", true)]
    [InlineData("head-ridge", "head.rate", false)]
    [InlineData("head-ridge", "train.steps", false)]
    [InlineData("head-ridge", "train.max-tokens", true)]
    [InlineData("head-ridge", "run.rounds", false)]
    [InlineData("head-ridge", "partition.alpha", true)]
    public void A_method_reads_what_its_result_depends_on(string method, string key, bool reads)
    {
        var of = new MethodReads(method, method == "fedit", method == "head-ridge", trainsHead: true, startsFromRidge: false);

        Assert.Equal(reads, of.Includes($"actorfed.{key}"));
    }

    [Theory]
    [InlineData("fedit", true)]
    [InlineData("local-only", false)]
    public void What_leaves_the_global_model_as_it_is_cannot_be_searched(string method, bool can) =>
        Assert.Equal(can, new MethodReads(method, true, false, trainsHead: true, startsFromRidge: false).CanBeSearched);

    [Fact]
    public void A_frozen_head_has_no_rate_and_a_ridge_head_has_a_penalty()
    {
        var of = new MethodReads("fedit", touchesEncoder: true, isClosedForm: false, trainsHead: false, startsFromRidge: true);

        Assert.False(of.Includes("actorfed.head.rate"));
        Assert.True(of.Includes("actorfed.head-ridge.lambda"));
    }
}
