using ActorFed.Actors.Journal;

namespace ActorFed.Actors.Replication;

/// <summary>One line of a run's journal. The place of an entry is its number, from 1: those of the rounds, and one after them for the end.</summary>
public abstract record JournalEntry
{
    private JournalEntry() { }

    /// <summary>A round.</summary>
    public sealed record Round(RoundCommit Commit) : JournalEntry;

    /// <summary>The end of a run that did all its rounds.</summary>
    public sealed record Ending(RunEnd End) : JournalEntry;
}
