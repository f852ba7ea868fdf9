using System.Diagnostics;
using Akka.Dispatch;
using Akka.Remote.Wire;

namespace Akka.Remote.Transport;

/// <summary>One way of the two to another system: what waits to be sent, bounded by bytes, and the connection it goes out on.</summary>
/// <remarks>
/// Whoever sends while nobody writes becomes the writer for one batch, so that a lone message goes out without a change of threads; a
/// stream of messages is written by a thread of the pool, in batches that grow with the load. Above the bound a sender waits.
/// </remarks>
internal sealed class Lane(Association association, Channel channel, long highWaterMark, long lowWaterMark, TimeSpan wait)
{
    private const int BatchBytes = 64 * 1024;
    private static readonly long s_streaming = Stopwatch.Frequency / 50_000; // less than 20 us since the last batch: more will come

    private readonly Lock _gate = new();
    private readonly FairQueue _queue = new();
    private readonly List<Outgoing> _batch = [];
    private Link? _link;
    private long _inFlight;
    private long _idleSince;
    private bool _draining;
    private bool _stalled;
    private bool _ended;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _idle;

    public Channel Channel => channel;

    /// <summary>Guarded by the association.</summary>
    public bool IsConnecting { get; set; }

    public bool HasLink
    {
        get
        {
            lock (_gate)
                return _link is not null;
        }
    }

    /// <summary>Bytes that wait or are being written.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
                return _queue.Bytes + _inFlight;
        }
    }

    /// <summary>Queues a frame and sees to it that it goes out; false if there is no room, or will never be.</summary>
    public bool Send(Outgoing frame)
    {
        var began = 0L;
        while (true)
        {
            Link? link;
            Task? room = null;
            var start = false;
            lock (_gate)
            {
                if (_ended)
                    return false;
                link = _link;
                if (HasRoom(frame))
                {
                    _queue.Add(frame);
                    start = link is not null && !_draining;
                    _draining |= start;
                }
                else if (_stalled || wait == TimeSpan.Zero)
                    return false;
                else
                    room = (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
            if (room is null)
            {
                if (start)
                    StartDrain(link!, frame.Size < BatchBytes);
                else if (link is null)
                    association.Connect(this);
                return true;
            }
            began = began == 0 ? Stopwatch.GetTimestamp() : began;
            if (!Wait(room, wait - Stopwatch.GetElapsedTime(began)))
                return false;
        }
    }

    /// <summary>A message to an actor with little waiting gets in past a flood to others, up to twice the bound.</summary>
    private bool HasRoom(Outgoing frame)
    {
        var after = _queue.Bytes + _inFlight + frame.Size;
        return after == frame.Size
            || after <= highWaterMark
            || (after <= 2 * highWaterMark && _queue.BytesOf(frame.Flow) + frame.Size <= highWaterMark / 16);
    }

    private bool Wait(Task room, TimeSpan rest)
    {
        ActorThread.BeforeWait(); // what this thread has put aside must not wait with it
        if (rest > TimeSpan.Zero && room.Wait(rest))
            return true;
        lock (_gate)
        {
            if (_stalled || room.IsCompleted)
                return room.IsCompleted;
            _stalled = true;
        }
        association.Stalled(wait, highWaterMark);
        return false;
    }

    /// <summary>Takes a connection to write on, unless there is one.</summary>
    public bool Attach(Link link)
    {
        lock (_gate)
        {
            if (_ended || _link is not null)
                return false;
            _link = link;
            if (_draining || _queue.IsEmpty)
                return true;
            _draining = true;
        }
        StartDrain(link, inline: false);
        return true;
    }

    /// <summary>Gives up a connection; true if it was the one that is written on.</summary>
    public bool Detach(Link link)
    {
        lock (_gate)
        {
            if (_link != link)
                return false;
            _link = null;
            _queue.Drop(Outgoing.System); // they are kept until they are acknowledged, and sent again
            return true;
        }
    }

    public bool IsWaiting
    {
        get
        {
            lock (_gate)
                return !_queue.IsEmpty;
        }
    }

    /// <summary>Takes out everything that waits; senders that wait for room go on.</summary>
    public List<Outgoing> Fail(bool end = false)
    {
        List<Outgoing> left;
        lock (_gate)
        {
            _ended |= end;
            left = _queue.Clear();
            MakeRoom();
            if (!_draining)
                SignalIdle();
        }
        return left;
    }

    /// <summary>Completes when nothing waits.</summary>
    public Task WhenIdle()
    {
        lock (_gate)
        {
            if (_queue.IsEmpty && !_draining)
                return Task.CompletedTask;
            return (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private void StartDrain(Link link, bool inline)
    {
        if (inline && Stopwatch.GetTimestamp() - Volatile.Read(ref _idleSince) > s_streaming)
            _ = DrainAsync(link, ofSender: true);
        else
            ThreadPool.UnsafeQueueUserWorkItem(
                static s => _ = s.Lane.DrainAsync(s.Link, ofSender: false),
                (Lane: this, Link: link),
                false
            );
    }

    private async Task DrainAsync(Link link, bool ofSender)
    {
        try
        {
            while (TakeBatch(link))
            {
                foreach (var frame in _batch)
                {
                    if (frame.Size > link.PeerLimit)
                        association.TooLarge(frame, link.PeerLimit);
                    else
                        await link.WriteAsync(frame).ConfigureAwait(false);
                }
                await link.FlushAsync().ConfigureAwait(false);
                if (Written() && ofSender)
                    await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // the sender has other things to do
                ofSender = false;
            }
        }
        catch (Exception e)
        {
            link.Close(e);
            AfterFailure(link);
        }
    }

    private void AfterFailure(Link link)
    {
        Link? other;
        lock (_gate)
        {
            _inFlight = 0;
            MakeRoom();
            SignalIdle();
            other = ReferenceEquals(_link, link) || _queue.IsEmpty ? null : _link; // another one may stand already
            _draining = other is not null;
        }
        if (other is not null)
            StartDrain(other, inline: false);
    }

    private bool TakeBatch(Link link)
    {
        Link? other;
        lock (_gate)
        {
            _batch.Clear();
            other = ReferenceEquals(_link, link) ? null : _link;
            while (ReferenceEquals(_link, link) && _inFlight < BatchBytes && _queue.TryTake(out var frame))
            {
                _batch.Add(frame);
                _inFlight += frame.Size;
            }
            if (_batch.Count > 0)
                return true;
            _draining = other is not null && !_queue.IsEmpty;
            Volatile.Write(ref _idleSince, Stopwatch.GetTimestamp());
            if (_queue.IsEmpty)
                SignalIdle();
            if (!_draining)
                return false;
        }
        StartDrain(other!, inline: false);
        return false;
    }

    /// <summary>Counts a batch as gone; true if more waits.</summary>
    private bool Written()
    {
        lock (_gate)
        {
            _inFlight = 0;
            if (_queue.Bytes <= lowWaterMark)
                MakeRoom();
            return !_queue.IsEmpty;
        }
    }

    private void MakeRoom()
    {
        _stalled = false;
        _room?.TrySetResult();
        _room = null;
    }

    private void SignalIdle()
    {
        _idle?.TrySetResult();
        _idle = null;
    }
}
