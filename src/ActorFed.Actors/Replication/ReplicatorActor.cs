using ActorFed.Actors.Journal;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.Event;
using static ActorFed.Actors.Journal.JournalProtocol;
using static ActorFed.Actors.Replication.ReplicaProtocol;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Replication;

/// <summary>Stands before the journal of the leading server: an entry is written, and so announced, when every standby has it.</summary>
/// <remarks>
/// A standby counts from its first word until the cluster has removed it. One that is only slow or out of reach is waited for: who is lost is
/// the cluster's decision, and a leader on the wrong side of a split never announces anything.
/// </remarks>
public sealed class ReplicatorActor : ReceiveActor
{
    private readonly RunId _run;
    private readonly IBlobStore _blobs;
    private readonly IActorRef _journal;
    private readonly IActorRef _source;
    private readonly List<JournalEntry> _log = [];
    private readonly Dictionary<IActorRef, Follower> _followers = [];
    private readonly Queue<Write> _waiting = [];
    private readonly ILoggingAdapter _words = Context.GetLogger();
    private IActorRef _opener = ActorRefs.Nobody;
    private Write? _pending;
    private ServerState? _newest;
    private long _epoch;

    private ReplicatorActor(RunId run, IActorRef journal, IActorRef source, IBlobStore blobs)
    {
        (_run, _journal, _source, _blobs) = (run, journal, source, blobs);
        Receive<OpenRun>(m =>
        {
            _opener = Sender;
            _journal.Tell(m);
        });
        Receive<RunOpened>(Open);
        Receive<CommitRound>(m => Enqueue(new(m, new JournalEntry.Round(m.Commit), m.State, Sender)));
        Receive<FinishRun>(m => Enqueue(new(m, new JournalEntry.Ending(m.End), null, Sender)));
        Receive<Follow>(Accept);
        Receive<StateLoaded>(m => Send(m.Commit, m.State));
        Receive<Replicated>(Advance);
        Receive<ReplicaRefused>(Refused);
        Receive<Pull>(m => _source.Forward(m));
        Receive<AskPacked>(m => _source.Forward(m));
        Receive<Terminated>(m => Forget(m.ActorRef, "is gone"));
    }

    /// <summary>How to make one.</summary>
    /// <param name="run">Which run.</param>
    /// <param name="journal">The journal's actor.</param>
    /// <param name="source">Sends blobs of <paramref name="blobs"/>.</param>
    /// <param name="blobs">Holds what standbys fetch.</param>
    public static Props Props(RunId run, IActorRef journal, IActorRef source, IBlobStore blobs) =>
        Akka.Actor.Props.Create(() => new ReplicatorActor(run, journal, source, blobs));

    private void Open(RunOpened m)
    {
        _epoch = m.Epoch;
        _log.AddRange(m.Commits.Select(c => new JournalEntry.Round(c)));
        if (m.End is { } end)
        {
            _log.Add(new JournalEntry.Ending(end));
        }

        _newest = m.State;
        _opener.Tell(m);
    }

    private void Enqueue(Write write)
    {
        _waiting.Enqueue(write);
        Next();
    }

    private void Next()
    {
        if (_pending is not null || !_waiting.TryDequeue(out _pending))
        {
            return;
        }

        _log.Add(_pending.Entry);
        _newest = _pending.State ?? _newest;
        foreach (var follower in _followers.Values.ToList())
        {
            Serve(follower);
        }

        WriteWhenAllHaveIt();
    }

    private void WriteWhenAllHaveIt()
    {
        if (_pending is { } write && _followers.Values.All(f => f.Have == _log.Count))
        {
            _pending = null;
            _journal.Tell(write.Message, write.Asker);
            Next();
        }
    }

