using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Journal;

/// <summary>What identifies a run: a resume whose header differs is refused by the host, with the differences.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Settings">The fully resolved settings, as text.</param>
/// <param name="SettingsHash">SHA-256 of the settings that decide the result, hexadecimal.</param>
/// <param name="DataHash">SHA-256 over the data that clients train on, hexadecimal.</param>
/// <param name="BaseModelHash">SHA-256 of the frozen base model, hexadecimal.</param>
/// <param name="Seed">The seed of everything.</param>
public sealed record RunHeader(RunId Run, string Settings, string SettingsHash, string DataHash, string BaseModelHash, long Seed);

/// <summary>A decision that is never taken back: this round is closed with this state.</summary>
/// <param name="Summary">What became of the round, with round, attempt and every contributor's client, update blob and examples.</param>
/// <param name="Global">Blob of <see cref="ServerState.Global"/> after the round.</param>
/// <param name="Memory">Blob of <see cref="ServerState.Memory"/> after the round.</param>
public sealed record RoundCommit(RoundSummary Summary, BlobId Global, BlobId Memory)
{
    /// <summary>The round that it closes.</summary>
    public RoundId Round => Summary.Round;

    /// <summary>The attempt that closed it.</summary>
    public int Attempt => Summary.Attempt;

    /// <summary>The commit of this round with this state.</summary>
    public static RoundCommit Of(RoundSummary summary, ServerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new(summary, state.Global.Id, state.Memory.Id);
    }
}

/// <summary>How a run that did all its rounds ended.</summary>
/// <param name="Round">Its last round.</param>
/// <param name="Global">Blob of the final global model: adapterSha256 is its hash.</param>
/// <param name="Test">The final model on the whole test part; null where the run evaluates nothing.</param>
public sealed record RunEnd(RoundId Round, BlobId Global, Evaluation? Test);

/// <summary>The durable decisions of one run. One writer; the implementation is the host's.</summary>
/// <remarks>Every write is atomic and durable before it returns: after a crash it has happened entirely or not at all.</remarks>
public interface IRunJournal
{
    /// <summary>What was begun; null before <see cref="Begin"/>.</summary>
    RunHeader? Header { get; }

    /// <summary>The last commit; null before the first.</summary>
    RoundCommit? Last { get; }

    /// <summary>All commits, in the order of rounds.</summary>
    IReadOnlyList<RoundCommit> Commits { get; }

    /// <summary>The end; null while the run is not done.</summary>
    RunEnd? End { get; }

    /// <summary>Writes the header. The same header again is no error.</summary>
    /// <exception cref="InvalidOperationException">Another header is there.</exception>
    void Begin(RunHeader header);

    /// <summary>Writes one round with its state. The round must be the one after <see cref="Last"/>.</summary>
    /// <exception cref="InvalidOperationException">Another round is next.</exception>
    /// <exception cref="IOException">It cannot be written (disk full): then nothing of it is there.</exception>
    void Commit(RoundCommit commit, ServerState state);

    /// <summary>The state that a commit left.</summary>
    /// <exception cref="Store.BlobMissingException">A blob of it is gone.</exception>
    /// <exception cref="Store.BlobCorruptException">A blob of it has changed.</exception>
    ServerState Load(RoundCommit commit);

    /// <summary>Writes the end of a run that did all its rounds.</summary>
    void Finish(RunEnd end);
}
