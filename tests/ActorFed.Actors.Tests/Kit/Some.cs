using System.Collections.Immutable;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>Values that tests begin from.</summary>
internal static class Some
{
    public static readonly RunId Run = new("run-1");

    public static RoundKey Key(int round = 1, int attempt = 0) => new(Run, new(round), attempt);

    public static readonly RoundOptions Options = new(
        PerRound: 3,
        Reserve: 0,
        Quorum: 1,
        Deadline: TimeSpan.FromMinutes(10),
        AnswerWithin: TimeSpan.FromSeconds(5),
        Attempts: 3,
        EvaluateEvery: 2,
        ResendAfter: TimeSpan.FromSeconds(5)
    );

    /// <summary>Equal clients: 100 examples at 10 a second and little traffic, about 10 s for each round.</summary>
    public static ImmutableArray<ClientProfile> Profiles(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new ClientProfile(ClientId.Of(i), 1, 10, 1e6, 1e6, 1))];

    public static RunSpec Spec(
        int clients = 6,
        int rounds = 4,
        RoundOptions? options = null,
        Func<ClientProfile, ClientProfile>? change = null
    )
    {
        ImmutableArray<ClientProfile> profiles = [.. Profiles(clients).Select(change ?? (p => p))];
        return new(
            new(Run, "settings", "a", "b", "c", Seed: 5),
            rounds,
            options ?? Options,
            profiles,
            new CountingMethod(),
            Cohorts.Uniform(profiles.Select(p => p.Client), seed: 5)
        );
    }
}
