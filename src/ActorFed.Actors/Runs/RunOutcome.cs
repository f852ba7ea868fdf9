using System.Collections.Immutable;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Wire;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Runs;

/// <summary>How a run ended.</summary>
/// <param name="Completed">All rounds are done; false when it was stopped, with the state of the last commit saved.</param>
/// <param name="Commits">Every committed round, those before a resume too.</param>
/// <param name="State">The state after the last of them.</param>
/// <param name="End">The journalled end, with the final evaluation; null unless completed.</param>
public sealed record RunOutcome(bool Completed, ImmutableArray<RoundCommit> Commits, ServerState State, RunEnd? End)
    : ILocalMessage;

/// <summary>A run cannot go on, and says why: quorum never met, journal not writable, a fault that nobody foresaw.</summary>
public sealed class RunFailedException(RunId run, string why, Exception? cause = null) : Exception($"Run {run}: {why}", cause)
{
    /// <summary>Which run.</summary>
    public RunId Run => run;

    /// <summary>The reason without the run's name.</summary>
    public string Why => why;
}
