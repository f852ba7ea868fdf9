using ActorFed.Host.Comparison;

namespace ActorFed.Host.Tests.Comparison;

public sealed class StudentTTests
{
    // Two-sided 95 % quantiles as every table has them.
    [Theory]
    [InlineData(1, 12.7062)]
    [InlineData(2, 4.3027)]
    [InlineData(3, 3.1824)]
    [InlineData(4, 2.7764)]
    [InlineData(5, 2.5706)]
    [InlineData(9, 2.2622)]
    [InlineData(10, 2.2281)]
    [InlineData(30, 2.0423)]
    [InlineData(120, 1.9799)]
    public void The_quantiles_are_those_of_the_tables(int degrees, double expected) =>
        Assert.Equal(expected, StudentT.Quantile(0.95, degrees), 5e-5);

    [Fact]
    public void The_99_percent_quantile_is_another() => Assert.Equal(4.6041, StudentT.Quantile(0.99, 4), 5e-5);

    [Fact]
    public void The_interval_of_a_worked_example()
    {
        // Mean 3, standard deviation sqrt(2.5), n = 5: 3 ± 2.7764 × sqrt(2.5 / 5) = 3 ± 1.9632.
        var difference = PairedDifference.Of([1.0, 2, 3, 4, 5])!;

        Assert.Equal(3, difference.Mean);
        Assert.Equal(3 - 1.96324, difference.Low!.Value, 1e-5);
        Assert.Equal(3 + 1.96324, difference.High!.Value, 1e-5);
        Assert.Equal((5, 5, true), (difference.Wins, difference.N, difference.IsClaimed));
    }

    [Fact]
    public void One_seed_has_no_interval_and_claims_nothing()
    {
        var one = PairedDifference.Of([0.5])!;

        Assert.Equal((null, null, false), (one.Low, one.High, one.IsClaimed));
        Assert.Null(PairedDifference.Of([]));
    }

    [Fact]
    public void A_difference_around_zero_is_not_claimed() => Assert.False(PairedDifference.Of([-1.0, 2, -0.5])!.IsClaimed);
}
