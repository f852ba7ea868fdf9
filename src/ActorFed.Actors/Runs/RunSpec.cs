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
    // Those who contributed are waited for: longer than the slowest profile takes.
    private static TimeSpan Endless => TimeSpan.FromDays(36_500);

    /// <summary>The run's name.</summary>
    public RunId Run => Header.Run;

    /// <summary>The seed of everything.</summary>
    public long Seed => Header.Seed;

    /// <summary>The last round that is held: a method that is done earlier ends the run earlier.</summary>
    public int LastRound => Math.Min(Rounds, Method.LastRound ?? int.MaxValue);

    /// <summary>Whose updates each round is to take, and no others: those of a run that was held before. Null for a run that finds out.</summary>
    public ImmutableDictionary<RoundId, ImmutableArray<ClientId>>? Contributors { get; init; }

    /// <summary>
    /// How long after the last change a run that goes on (a resume, a standby that leads) waits for clients that were there before; null
    /// for ever. A run that begins waits for all, and so does one that is to take the same updates as another.
    /// </summary>
    public TimeSpan? RejoinWithin { get; init; }

    /// <summary>How this round is held: one that asks everybody takes everybody's update, whatever the cohort of the others.</summary>
    public RoundOptions RoundOf(RoundId round) =>
        Contributors is { } given
            ? Round with
            {
                PerRound = given[round].Length,
                Reserve = 0,
                Quorum = given[round].Length,
                Deadline = Endless,
            }
        : Method.InvitesEverybody(round) ? Round with { PerRound = Clients.Length, Reserve = 0 }
        : Round;

    /// <summary>Whether the model is judged on the validation part after this round.</summary>
    public bool Validates(RoundId round) =>
        round.Number == LastRound || (Round.EvaluateEvery > 0 && round.Number % Round.EvaluateEvery == 0);

    /// <summary>Who is invited to an attempt of a round.</summary>
    public IEnumerable<ClientId> CohortOf(RoundId round, int attempt, RoundOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Contributors is { } given ? given[round]
            : Method.InvitesEverybody(round) ? Clients.Select(c => c.Client)
            : Cohort(round, attempt, options.Invited(Clients.Length));
    }
}
