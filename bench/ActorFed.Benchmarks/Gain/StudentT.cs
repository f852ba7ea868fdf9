namespace ActorFed.Benchmarks.Gain;

/// <summary>Student's t interval of a mean.</summary>
internal static class StudentT
{
    // Two-sided 95 % quantiles for 1 to 10 degrees of freedom.
    private static readonly double[] Quantiles = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

    /// <summary>Mean and half width of the 95 % interval; 2 to 11 values.</summary>
    public static (double Mean, double HalfWidth) Interval95(double[] values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Length, Quantiles.Length + 1);
        var mean = values.Average();
        var variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
        return (mean, Quantiles[values.Length - 2] * Math.Sqrt(variance / values.Length));
    }
}
