namespace ActorFed.Host.Comparison;

/// <summary>How two methods differ over the seeds that both have.</summary>
/// <param name="Mean">Mean of the differences, in the unit of the metric.</param>
/// <param name="Low">Lower end of the 95 % t-interval of the mean; null for fewer than two seeds.</param>
/// <param name="High">Upper end.</param>
/// <param name="Wins">Seeds in which the difference is above zero.</param>
/// <param name="N">Seeds.</param>
internal sealed record PairedDifference(double Mean, double? Low, double? High, int Wins, int N)
{
    /// <summary>Whether zero lies outside the interval: only then a difference is claimed.</summary>
    public bool IsClaimed => Low > 0 || High < 0;

    /// <summary>Of these differences, one a seed; null for none.</summary>
    public static PairedDifference? Of(IReadOnlyCollection<double> differences)
    {
        if (differences.Count == 0)
        {
            return null;
        }

        var (mean, wins, n) = (differences.Average(), differences.Count(d => d > 0), differences.Count);
        if (n < 2)
        {
            return new(mean, null, null, wins, n);
        }

        var half = StudentT.Quantile(0.95, n - 1) * Math.Sqrt(Variance(differences, mean) / n);
        return new(mean, mean - half, mean + half, wins, n);
    }

    /// <summary>Of one method's runs less those of another with the same seeds; null if no seed has both.</summary>
    public static PairedDifference? Of<T>(IEnumerable<T> own, IEnumerable<T> rivals, Func<T, long> seed, Func<T, double> value) =>
        Of([.. own.Join(rivals, seed, seed, (a, b) => value(a) - value(b))]);

    private static double Variance(IReadOnlyCollection<double> values, double mean) =>
        values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1);
}
