using ActorFed.Actors.Journal;
using ActorFed.Actors.Replication;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>A journal of one of several servers, in memory; a test may fill it.</summary>
internal sealed class MemoryReplica : IReplicatedJournal
{
    private readonly MemoryJournal _journal = new();
    private long _leads;
    private bool _behind;

    public int Room
    {
        set => _journal.Room = value;
    }

    public RunHeader? Header => _journal.Header;
    public RoundCommit? Last => _journal.Last;
    public IReadOnlyList<RoundCommit> Commits => _journal.Commits;
    public RunEnd? End => _journal.End;
    public long Epoch { get; private set; }

    public void Begin(RunHeader header) => _journal.Begin(header);

    public ServerState Load(RoundCommit commit) => _journal.Load(commit);

    public void Commit(RoundCommit commit, ServerState state) => Fenced(_leads, () => _journal.Commit(commit, state));

    public void Finish(RunEnd end) => Fenced(_leads, () => _journal.Finish(end));

    public long Lead() => _behind ? throw new NotInStepException(Commits.Count) : _leads = ++Epoch;

    public void Follow() => _behind = true;

    public void KeepStep(long epoch) => Fenced(epoch, () => _behind = false);

    public void Take(long epoch, JournalEntry entry, ServerState? state) =>
        Fenced(
            epoch,
            () =>
            {
                if (entry is JournalEntry.Round { Commit: var commit })
                {
                    _journal.Commit(commit, state!);
                }
                else
                {
                    _journal.Finish(((JournalEntry.Ending)entry).End);
                }
            }
        );

    private void Fenced(long epoch, Action write)
    {
        if (epoch < Epoch)
        {
            throw new FencedException(epoch, Epoch);
        }

        write();
        Epoch = epoch;
    }
}
