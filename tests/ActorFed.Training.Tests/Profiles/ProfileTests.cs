using ActorFed.Training.Chance;
using ActorFed.Training.Federation;
using ActorFed.Training.Profiles;

namespace ActorFed.Training.Tests.Profiles;

public sealed class ProfileTests
{
    [Theory]
    [InlineData("bell-shaped", 0.1, 0.4, 0.4, 0.1)]
    [InlineData("uniform", 0.25, 0.25, 0.25, 0.25)]
    [InlineData("right-skewed", 0.4, 0.3, 0.2, 0.1)]
    public void Budgets_follow_their_distribution(string name, double quarter, double half, double most, double whole)
    {
        var distribution = BudgetDistribution.Parse(name);
        var random = new SeededRandom(3);
        var draws = Enumerable.Range(0, 20_000).Select(_ => distribution.Draw(random)).CountBy(b => b).ToDictionary();
        Assert.Equal([0.25, 0.5, 0.75, 1], draws.Keys.Order());
        Assert.Equal(quarter, draws[0.25] / 20_000.0, 0.015);
        Assert.Equal(half, draws[0.5] / 20_000.0, 0.015);
        Assert.Equal(most, draws[0.75] / 20_000.0, 0.015);
        Assert.Equal(whole, draws[1] / 20_000.0, 0.015);
    }

    [Fact]
    public void Fixed_budgets_are_fixed()
    {
        Assert.Equal(1, BudgetDistribution.Parse("fixed").Draw(new(1)));
        Assert.Equal(0.3, BudgetDistribution.Parse(" fixed( 0.3 ) ").Draw(new(1)));
        Assert.Equal("fixed(0.3)", BudgetDistribution.Parse("fixed(0.3)").Name);
    }

    [Theory]
    [InlineData("gauss")]
    [InlineData("fixed(0)")]
    [InlineData("fixed(1.5)")]
    [InlineData("fixed(0.5")]
    [InlineData("fixed(1,2)")]
    [InlineData("fixed(NaN)")]
    [InlineData("uniform(1)")]
    public void A_budget_distribution_that_is_none_is_refused(string text) =>
        Assert.Throws<FormatException>(() => BudgetDistribution.Parse(text));

    [Theory]
    [InlineData("fixed(-1)")]
    [InlineData("fixed")]
    [InlineData("uniform(2, 1)")]
    [InlineData("log-normal(0, 1)")]
    [InlineData("log-normal(1, 9)")]
    [InlineData("log-normal(1; 0.5)")]
    public void A_spread_that_is_none_is_refused_with_its_text(string text) =>
        Assert.Contains(text, Assert.Throws<FormatException>(() => Spread.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("fixed(7)", 7, 7, 7)]
    [InlineData("uniform(2, 6)", 2, 6, 4)]
    [InlineData("log-normal(50, 0.5)", 6.76, 369.5, 50)]
    public void Draws_stay_in_their_range_around_their_median(string text, double least, double most, double median)
    {
        var spread = Spread.Parse(text);
        var random = new SeededRandom(9);
        var draws = Enumerable.Range(0, 5_001).Select(_ => spread.Draw(random)).Order().ToArray();
        Assert.InRange(draws[0], least, most);
        Assert.InRange(draws[^1], least, most);
        Assert.InRange(draws[2_500] / median, 0.95, 1.05);
        Assert.True(spread.Least <= draws[0] && spread.Most >= draws[^1]);
    }

    [Fact]
    public void A_profile_depends_on_seed_and_client_alone_and_each_quantity_on_its_own_distribution()
    {
        var one = ProfileDraw.Of(ClientId.Of(3), ProfileOptions.Default, 42);
        Assert.Equal(one, ProfileDraw.Of(ClientId.Of(3), ProfileOptions.Default, 42));
        Assert.NotEqual(one, ProfileDraw.Of(ClientId.Of(3), ProfileOptions.Default, 43));
        Assert.NotEqual(one.Speed, ProfileDraw.Of(ClientId.Of(4), ProfileOptions.Default, 42).Speed);

        var budgets = ProfileOptions.Default with { Budgets = BudgetDistribution.Fixed(0.125) };
        Assert.Equal(one with { Budget = 0.125 }, ProfileDraw.Of(ClientId.Of(3), budgets, 42));
    }

    [Fact]
    public void A_distribution_that_can_leave_its_range_is_refused_by_name()
    {
        Assert.Equal("Speed", Bad(ProfileOptions.Default with { Speed = Spread.Parse("fixed(0)") }));
        Assert.Equal("DownloadRate", Bad(ProfileOptions.Default with { DownloadRate = Spread.Parse("uniform(0, 5)") }));
        Assert.Equal("UploadRate", Bad(ProfileOptions.Default with { UploadRate = Spread.Parse("fixed(0)") }));
        Assert.Equal("Availability", Bad(ProfileOptions.Default with { Availability = Spread.Parse("uniform(0.5, 1.1)") }));
    }

    [Fact]
    public void A_client_answers_as_often_as_its_availability_says()
    {
        var profile = ProfileDraw.Of(ClientId.Of(1), ProfileOptions.Homogeneous, 1);
        Assert.True(Enumerable.Range(1, 500).All(r => ProfileDraw.Answers(profile, new(r), 1)));
        var rare = profile with { Availability = 0.3 };
        Assert.InRange(Enumerable.Range(1, 4_000).Count(r => ProfileDraw.Answers(rare, new(r), 1)), 1_080, 1_320);
        Assert.Equal(ProfileDraw.Answers(rare, new(7), 1), ProfileDraw.Answers(rare, new(7), 1));
    }

    [Fact]
    public void A_job_takes_download_training_and_upload()
    {
        var profile = new ClientProfile(
            ClientId.Of(0),
            Budget: 1,
            Speed: 50,
            DownloadRate: 1000,
            UploadRate: 250,
            Availability: 1
        );
        var job = new SimulatedJob(DownloadBytes: 2000, Steps: 20, BatchSize: 16, UploadBytes: 500);
        Assert.Equal(2 + 6.4 + 2, job.Seconds(profile), 1e-12);
        Assert.Equal(TimeSpan.FromMilliseconds(10_400), job.Duration(profile));
        Assert.Equal(TimeSpan.FromDays(100), (job with { UploadBytes = long.MaxValue }).Duration(profile));
        Assert.Throws<ArgumentOutOfRangeException>(() => (job with { Steps = -1 }).Seconds(profile));
        Assert.Throws<ArgumentOutOfRangeException>(() => (job with { BatchSize = 0 }).Seconds(profile));
    }

    private static string? Bad(ProfileOptions options) => Assert.Throws<ArgumentOutOfRangeException>(options.Check).ParamName;
}
