using System.Collections.Immutable;
using ActorFed.Training.Chance;
using ActorFed.Training.Federation;
using ActorFed.Training.Profiles;

namespace ActorFed.Actors.Rounds;

/// <summary>Who is invited: a pure function, so that a resumed run invites whom the interrupted one would have.</summary>
/// <param name="round">The round.</param>
/// <param name="attempt">0, then 1, 2, ...: each has a cohort of its own.</param>
/// <param name="count">How many.</param>
public delegate ImmutableArray<ClientId> CohortDraw(RoundId round, int attempt, int count);

/// <summary>Ways to draw cohorts, and what else of a round is left to chance.</summary>
public static class Cohorts
{
    /// <summary>Every client equally likely.</summary>
    public static CohortDraw Uniform(IEnumerable<ClientId> clients, long seed)
    {
        var ordered = clients.Order().ToImmutableArray();
        return (round, attempt, count) =>
            [
                .. SeededRandom
                    .For(OfAttempt(seed, attempt), "cohort", round.Number)
                    .Sample(ordered.Length, count)
                    .Select(i => ordered[i]),
            ];
    }

    /// <summary>A sampler of floor 0; an attempt after the first draws from a seed of its own.</summary>
    /// <param name="sampler">Makes the sampler of a seed.</param>
    /// <param name="seed">The run's seed.</param>
    public static CohortDraw From(Func<long, CohortSampler> sampler, long seed) =>
        (round, attempt, count) => sampler(OfAttempt(seed, attempt)).Draw(round, count);

    /// <summary>Whether a client answers this invitation.</summary>
    public static bool Answers(ClientProfile profile, long seed, RoundId round, int attempt)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return SeededRandom.For(seed, "availability", round.Number, attempt, profile.Client.Value).NextDouble()
            < profile.Availability;
    }

    private static long OfAttempt(long seed, int attempt) => attempt == 0 ? seed : Seed.Derive(seed, "attempt", attempt);
}
