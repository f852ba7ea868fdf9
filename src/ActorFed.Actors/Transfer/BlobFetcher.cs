using ActorFed.Actors.Store;
using ActorFed.Actors.Wire;
using ActorFed.Training.Encoding;
using Akka.Actor;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Transfer;

/// <summary>Fetches blobs for everybody in its process: each once, however many ask, and all of them within one credit of bytes.</summary>
/// <remarks>
/// Waiting ──a place is free──▶ Running ──whole──▶ Done; Running ──nothing came──▶ Stalled ──a while──▶ Waiting;
/// from anywhere ──absent | too large | wrong again | silent too long──▶ Failed. Drafts outlive all but a wrong one.
/// </remarks>
public sealed class BlobFetcher : ReceiveActor, IWithTimers
{
    private const int MostFaults = 3;
    private const int MostDoublings = 3;
    private const int BusySource = 6;

    private readonly TransferOptions _options;
    private readonly IBlobDrafts _drafts;
    private readonly RecentBlobs _recent;
    private readonly Dictionary<BlobId, Download> _downloads = [];
    private readonly List<Download> _running = [];
    private readonly DownloadQueue _queue = new();
    private readonly Dictionary<ICanTell, TimeSpan> _heard = [];
    private readonly Askers _askers = new(Context);
    private long _credit;
    private (long Done, long Failed, long Bytes) _count;

    private BlobFetcher(TransferOptions options, IBlobDrafts drafts)
    {
        (_options, _drafts, _recent, _credit) = (options, drafts, new(options.Keep), options.Credit);
        Receive<Fetch>(Begin);
        Receive<StopFetch>(m => Leave(m.Blob, Sender));
        Receive<Chunk>(Take);
        Receive<BlobAbsent>(Absent);
        Receive<Look>(_ => LookAfterAll());
        Receive<Terminated>(m => LeaveAll(m.ActorRef));
        Receive<DescribeTransfers>(_ => Sender.Tell(Report()));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    /// <summary>How to make one.</summary>
    /// <param name="options">Its bounds.</param>
    /// <param name="drafts">Where blobs are that are not whole yet; one fetcher at a time.</param>
    public static Props Props(TransferOptions options, IBlobDrafts drafts)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowUnlessSound();
        return Akka.Actor.Props.Create(() => new BlobFetcher(options, drafts));
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        foreach (var download in _downloads.Values)
        {
            download.Leave();
            download.Dispose();
        }

        base.PostStop();
    }

    private void Begin(Fetch m)
    {
        if (_recent.Find(m.Blob) is { } bytes)
        {
            Sender.Tell(new Fetched(m.Blob, bytes));
            return;
        }

        if (Open(m) is not { } download)
        {
            return;
        }

        _askers.Join(download.Waiting, Sender);
        if (!m.Source.Equals(download.Source))
        {
            download.Source = m.Source;
            TryAgain(download); // what the one before was asked for may never come
        }

        if (download.Stage == TransferStage.Stalled)
        {
            Enqueue(download);
        }

        Advance();
    }

    private Download? Open(Fetch m)
    {
        if (_downloads.TryGetValue(m.Blob, out var known))
        {
            return known;
        }

        try
        {
            var download = new Download(m.Blob, m.Source, _drafts.Open(m.Blob), Now);
            _downloads.Add(m.Blob, download);
            Enqueue(download);
            Timers.StartPeriodicTimer(nameof(Look), Look.Instance, _options.RetryAfter / 4);
            return download;
        }
        catch (IOException e)
        {
            Sender.Tell(new FetchFailed(m.Blob, FetchFault.NoRoom, e.Message));
            return null;
        }
    }

    private void Enqueue(Download download)
    {
        download.Stage = TransferStage.Waiting;
        _queue.Add(download);
    }

    // Places first, then credit: each running download may have its share outstanding, one chunk at a time in turn.
    private void Advance()
    {
        while (_running.Count < _options.AtOnce && _credit >= ChunkBytes && _queue.First is { } next)
        {
            _queue.Remove(next);
            next.Stage = TransferStage.Running;
            next.LastHeard = Now;
            _running.Add(next);
        }

        if (_running.Count == 0)
        {
            return;
        }

        var share = Math.Clamp(_options.Credit / _running.Count, ChunkBytes, _options.PerBlob);
        foreach (var download in _running)
        {
            Ask(download, share);
        }
    }

    private void Ask(Download download, long share)
    {
        var room = Math.Min(share - download.Outstanding, _credit) / ChunkBytes * ChunkBytes;
        var length = Math.Min(room, download.Askable);
        var least = download.Outstanding > 0 ? Math.Min(share / 2, download.Askable) : 0; // half a share for a message
        // A blob of no bytes, or one that is whole in its draft, is still to be heard of.
        if (length < least || (length <= 0 && (room <= 0 || download.Total is not null)))
        {
            return;
        }

        _credit -= length;
        download.Source.Tell(new Pull(download.Blob, download.Ask(length), length), Self);
    }

    private void Take(Chunk m)
    {
        if (!_downloads.TryGetValue(m.Blob, out var download))
        {
            return;
        }

        if (m.Total > _options.Largest)
        {
            Fail(download, FetchFault.TooLarge, $"it has {m.Total} bytes; {_options.Largest} are allowed.", keep: false);
            return;
        }

        try
        {
            var before = download.Outstanding;
            var verdict = download.Take(m);
            _credit += before - download.Outstanding;
            Judge(download, m, verdict);
        }
        catch (Exception e) when (e is IOException or BlobStoreFullException)
        {
            Fail(download, FetchFault.NoRoom, e.Message, keep: false);
        }
    }

