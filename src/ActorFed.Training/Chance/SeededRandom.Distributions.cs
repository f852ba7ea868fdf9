namespace ActorFed.Training.Chance;

public sealed partial class SeededRandom
{
    private double? _spareNormal;

    /// <summary>A draw from the normal distribution with the given mean and standard deviation (Marsaglia's polar method).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is negative or not a number.</exception>
    public double NextNormal(double mean = 0, double deviation = 1)
    {
        if (deviation is not (>= 0 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "A deviation is finite and not negative.");
        }
        return mean + (deviation * NextStandardNormal());
    }

    /// <summary>A draw from the gamma distribution with the given shape and scale 1 (Marsaglia and Tsang 2000).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The shape is not positive and finite.</exception>
    public double NextGamma(double shape) => Math.Exp(NextLogGamma(shape));

    /// <summary>A draw from the symmetric Dirichlet distribution: shares that sum to 1.</summary>
    /// <remarks>Computed from logarithms: with an alpha of 0.001 all plain gamma draws would round to zero.</remarks>
    /// <param name="alpha">Concentration, above 0; small is unequal, large is nearly equal.</param>
    /// <param name="count">How many shares, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bad alpha or count.</exception>
    public double[] NextDirichlet(double alpha, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var logs = new double[count];
        for (var i = 0; i < count; i++)
        {
            logs[i] = NextLogGamma(alpha);
        }
        var largest = logs.Max();
        var shares = Array.ConvertAll(logs, log => Math.Exp(log - largest));
        var sum = shares.Sum();
        return Array.ConvertAll(shares, share => share / sum);
    }

    private double NextStandardNormal()
    {
        if (_spareNormal is { } spare)
        {
            _spareNormal = null;
            return spare;
        }
        double u,
            v,
            square;
        do
        {
            u = (2 * NextDouble()) - 1;
            v = (2 * NextDouble()) - 1;
            square = (u * u) + (v * v);
        } while (square is >= 1 or 0);
        var factor = Math.Sqrt(-2 * Math.Log(square) / square);
        _spareNormal = v * factor;
        return u * factor;
    }

    private double NextLogGamma(double shape)
    {
        if (shape is not (> 0 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(nameof(shape), shape, "A shape is positive and finite.");
        }
        // Gamma(a) = Gamma(a + 1) · U^(1/a); Marsaglia and Tsang's method itself needs a shape of at least 1.
        return shape < 1 ? NextLogGamma(shape + 1) + (Math.Log(1 - NextDouble()) / shape) : NextLogGammaAboveOne(shape);
    }

    private double NextLogGammaAboveOne(double shape)
    {
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = NextStandardNormal();
            var v = 1 + (c * x);
            if (v <= 0)
            {
                continue;
            }
            v = v * v * v;
            var bound = (0.5 * x * x) + d - (d * v) + (d * Math.Log(v));
            if (Math.Log(1 - NextDouble()) < bound)
            {
                return Math.Log(d * v);
            }
        }
    }
}
