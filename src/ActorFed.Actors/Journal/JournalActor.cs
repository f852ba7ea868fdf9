using ActorFed.Actors.Replication;
using ActorFed.Actors.Store;
using ActorFed.Kernel.VirtualTime;
using ActorFed.Training.Federation;
using Akka.Actor;
using static ActorFed.Actors.Journal.JournalProtocol;

namespace ActorFed.Actors.Journal;

/// <summary>Brings decisions to the journal, one after the other, off the mailbox's thread. A failed write meets the supervisor.</summary>
public sealed class JournalActor : ReceiveActor
{
    private readonly IRunJournal _journal;
    private readonly Queue<(Func<object> Write, string What, IActorRef Asker)> _waiting = [];
    private bool _busy;

    private JournalActor(IRunJournal journal)
    {
        _journal = journal;
        Receive<OpenRun>(m => Enqueue(() => Open(m), "be opened"));
        Receive<CommitRound>(m => Enqueue(() => Commit(m), $"take {m.Key}"));
        Receive<FinishRun>(m => Enqueue(() => Finish(m), "take the run's end"));
        Receive<LoadState>(m => Enqueue(() => new StateLoaded(m.Commit, Load(m.Commit)), $"read {m.Commit.Round}"));
        Receive<TakeEntry>(m => Enqueue(() => Follow(j => Take(j, m)), $"take entry {m.Place}"));
        Receive<KeepStepWith>(m => Enqueue(() => Follow(j => KeepStep(j, m)), "keep step"));
        Receive<Written>(m =>
        {
            m.Asker.Tell(m.Reply);
            _busy = false;
            Next();
        });
        Receive<WriteFailed>(m => throw new JournalException(m.What, m.Cause));
    }

    /// <summary>How to make one.</summary>
    public static Props Props(IRunJournal journal) => Akka.Actor.Props.Create(() => new JournalActor(journal));

    private RunOpened Open(OpenRun m)
    {
        _journal.Begin(m.Header);
        var epoch = (_journal as IReplicatedJournal)?.Lead() ?? 0;
        var state = _journal.Last is { } last ? _journal.Load(last) : null;
        return new([.. _journal.Commits], state, _journal.End, epoch);
    }

    private RoundCommitted Commit(CommitRound m)
    {
        _journal.Commit(m.Commit, m.State);
        return new(m.Key);
    }

    private RunFinishedDurably Finish(FinishRun m)
    {
        _journal.Finish(m.End);
        return new(m.End);
    }

    private ServerState? Load(RoundCommit commit)
    {
        try
        {
            return _journal.Load(commit);
        }
        catch (BlobMissingException)
        {
            return null;
        }
    }

    // What a standby cannot write is the standby's loss, not the run's: an answer, no fault.
    private object Follow(Func<IReplicatedJournal, object> write)
    {
        var journal = (IReplicatedJournal)_journal;
        try
        {
            return write(journal);
        }
        catch (Exception e) when (e is FencedException or InvalidOperationException or IOException)
        {
            return new EntryRefused(journal.Epoch, e.Message);
        }
    }

    private static EntryTaken Take(IReplicatedJournal journal, TakeEntry m)
    {
        journal.Take(m.Epoch, m.Entry, m.State);
        return new(m.Place, JournalPlace.Of(journal));
    }

    private static object KeepStep(IReplicatedJournal journal, KeepStepWith m)
    {
        var now = JournalPlace.Of(journal);
        if (now.Have != m.Have)
        {
            return new EntryRefused(now.Epoch, $"{now.Have} entries are here, the leader has {m.Have}");
        }

        journal.KeepStep(m.Epoch);
        return new StepKept(JournalPlace.Of(journal));
    }

    private void Enqueue(Func<object> write, string what)
    {
        _waiting.Enqueue((write, what, Sender));
        Next();
    }

    private void Next()
    {
        if (_busy || !_waiting.TryDequeue(out var next))
        {
            return;
        }

        _busy = true;
        WorkTokens
            .For(Context.System)
            .Run(
                _ => Task.Run(next.Write),
                TimeSpan.Zero,
                order: 0,
                Self,
                success: reply => new Written(reply, next.Asker),
                failure: cause => new WriteFailed(next.What, cause),
                CancellationToken.None
            );
    }

    private sealed record Written(object Reply, IActorRef Asker) : Wire.ILocalMessage;

    private sealed record WriteFailed(string What, Exception Cause) : Wire.ILocalMessage;
}
