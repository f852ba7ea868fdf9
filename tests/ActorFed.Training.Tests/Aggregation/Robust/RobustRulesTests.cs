using ActorFed.Training.Aggregation.Robust;
using FsCheck;
using FsCheck.Fluent;

namespace ActorFed.Training.Tests.Aggregation.Robust;

/// <summary>The rules against definitions written out at length, on random vectors.</summary>
public sealed class RobustRulesTests
{
    private static Arbitrary<float[][]> Vectors { get; } =
        Gen.Choose(1, 9)
            .SelectMany(n =>
                Gen.Choose(-8, 8).Select(v => v / 4f).ArrayOf(3).ArrayOf(n) // few values: ties happen
            )
            .ToArbitrary();

    [Fact]
    public void The_median_has_at_most_half_of_the_values_on_each_side() =>
        Prop.ForAll(
                Vectors,
                vectors =>
                    RobustRules
                        .Median(vectors)
                        .Select((m, i) => (m, Column: vectors.Select(v => v[i]).ToArray()))
                        .All(c =>
                            c.Column.Count(v => v < c.m) * 2 <= c.Column.Length
                            && c.Column.Count(v => v > c.m) * 2 <= c.Column.Length
                        )
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_trimmed_mean_is_what_is_left_when_extremes_are_taken_away_one_by_one() =>
        Prop.ForAll(
                Vectors,
                vectors =>
                    new[] { 0, 0.2, 0.34, 0.49 }.All(trim =>
                        RobustRules
                            .TrimmedMean(vectors, trim)
                            .Select(
                                (m, i) =>
                                    Math.Abs(m - Trimmed([.. vectors.Select(v => v[i])], (int)(trim * vectors.Length))) < 1e-6
                            )
                            .All(ok => ok)
                    )
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Krum_keeps_those_whose_neighbourhood_is_tightest_over_all_neighbourhoods() =>
        Prop.ForAll(
                Vectors,
                vectors =>
                {
                    var n = vectors.Length;
                    var squared = Distances(vectors);
                    foreach (var faulty in Enumerable.Range(0, 3))
                    {
                        // Brute force: of every set of neighbours of the right size the least sum.
                        var size = Math.Min(n - 1, Math.Max(1, n - faulty - 2));
                        var scores = Enumerable
                            .Range(0, n)
                            .Select(k => Subsets(n, size, k).Min(s => s.Sum(j => squared[k, j])))
                            .ToArray();
                        foreach (var keep in Enumerable.Range(1, n))
                        {
                            var kept = RobustRules.Krum(squared, faulty, keep);
                            var worst = kept.Max(k => scores[k]);
                            if (kept.Length != keep || Enumerable.Range(0, n).Except(kept).Any(k => scores[k] < worst - 1e-9))
                            {
                                return false;
                            }
                        }
                    }

                    return true;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Corrupted_clients_move_median_and_trimmed_mean_no_further_than_the_honest_ones_reach() =>
        Prop.ForAll(
                Vectors,
                honest =>
                {
                    // fault: as many liars as the rule bears, each with a huge vector
                    var liars = (honest.Length - 1) / 2;
                    var all = honest.Concat(Enumerable.Repeat(new[] { 1e30f, -1e30f, 1e30f }, liars)).ToArray();
                    var trim = Math.Min(0.4999, (liars + 0.5) / all.Length);
                    return Within(RobustRules.Median(all), honest) && Within(RobustRules.TrimmedMean(all, trim), honest);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_change_is_clipped_to_the_norm_and_a_short_one_is_left()
    {
        Assert.Equal(1, RobustRules.ClipFactor(0.5, 1));
        Assert.Equal(1, RobustRules.ClipFactor(1, 1));
        Assert.Equal(0.25, RobustRules.ClipFactor(4, 1));
    }

    [Fact]
    public void Settings_out_of_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            RobustRules.TrimmedMean(
                [
                    [1f],
                ],
                0.5
            )
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => RobustRules.Krum(new double[2, 2], 0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => RobustRules.Krum(new double[2, 2], 0, 0));
    }

    private static bool Within(float[] result, float[][] honest) =>
        result.Select((r, i) => r >= honest.Min(h => h[i]) && r <= honest.Max(h => h[i])).All(ok => ok);

    private static double Trimmed(List<float> values, int drop)
    {
        for (var i = 0; i < drop; i++)
        {
            values.Remove(values.Min());
            values.Remove(values.Max());
        }

        return values.Average(v => (double)v);
    }

    private static double[,] Distances(float[][] vectors)
    {
        var squared = new double[vectors.Length, vectors.Length];
        for (var i = 0; i < vectors.Length; i++)
        {
            for (var j = 0; j < vectors.Length; j++)
            {
                squared[i, j] = UpdateDistance.Squared(vectors[i], vectors[j]);
            }
        }

        return squared;
    }

    private static IEnumerable<int[]> Subsets(int n, int size, int without) =>
        Enumerable
            .Range(0, 1 << n)
            .Where(bits => System.Numerics.BitOperations.PopCount((uint)bits) == size && (bits & (1 << without)) == 0)
            .Select(bits => Enumerable.Range(0, n).Where(j => (bits & (1 << j)) != 0).ToArray());
}
