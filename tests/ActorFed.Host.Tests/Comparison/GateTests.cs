using ActorFed.Host.Comparison;

namespace ActorFed.Host.Tests.Comparison;

public sealed class GateTests
{
    // Gains of the rank: 0.03, 0.05, 0.04; mean 0.04, standard deviation 0.01, standard error 0.01 / sqrt(3) = 0.00577.
    private static readonly double[] Low = [0.70, 0.71, 0.72];
    private static readonly double[] High = [0.73, 0.76, 0.76];

    [Fact]
    public void Headroom_and_a_rank_that_counts_separate_methods()
    {
        var row = Gate.Judge("q,v", "t", [0.70, 0.70, 0.70], Low, High);

        Assert.Equal(0.05, row.Gain!.Value, 1e-12);
        Assert.Equal(0.04, row.RankGain!.Value, 1e-12);
        Assert.Equal(0.01 / Math.Sqrt(3), row.StandardError!.Value, 1e-12);
        Assert.Equal("separates methods", row.Verdict);
    }

    [Theory]
    [InlineData(0.73)] // the head is too good
    [InlineData(0.80)] // the adapters do harm
    public void No_headroom_separates_nothing(double head) =>
        Assert.Equal("cannot separate methods", Gate.Judge("q,v", "t", [head, head, head], Low, High).Verdict);

    [Fact]
    public void A_rank_that_does_not_count_separates_nothing() =>
        Assert.Equal("cannot separate methods", Gate.Judge("q,v", "t", [0.5, 0.5, 0.5], Low, [0.70, 0.75, 0.71]).Verdict);

    [Fact]
    public void What_is_not_run_is_not_known() =>
        Assert.Equal("not known", Gate.Judge("q,v", "t", [0.5, 0.5, 0.5], Low, []).Verdict);
}
