using ActorFed.Actors.Rounds;
using ActorFed.Training.Partitioning;
using ActorFed.Training.Profiles;

namespace ActorFed.Host.Simulation;

/// <summary>Who is invited, as the settings or a given plan say.</summary>
internal static class CohortChoice
{
    /// <summary>The draw of a run. A plan names the first attempt of each round; a repeated round is drawn.</summary>
    /// <exception cref="PartitionException">The plan has fewer rounds, or fewer clients in one, than the run asks for.</exception>
    public static CohortDraw Of(Preparation run)
    {
        var drawn = Cohorts.From(seed => Sampler(run, seed), run.Settings.Seed);
        if (run.Given is not { } plan)
        {
            return drawn;
        }

        var planned = CohortSampler.FromPlan(plan);
        return (round, attempt, count) => attempt == 0 ? planned.Draw(round, count) : drawn(round, attempt, count);
    }

    private static CohortSampler Sampler(Preparation run, long seed) =>
        run.Settings.CohortScheme switch
        {
            "uniform" => CohortSampler.Uniform(run.Partition, seed),
            "by-size" => CohortSampler.BySize(run.Partition, seed),
            "by-availability" => CohortSampler.ByAvailability(run.Profiles, seed),
            "cyclic" => CohortSampler.Cyclic(run.Partition, seed),
            var other => throw new InvalidOperationException($"Cohort scheme '{other}' passed the settings' check."),
        };
}
