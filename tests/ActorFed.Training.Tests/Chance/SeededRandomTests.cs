using ActorFed.Training.Chance;
using FsCheck;
using FsCheck.Fluent;

namespace ActorFed.Training.Tests.Chance;

public sealed class SeededRandomTests
{
    [Theory]
    [InlineData(0, new ulong[] { 11091344671253066420, 13793997310169335082, 1900383378846508768, 7684712102626143532 })]
    [InlineData(42, new ulong[] { 1546998764402558742, 6990951692964543102, 12544586762248559009, 17057574109182124193 })]
    [InlineData(-1, new ulong[] { 10328197420357168392, 14156678507024973869, 9357971779955476126, 13791585006304312367 })]
    public void The_bits_are_those_of_xoshiro_as_published(long seed, ulong[] expected)
    {
        var random = new SeededRandom(seed);
        Assert.Equal(expected, expected.Select(_ => random.NextBits()).ToArray());
    }

    [Fact]
    public void Doubles_are_the_upper_53_bits()
    {
        var random = new SeededRandom(42);
        Assert.Equal(0.08386297105988216, random.NextDouble());
        Assert.Equal(0.3789802506626686, random.NextDouble());
        Assert.Equal(0.6800434110281394, random.NextDouble());
    }

    [Fact]
    public void Whole_numbers_stay_in_their_range() =>
        Check(
            Prop.ForAll<long, int, int>(
                (seed, a, b) =>
                {
                    var (from, below) = a < b ? (a, b) : (b, a + 1);
                    var n = new SeededRandom(seed).Next(from, below);
                    return n >= from && n < below;
                }
            )
        );

    [Fact]
    public void Every_number_of_a_small_range_is_equally_likely()
    {
        var random = new SeededRandom(7);
        var counts = new int[6];
        for (var i = 0; i < 60_000; i++)
        {
            counts[random.Next(6)]++;
        }
        Assert.All(counts, c => Assert.InRange(c, 9_600, 10_400)); // four standard deviations are 365
    }

    [Fact]
    public void A_shuffle_keeps_every_item() =>
        Check(
            Prop.ForAll<long, int[]>(
                (seed, items) =>
                {
                    var shuffled = items.ToArray();
                    new SeededRandom(seed).Shuffle(shuffled.AsSpan());
                    return shuffled.Order().SequenceEqual(items.Order());
                }
            )
        );

    [Fact]
    public void A_sample_has_no_repeats_and_stays_in_the_population() =>
        Check(
            Prop.ForAll<long, byte, byte>(
                (seed, a, b) =>
                {
                    var (count, population) = (Math.Min(a, b), Math.Max(a, b));
                    var drawn = new SeededRandom(seed).Sample(population, count);
                    return drawn.Length == count && drawn.Distinct().Count() == count && drawn.All(d => d >= 0 && d < population);
                }
            )
        );

    [Fact]
    public void A_weighted_sample_follows_its_weights_and_never_draws_a_zero()
    {
        var first = new int[4];
        for (var i = 0; i < 20_000; i++)
        {
            first[SeededRandom.For(3, "draw", i).SampleWeighted([1, 0, 2, 5], 1)[0]]++;
        }
        Assert.Equal(0, first[1]);
        Assert.InRange(first[0], 2_300, 2_700);
        Assert.InRange(first[2], 4_750, 5_250);
        Assert.InRange(first[3], 12_200, 12_800);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(9.5)]
    public void Gamma_has_the_mean_and_variance_of_its_shape(double shape)
    {
        var random = new SeededRandom(11);
        var draws = Enumerable.Range(0, 60_000).Select(_ => random.NextGamma(shape)).ToArray();
        var mean = draws.Average();
        var variance = draws.Select(d => (d - mean) * (d - mean)).Average();
        Assert.InRange(mean / shape, 0.95, 1.05);
        Assert.InRange(variance / shape, 0.9, 1.1);
    }

    [Fact]
    public void Normal_draws_have_the_mean_and_deviation_asked_for()
    {
        var random = new SeededRandom(5);
        var draws = Enumerable.Range(0, 50_000).Select(_ => random.NextNormal(3, 2)).ToArray();
        var mean = draws.Average();
        Assert.InRange(mean, 2.96, 3.04);
        Assert.InRange(Math.Sqrt(draws.Select(d => (d - mean) * (d - mean)).Average()), 1.97, 2.03);
        Assert.InRange(draws.Count(d => Math.Abs(d - 3) < 2) / 50_000.0, 0.67, 0.695);
    }

    [Theory]
    [InlineData(0.0001)]
    [InlineData(0.3)]
    [InlineData(1e6)]
    public void Dirichlet_shares_sum_to_one_even_at_the_extremes(double alpha)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var shares = new SeededRandom(seed).NextDirichlet(alpha, 20);
            Assert.All(shares, s => Assert.InRange(s, 0, 1));
            Assert.Equal(1, shares.Sum(), 1e-12);
        }
    }

    [Fact]
    public void Asking_for_the_impossible_is_refused()
    {
        var random = new SeededRandom(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Sample(3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextGamma(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextNormal(0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextBool(1.5));
        Assert.Throws<ArgumentException>(() => random.SampleWeighted([1, 0], 2));
        Assert.Throws<ArgumentException>(() => random.SampleWeighted([1, double.NaN], 1));
    }

    private static void Check(Property property) => property.Check(Config.QuickThrowOnFailure.WithReplay(2026, 77));
}
