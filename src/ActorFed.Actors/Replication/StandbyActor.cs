using ActorFed.Actors.Journal;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Wire;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.Event;
using static ActorFed.Actors.Journal.JournalProtocol;
using static ActorFed.Actors.Replication.ReplicaProtocol;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Replication;

/// <summary>Keeps the journal of a standby server as the leader's, entry by entry, until this server leads itself.</summary>
/// <remarks>Every answer follows the disk. Whatever cannot be fetched or written is refused: the leader goes on without this standby.</remarks>
public sealed class StandbyActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private readonly RunHeader _header;
    private readonly ICanTell _run;
    private readonly IActorRef _journal;
    private readonly IActorRef _fetcher;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private JournalPlace _here;
    private Arriving? _arriving;
    private long _step;

    private StandbyActor(RunHeader header, IReplicatedJournal journal, TransferPorts transfer, ICanTell run)
    {
        (_header, _run, _here) = (header, run, JournalPlace.Of(journal));
        _journal = Context.ActorOf(JournalActor.Props(journal), "journal");
        _fetcher = Context.ActorOf(transfer.Fetcher, "fetcher");
        Receive<Ask>(_ => Follow());
        Receive<Replicate>(Begin);
        Receive<Fetched>(Take);
        Receive<FetchFailed>(m => GiveUp($"{m.Blob}: {m.Detail}"));
        Receive<EntryTaken>(Taken);
        Receive<InStep>(m => _journal.Tell(new KeepStepWith(m.Epoch, m.Have)));
        Receive<StepKept>(KeepsStep);
        Receive<EntryRefused>(m => Refuse(m.Epoch, m.Why));
        Receive<ReplicaRefused>(m => _log.Error("The leader does not take this standby: {0}", m.Why));
        Receive<RunLed>(m => Become(() => Leading(m.Epoch)));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    /// <param name="header">The run; an empty journal begins with it.</param>
    /// <param name="journal">The standby's own.</param>
    /// <param name="transfer">How entries and states are fetched.</param>
    /// <param name="run">Whoever leads.</param>
    public static Props Props(RunHeader header, IReplicatedJournal journal, TransferPorts transfer, ICanTell run) =>
        Akka.Actor.Props.Create(() => new StandbyActor(header, journal, transfer, run));

    /// <inheritdoc />
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(RunLed));
        Timers.StartPeriodicTimer(nameof(Ask), Ask.Instance, TimeSpan.Zero, Pace);
    }

    // It stays to refuse: the one that led before may not know yet that its time is over.
    private void Leading(long epoch)
    {
        Timers.CancelAll();
        Receive<Replicate>(m => Sender.Tell(new ReplicaRefused(epoch, $"epoch {m.Epoch} is over")));
        ReceiveAny(_ => { });
    }

    private void Follow()
    {
        if (_arriving is null)
        {
            _run.Tell(new Follow(_header.Run, _here.Epoch, _here.Have, _here.Global), Self);
        }
    }

    private void Begin(Replicate m)
    {
        if (m.Run != _header.Run)
        {
            return;
        }

        if (m.Epoch < _here.Epoch)
        {
            Sender.Tell(new ReplicaRefused(_here.Epoch, $"epoch {m.Epoch} is over"));
            return;
        }

        if (_arriving?.What == m && Sender.Equals(_arriving.Leader))
        {
            return; // a repeat
        }

        _arriving = new(m, Sender);
        foreach (var blob in _arriving.Missing)
        {
            _fetcher.Tell(new Fetch(blob, Sender));
        }
    }

    private void Take(Fetched m)
    {
        if (_arriving is not { } arriving || !arriving.Missing.Remove(m.Blob))
        {
            return;
        }

        arriving.Bytes[m.Blob] = m.Bytes;
        if (arriving.Missing.Count > 0)
        {
            return;
        }

        try
        {
            _journal.Tell(new TakeEntry(arriving.What.Epoch, arriving.What.Place, arriving.Entry, arriving.State));
        }
        catch (Exception e) when (e is WireFormatException or FormatException)
        {
            GiveUp(e.Message);
        }
    }

    private void Taken(EntryTaken m)
    {
        _here = m.Now;
        if (_arriving is { } arriving && arriving.What.Place == m.Place)
        {
            _arriving = null;
            arriving.Leader.Tell(new Replicated(arriving.What.Epoch, m.Place));
        }
    }

    private void KeepsStep(StepKept m)
    {
        _here = m.Now;
        if (_step != m.Now.Epoch)
        {
            _step = m.Now.Epoch;
            Context.System.EventStream.Publish(new StandbyInStep(_header.Run, m.Now.Epoch, m.Now.Have));
        }
    }

    private void GiveUp(string why) => Refuse(_here.Epoch, why);

    private void Refuse(long epoch, string why)
    {
        _log.Error("This standby does not follow any more: {0}", why);
        _arriving?.Leader.Tell(new ReplicaRefused(epoch, why));
        _arriving = null;
    }

    private sealed record Ask : ILocalMessage
    {
        public static readonly Ask Instance = new();
    }

    private sealed record Arriving(Replicate What, IActorRef Leader)
    {
        public HashSet<BlobId> Missing { get; } =
        [
            What.Record,
            .. What.Global is { } g ? [g] : Array.Empty<BlobId>(),
            .. What.Memory is { } m ? [m] : Array.Empty<BlobId>(),
        ];
        public Dictionary<BlobId, ReadOnlyMemory<byte>> Bytes { get; } = [];

        public JournalEntry Entry => EntryCodec.Read(Bytes[What.Record]);

        public ServerState? State =>
            What is { Global: { } g, Memory: { } m } ? new(Safetensors.Decode(Bytes[g]), Safetensors.Decode(Bytes[m])) : null;
    }
}

/// <summary>A standby has all that the leader has, and may take over.</summary>
public sealed record StandbyInStep(RunId Run, long Epoch, int Have) : IRunEvent;
