using System.Collections.Immutable;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Wire;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Journal;

/// <summary>All that the server's actors and its journal may say to each other. A reply means: it is durable.</summary>
public static class JournalProtocol
{
    /// <summary>Run → journal. Begin, or go on with, this run.</summary>
    public sealed record OpenRun(RunHeader Header) : ILocalMessage;

    /// <summary>Journal → run.</summary>
    /// <param name="Commits">All rounds committed before.</param>
    /// <param name="State">The state that the last of them left; null for a new run.</param>
    /// <param name="End">The end; null while rounds are missing.</param>
    public sealed record RunOpened(ImmutableArray<RoundCommit> Commits, ServerState? State, RunEnd? End) : ILocalMessage;

    /// <summary>Manager → journal. Close this round with this state.</summary>
    public sealed record CommitRound(RoundKey Key, RoundCommit Commit, ServerState State) : ILocalMessage;

    /// <summary>Journal → manager. From now on the round has happened.</summary>
    public sealed record RoundCommitted(RoundKey Key) : ILocalMessage;

    /// <summary>Run → journal. All rounds are done.</summary>
    public sealed record FinishRun(RunEnd End) : ILocalMessage;

    /// <summary>Journal → run.</summary>
    public sealed record RunFinishedDurably(RunEnd End) : ILocalMessage;
}

/// <summary>The journal could not be read or written; nothing was announced.</summary>
public sealed class JournalException(string what, Exception cause)
    : Exception($"The journal could not {what}: {cause?.Message}", cause);
