using System.Collections.Immutable;
using ActorFed.Actors.Replication;
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
    /// <param name="Epoch">The epoch that is written in from now on; 0 for a journal of one process.</param>
    public sealed record RunOpened(ImmutableArray<RoundCommit> Commits, ServerState? State, RunEnd? End, long Epoch = 0)
        : ILocalMessage;

    /// <summary>Manager → journal. Close this round with this state.</summary>
    public sealed record CommitRound(RoundKey Key, RoundCommit Commit, ServerState State) : ILocalMessage;

    /// <summary>Journal → manager. From now on the round has happened.</summary>
    public sealed record RoundCommitted(RoundKey Key) : ILocalMessage;

    /// <summary>Run → journal. All rounds are done.</summary>
    public sealed record FinishRun(RunEnd End) : ILocalMessage;

    /// <summary>Journal → run.</summary>
    public sealed record RunFinishedDurably(RunEnd End) : ILocalMessage;

    /// <summary>Replicator → journal. The state that this round left?</summary>
    public sealed record LoadState(RoundCommit Commit) : ILocalMessage;

    /// <summary>Journal → replicator.</summary>
    /// <param name="Commit">The round.</param>
    /// <param name="State">Its state; null where it is not kept any more.</param>
    public sealed record StateLoaded(RoundCommit Commit, ServerState? State) : ILocalMessage;

    /// <summary>Standby → journal. An entry of the leader.</summary>
    public sealed record TakeEntry(long Epoch, int Place, JournalEntry Entry, ServerState? State) : ILocalMessage;

    /// <summary>Journal → standby. It is durable.</summary>
    /// <param name="Place">Of the entry.</param>
    /// <param name="Now">How far the journal is.</param>
    public sealed record EntryTaken(int Place, JournalPlace Now) : ILocalMessage;

    /// <summary>Standby → journal. The leader of this epoch has no more than this.</summary>
    public sealed record KeepStepWith(long Epoch, int Have) : ILocalMessage;

    /// <summary>Journal → standby. This server may lead from now on.</summary>
    public sealed record StepKept(JournalPlace Now) : ILocalMessage;

    /// <summary>Journal → standby. Nothing was written.</summary>
    /// <param name="Epoch">The highest that was seen.</param>
    /// <param name="Why">For people.</param>
    public sealed record EntryRefused(long Epoch, string Why) : ILocalMessage;
}

/// <summary>The journal could not be read or written; nothing was announced.</summary>
public sealed class JournalException(string what, Exception cause)
    : Exception($"The journal could not {what}: {cause?.Message}", cause);
