using ActorFed.Training.Chance;

namespace ActorFed.Training.Profiles;

/// <summary>A distribution of a positive quantity (speed, bandwidth, availability) over clients.</summary>
public abstract record Spread
{
    private protected Spread() { }

    /// <summary>The lowest value it can give; what a range is checked against.</summary>
    public abstract double Least { get; }

    /// <summary>The highest value it can give; infinity where there is none.</summary>
    public abstract double Most { get; }

    /// <summary>One draw.</summary>
    public abstract double Draw(SeededRandom random);

    /// <summary>fixed(value), uniform(least, most) or log-normal(median, sigma): sigma is the deviation of the natural logarithm.</summary>
    /// <exception cref="FormatException">Another name, a count of numbers that does not fit, or numbers outside their range.</exception>
    public static Spread Parse(string text)
    {
        var (name, numbers) = DistributionText.Split(text);
        return (name, numbers) switch
        {
            ("fixed", [>= 0 and var value]) => new FixedSpread(value),
            ("uniform", [>= 0 and var least, var most]) when most >= least => new UniformSpread(least, most),
            ("log-normal", [> 0 and var median, >= 0 and <= 5 and var sigma]) => new LogNormalSpread(median, sigma),
            _ => throw new FormatException(
                $"'{text}' is no distribution: fixed(VALUE), uniform(LEAST, MOST) or log-normal(MEDIAN, SIGMA), values not negative, "
                    + "the median above 0, sigma from 0 to 5."
            ),
        };
    }

    private sealed record FixedSpread(double Value) : Spread
    {
        public override double Least => Value;

        public override double Most => Value;

        public override double Draw(SeededRandom random) => Value;
    }

    private sealed record UniformSpread(double Low, double High) : Spread
    {
        public override double Least => Low;

        public override double Most => High;

        public override double Draw(SeededRandom random) => Low + ((High - Low) * random.NextDouble());
    }

    // Cut at four deviations: one draw in 16,000 would else decide how long a simulated round lasts.
    private sealed record LogNormalSpread(double Median, double Sigma) : Spread
    {
        public override double Least => Median * Math.Exp(-4 * Sigma);

        public override double Most => Median * Math.Exp(4 * Sigma);

        public override double Draw(SeededRandom random) => Median * Math.Exp(Sigma * Math.Clamp(random.NextNormal(), -4, 4));
    }
}
