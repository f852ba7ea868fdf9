namespace ActorFed.Training.Profiles;

/// <summary>What clients are like, as named distributions.</summary>
/// <param name="Budgets">Share of the full adapter that a client can train.</param>
/// <param name="Speed">Training examples a second, above 0.</param>
/// <param name="DownloadRate">Bytes a second towards the client, above 0.</param>
/// <param name="UploadRate">Bytes a second from the client, above 0.</param>
/// <param name="Availability">Probability that an invitation is answered, 0 to 1.</param>
public sealed record ProfileOptions(
    BudgetDistribution Budgets,
    Spread Speed,
    Spread DownloadRate,
    Spread UploadRate,
    Spread Availability
)
{
    /// <summary>
    /// Uniform budgets; speed log-normal(50, 0.5) examples a second; download log-normal(2.5e6, 0.7) and upload log-normal(6e5, 0.7)
    /// bytes a second; availability uniform(0.85, 1).
    /// </summary>
    public static ProfileOptions Default { get; } =
        new(
            BudgetDistribution.Uniform,
            Spread.Parse("log-normal(50, 0.5)"),
            Spread.Parse("log-normal(2500000, 0.7)"),
            Spread.Parse("log-normal(600000, 0.7)"),
            Spread.Parse("uniform(0.85, 1)")
        );

    /// <summary>Everybody alike: the whole adapter, the median device, always there.</summary>
    public static ProfileOptions Homogeneous { get; } =
        new(
            BudgetDistribution.Fixed(1),
            Spread.Parse("fixed(50)"),
            Spread.Parse("fixed(2500000)"),
            Spread.Parse("fixed(600000)"),
            Spread.Parse("fixed(1)")
        );

    /// <exception cref="ArgumentOutOfRangeException">Names the first distribution that can leave its range.</exception>
    public void Check()
    {
        Positive(nameof(Speed), Speed);
        Positive(nameof(DownloadRate), DownloadRate);
        Positive(nameof(UploadRate), UploadRate);
        if (Availability.Most > 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Availability),
                Availability.Most,
                "Availability is a probability, at most 1."
            );
        }
    }

    private static void Positive(string name, Spread spread)
    {
        if (spread.Least <= 0)
        {
            throw new ArgumentOutOfRangeException(name, spread.Least, $"{name} is above 0, or a job would never end.");
        }
    }
}