    private void Accept(Follow m)
    {
        if (_epoch == 0 || m.Run != _run)
        {
            return; // not open yet: it is asked again
        }

        if (m.Epoch > _epoch)
        {
            throw new FencedException(_epoch, m.Epoch);
        }

        if (_followers.TryGetValue(Sender, out var known))
        {
            Repeat(known);
        }
        else if (m.Have > _log.Count || m.Global != ModelAfter(m.Have))
        {
            Sender.Tell(new ReplicaRefused(_epoch, $"its {m.Have} entries are not the first of the {_log.Count} here"));
        }
        else
        {
            var follower = _followers[Context.Watch(Sender)] = new(Sender) { Have = m.Have };
            Serve(follower);
        }
    }

    private BlobId? ModelAfter(int entries) => _log.Take(entries).OfType<JournalEntry.Round>().LastOrDefault()?.Commit.Global;

    // A message may be lost with the connection that carried it.
    private void Repeat(Follower follower)
    {
        if (follower.Sent is { } sent)
        {
            follower.Ref.Tell(sent, Self);
        }
        else
        {
            Serve(follower);
        }
    }

    private void Serve(Follower follower)
    {
        if (follower.Sent is not null || follower.Loading)
        {
            return;
        }

        if (follower.Have == _log.Count)
        {
            follower.InStep = true;
            follower.Ref.Tell(new InStep(_epoch, follower.Have), Self);
            Tell();
            return;
        }

        // The newest state is in memory; earlier ones are on the disk, the earliest not any more.
        var entry = _log[follower.Have];
        if (entry is JournalEntry.Round { Commit: var commit } && commit.Global != _newest?.Global.Id)
        {
            follower.Loading = true;
            _journal.Tell(new LoadState(commit));
            return;
        }

        Send(follower, entry, entry is JournalEntry.Round ? _newest : null);
    }

    private void Send(RoundCommit commit, ServerState? state)
    {
        foreach (var follower in _followers.Values.Where(f => f.Loading).ToList())
        {
            if (_log[follower.Have] is JournalEntry.Round entry && entry.Commit.Round == commit.Round)
            {
                Send(follower, entry, state);
            }
        }
    }

    private void Send(Follower follower, JournalEntry entry, ServerState? state)
    {
        follower.Loading = false;
        var record = Keep(follower, _blobs.Put(EntryCodec.Write(entry)));
        BlobId? global = state is null ? null : Keep(follower, _blobs.Put(state.Global));
        BlobId? memory = state is null ? null : Keep(follower, _blobs.Put(state.Memory));
        follower.Sent = new(_run, _epoch, follower.Have + 1, record, global, memory);
        follower.Ref.Tell(follower.Sent, Self);
    }

    private static BlobId Keep(Follower follower, BlobId blob)
    {
        follower.Blobs.Add(blob);
        return blob;
    }

    private void Advance(Replicated m)
    {
        if (!_followers.TryGetValue(Sender, out var follower) || m.Epoch != _epoch || m.Place != follower.Have + 1)
        {
            return;
        }

        Drop(follower);
        follower.Have++;
        Serve(follower);
        WriteWhenAllHaveIt();
    }

    private void Refused(ReplicaRefused m)
    {
        if (m.Epoch > _epoch)
        {
            throw new FencedException(_epoch, m.Epoch);
        }

        Forget(Sender, m.Why);
    }

    private void Forget(IActorRef standby, string why)
    {
        if (!_followers.Remove(standby, out var follower))
        {
            return;
        }

        _words.Warning("Standby [{0}] no longer counts: {1}", standby.Path, why);
        Context.Unwatch(standby);
        Drop(follower);
        Tell();
        WriteWhenAllHaveIt();
    }

    private void Drop(Follower follower)
    {
        follower.Sent = null;
        follower.Blobs.ForEach(_blobs.Drop);
        follower.Blobs.Clear();
    }

    private void Tell() => Context.Parent.Tell(new StandbysInStep(_followers.Values.Count(f => f.InStep)));

    private sealed record Write(object Message, JournalEntry Entry, ServerState? State, IActorRef Asker);

    private sealed class Follower(IActorRef standby)
    {
        public IActorRef Ref => standby;
        public int Have { get; set; }
        public bool InStep { get; set; }
        public bool Loading { get; set; }
        public Replicate? Sent { get; set; }
        public List<BlobId> Blobs { get; } = [];
    }
}
