namespace ActorFed.Host.Comparison;

/// <summary>Student's t distribution with whole degrees of freedom.</summary>
internal static class StudentT
{
    /// <summary>The t with P(|T| ≤ t) = <paramref name="probability"/>.</summary>
    /// <param name="probability">0.95 for the usual interval; above 0, below 1.</param>
    /// <param name="degrees">Degrees of freedom; at least 1.</param>
    public static double Quantile(double probability, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        var (low, high) = (0.0, 1.0);
        while (Central(high, degrees) < probability)
        {
            (low, high) = (high, 2 * high);
        }

        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Central(middle, degrees) < probability ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>P(|T| ≤ t), in closed form for whole degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4).</summary>
    internal static double Central(double t, int degrees)
    {
        var angle = Math.Atan(t / Math.Sqrt(degrees));
        var (sine, cosine) = Math.SinCos(angle);
        var odd = degrees % 2 == 1;
        var (term, sum) = odd ? (cosine, degrees > 1 ? cosine : 0) : (1.0, 1.0);
        for (var k = odd ? 3 : 2; k < degrees; k += 2)
        {
            term *= cosine * cosine * (k - 1) / k;
            sum += term;
        }

        return odd ? 2 / Math.PI * (angle + (sine * sum)) : sine * sum;
    }
}