    private void Judge(Download download, Chunk m, ChunkVerdict verdict)
    {
        switch (verdict)
        {
            case ChunkVerdict.Taken:
                _count.Bytes += m.Bytes.Length;
                Progress(download);
                break;
            case ChunkVerdict.Gap when download.GapAt != download.Have:
                download.GapAt = download.Have;
                _credit += download.TakeBack();
                Advance();
                break;
            case ChunkVerdict.Damaged:
                Wrong(download, $"a chunk at {m.From} is damaged.", restart: false);
                break;
        }
    }

    private void Progress(Download download)
    {
        (download.LastHeard, download.LastProgress, download.Stalls) = (Now, Now, 0);
        _heard[download.Source] = Now;
        if (download.IsWhole)
        {
            Complete(download);
            return;
        }

        if (download.Stage == TransferStage.Stalled)
        {
            Enqueue(download);
        }

        Publish(download);
        Advance();
    }

    private void Complete(Download download)
    {
        if (download.Finish() is not { } bytes)
        {
            Wrong(download, "its bytes have another hash.", restart: true);
            return;
        }

        Remove(download, TransferStage.Done);
        _count.Done++;
        _recent.Add(download.Blob, bytes);
        foreach (var asker in download.Waiting)
        {
            asker.Tell(new Fetched(download.Blob, bytes));
        }

        Advance();
    }

    private void Wrong(Download download, string what, bool restart)
    {
        if (++download.Faults >= MostFaults)
        {
            Fail(download, FetchFault.Corrupt, $"{download.Faults} times; at last {what}", keep: false);
            return;
        }

        TryAgain(download);
        if (restart)
        {
            download.Restart(_drafts);
        }

        Advance();
    }

    private void Absent(BlobAbsent m)
    {
        if (!_downloads.TryGetValue(m.Blob, out var download) || download.Outstanding == 0)
        {
            return;
        }

        if (download.Have > 0 && download.Faults == 0)
        {
            Wrong(download, "the draft is longer than the blob.", restart: true);
            return;
        }

        Fail(download, FetchFault.Absent, "the source does not have it.", keep: true);
    }

    // What was asked for is asked for again, behind those that wait.
    private void TryAgain(Download download)
    {
        _credit += download.TakeBack();
        if (_running.Remove(download))
        {
            Enqueue(download);
        }
    }

    private void LookAfterAll()
    {
        foreach (var download in _downloads.Values.ToList())
        {
            if (Now - download.LastProgress >= _options.GiveUpAfter && download.Stage != TransferStage.Waiting)
            {
                Fail(download, FetchFault.Unreachable, $"nothing came for {_options.GiveUpAfter}.", keep: true);
            }
            else if (download.Stage == TransferStage.Running && IsSilent(download))
            {
                Stall(download);
            }
            else if (download.Stage == TransferStage.Stalled && Now >= download.Due)
            {
                Enqueue(download);
            }
        }

        Advance();
    }

    // On a slow line bytes of other blobs come in between: while its source is heard, a blob is waited for longer.
    private bool IsSilent(Download download)
    {
        var silence = Now - download.LastHeard;
        var ofSource = Now - _heard.GetValueOrDefault(download.Source, TimeSpan.MinValue / 2);
        return silence >= (ofSource < _options.RetryAfter ? _options.RetryAfter * BusySource : _options.RetryAfter);
    }

    // A source that is gone must not hold a place that others need.
    private void Stall(Download download)
    {
        _credit += download.TakeBack();
        _running.Remove(download);
        download.Stage = TransferStage.Stalled;
        download.Due = Now + (_options.RetryAfter * ((1 << Math.Min(download.Stalls, MostDoublings)) - 1));
        download.Stalls++;
        Publish(download);
    }

    private void LeaveAll(IActorRef asker)
    {
        foreach (var blob in _downloads.Where(d => d.Value.Waiting.Contains(asker)).Select(d => d.Key).ToList())
        {
            Leave(blob, asker);
        }
    }

    private void Leave(BlobId blob, IActorRef asker)
    {
        if (
            _downloads.TryGetValue(blob, out var download)
            && _askers.Leave(download.Waiting, asker)
            && download.Waiting.Count == 0
        )
        {
            Remove(download, TransferStage.Failed);
            download.Leave();
            Advance();
        }
    }

    private void Fail(Download download, FetchFault why, string detail, bool keep)
    {
        Remove(download, TransferStage.Failed);
        _count.Failed++;
        if (keep)
        {
            download.Leave();
        }
        else
        {
            download.Discard();
        }

        foreach (var asker in download.Waiting)
        {
            asker.Tell(new FetchFailed(download.Blob, why, $"Blob {download.Blob} could not be fetched: {detail}"));
        }

        Advance();
    }

    private void Remove(Download download, TransferStage stage)
    {
        _credit += download.TakeBack();
        _downloads.Remove(download.Blob);
        _running.Remove(download);
        _queue.Remove(download);
        download.Stage = stage;
        Publish(download);
        download.Dispose();
        _askers.End(download.Waiting);
        if (_downloads.Count == 0)
        {
            Timers.Cancel(nameof(Look));
            _heard.Clear();
        }
    }

    private void Publish(Download download) => Context.System.EventStream.Publish(download.Describe(Now));

    private TransferReport Report() =>
        new([.. _downloads.Values.Select(d => d.Describe(Now))], _count.Done, _count.Failed, _count.Bytes);

    private sealed record Look : ILocalMessage
    {
        public static readonly Look Instance = new();
    }
}
