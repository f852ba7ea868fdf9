using ActorFed.Training.Encoding;

namespace ActorFed.Actors.Replication;

/// <summary>How far a journal is.</summary>
/// <param name="Epoch">The highest that was seen.</param>
/// <param name="Have">Entries: rounds, and the end.</param>
/// <param name="Global">The model after the last round; null without a round.</param>
public sealed record JournalPlace(long Epoch, int Have, BlobId? Global)
{
    /// <summary>Of this journal, now.</summary>
    public static JournalPlace Of(IReplicatedJournal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        return new(journal.Epoch, journal.Commits.Count + (journal.End is null ? 0 : 1), journal.Last?.Global);
    }
}
