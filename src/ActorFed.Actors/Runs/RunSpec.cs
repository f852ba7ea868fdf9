using System.Collections.Immutable;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Rounds;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Runs;

/// <summary>One run, fully described.</summary>
/// <param name="Header">Its name, seed and what it is made of; the journal holds a resumed run against it.</param>
/// <param name="Rounds">Rounds to do, those before a resume included; 1 to 1,000,000.</param>
/// <param name="Round">How each is held.</param>
/// <param name="Clients">Every client, in client order. The run begins when all of them are registered.</param>
/// <param name="Method">What is computed.</param>
/// <param name="Cohort">Who is invited to which round.</param>
/// <param name="TestAtEnd">Whether the final model is judged on the whole test part.</param>
public sealed record RunSpec(
    RunHeader Header,
    int Rounds,
    RoundOptions Round,
    ImmutableArray<ClientProfile> Clients,
    IFederatedMethod Method,
    CohortDraw Cohort,
    bool TestAtEnd = true
)
{
    /// <summary>The run's name.</summary>
    public RunId Run => Header.Run;

    /// <summary>The seed of everything.</summary>
    public long Seed => Header.Seed;
}
