using System.Collections.Immutable;
using ActorFed.Actors.Clients;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Rounds;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Runs;

/// <summary>Where a run is: all that decides what comes next. Immutable.</summary>
/// <param name="Commits">Every committed round.</param>
/// <param name="State">The state after the last.</param>
/// <param name="Counted">Which training each client goes on from.</param>
/// <param name="Attempt">The attempt of the round that comes next.</param>
/// <param name="Earlier">What its earlier attempts cost.</param>
public sealed record RunProgress(
    ImmutableList<RoundCommit> Commits,
    ServerState State,
    ImmutableDictionary<ClientId, PersonalKey> Counted,
    int Attempt,
    EarlierAttempts Earlier
)
{
    /// <summary>The last committed round.</summary>
    public RoundId Last => Commits.IsEmpty ? RoundId.Start : Commits[^1].Round;

    /// <summary>After these commits.</summary>
    public static RunProgress From(IEnumerable<RoundCommit> commits, ServerState state)
    {
        var list = commits.ToImmutableList();
        return new(list, state, CountedState.After(list), 0, EarlierAttempts.None);
    }

    /// <summary>After one more round.</summary>
    public RunProgress With(RoundCommit commit, ServerState state) =>
        new(Commits.Add(commit), state, CountedState.After(Counted, commit), 0, EarlierAttempts.None);

    /// <summary>After an attempt that had too few updates.</summary>
    public RunProgress WithMissed(RoundSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return this with
        {
            Attempt = Attempt + 1,
            Earlier = new(summary.Down.AsRetries(), summary.Up.AsRetries(), summary.Seconds),
        };
    }
}
