using ActorFed.Actors.Journal;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Replication;

/// <summary>The journal of one of several servers. Who writes does so in an epoch; a write of an epoch that another has overtaken is refused.</summary>
/// <remarks>Safe for any thread: a standby that takes over has two that write.</remarks>
public interface IReplicatedJournal : IRunJournal
{
    /// <summary>The highest epoch that was seen here; 0 before the first. Durable.</summary>
    long Epoch { get; }

    /// <summary>Begins an epoch above all that were seen: from now on <see cref="IRunJournal.Commit"/> and <see cref="IRunJournal.Finish"/> write in it.</summary>
    /// <returns>The epoch; durable before it returns.</returns>
    /// <exception cref="NotInStepException">It follows another server, and does not have all that that one has.</exception>
    long Lead();

    /// <summary>From now on another server writes, and this one may not lead before <see cref="KeepStep"/>.</summary>
    void Follow();

    /// <summary>It has all that the leader of this epoch has, and every later entry will be here before it counts.</summary>
    /// <exception cref="FencedException">A higher epoch was seen here.</exception>
    void KeepStep(long epoch);

    /// <summary>Writes an entry of the leader of an epoch. One that is here already is no error.</summary>
    /// <param name="epoch">Of the leader; it is seen from now on.</param>
    /// <param name="entry">The next one.</param>
    /// <param name="state">The state that a round left; null for an end, and for a round whose state the leader does not keep any more.</param>
    /// <exception cref="FencedException">A higher epoch was seen here.</exception>
    /// <exception cref="InvalidOperationException">Another entry is next, or a different one is at its place.</exception>
    void Take(long epoch, JournalEntry entry, ServerState? state);
}

/// <summary>A write of an epoch that is over: another server leads the run.</summary>
public sealed class FencedException(long epoch, long seen)
    : Exception($"This server led in epoch {epoch}; another one leads in epoch {seen}. Nothing was written.")
{
    /// <summary>The epoch of the write.</summary>
    public long Epoch => epoch;

    /// <summary>The highest that was seen.</summary>
    public long Seen => seen;
}

/// <summary>A standby was to lead that was never brought up to date: rounds that were announced could be lost.</summary>
public sealed class NotInStepException(int have)
    : Exception(
        $"this standby has {have} entries of the journal and was never told that these are all; it does not take over. "
            + "Go on with --resume where the last server led."
    )
{
    /// <summary>Entries that are here.</summary>
    public int Have => have;
}
