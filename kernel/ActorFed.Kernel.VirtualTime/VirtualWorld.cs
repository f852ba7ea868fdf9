using System.Diagnostics;

namespace ActorFed.Kernel.VirtualTime;

/// <summary>
/// What one actor system may do next: activations that are ready, and what is due later. One pump thread does one thing at a time, so
/// that "nothing is running" can be known, and the clock moves only then.
/// </summary>
/// <remarks>
/// Invariants, all under one lock: the clock never goes back; it moves only when nothing is ready, nothing runs and nobody holds it;
/// it never passes work that is unfinished, nor real time while a time-out of real work is open. User code never runs under the lock.
/// </remarks>
internal sealed class VirtualWorld(IActivationOrder order, Action<Exception> report)
{
    private readonly object _gate = new();
    private readonly PriorityQueue<Due, DueTime> _due = new();
    private Thread? _pump;
    private long _now;
    private long _sequence;
    private int _holds;
    private int _pauses;
    private int _sweepAt = 1024;
    private int _timeouts;
    private long _stepStart;
    private long _stepStamp;
    private bool _busy;
    private bool _closed;

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _now));

    /// <summary>Whether the caller is an activation, a timer or a delivery of this world.</summary>
    public bool IsPumpThread => ReferenceEquals(Volatile.Read(ref _pump), Thread.CurrentThread);

    /// <summary>How many places are taken in the queue of what is due, void ones included.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _due.Count;
        }
    }

    /// <summary>Queues an activation; it runs once, on the pump thread. May be called from any thread at any time.</summary>
    public void Enqueue(Action run)
    {
        lock (_gate)
        {
            order.Add(run);
            Wake();
        }
    }

    /// <summary>Gives <paramref name="due"/> its place <paramref name="delay"/> from now; a place it had before is void.</summary>
    public void Schedule(Due due, TimeSpan delay, long orderKey)
    {
        lock (_gate)
        {
            if (_closed)
                return; // the system has ended: as on a stopped timer wheel, nothing fires any more
            SweepCancelled();
            due.Time = new DueTime(checked(_now + delay.Ticks), orderKey, _sequence++);
            _due.Enqueue(due, due.Time);
            Wake();
        }
    }

    /// <summary>Something that the clock waits for may have come true.</summary>
    public void Signal()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    /// <summary>From now on the clock goes no faster than the system's, until as many <see cref="Jump"/> follow.</summary>
    public void KeepStep()
    {
        lock (_gate)
        {
            if (_timeouts++ == 0)
                (_stepStart, _stepStamp) = (_now, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Takes back one <see cref="KeepStep"/>; after the last the clock jumps again.</summary>
    public void Jump()
    {
        lock (_gate)
        {
            _timeouts--;
            Monitor.PulseAll(_gate);
        }
    }

    public void Hold()
    {
        lock (_gate)
            _holds++;
    }

    public void Release()
    {
        lock (_gate)
        {
            _holds--;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until nothing is ready and nothing runs, then holds back everything.</summary>
    public void Pause()
    {
        if (IsPumpThread)
            throw new InvalidOperationException("An actor cannot pause its own system: it would wait for itself.");
        lock (_gate)
        {
            _holds++;
            while (_pauses == 0 && (_busy || order.Count > 0))
                Monitor.Wait(_gate);
            _pauses++;
        }
    }

    public void Resume()
    {
        lock (_gate)
        {
            if (--_pauses == 0)
                order.Restart();
            _holds--;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Nothing that is due later happens any more; activations that are queued, or come, still run.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _due.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    private void Pump()
    {
        while (Next() is { } run)
        {
            try
            {
                run();
            }
            catch (Exception bug)
            {
                report(bug); // one failed timer must not stop the world
            }
        }
    }

    private Action? Next()
    {
        lock (_gate)
        {
            _busy = false;
            while (true)
            {
                if (_pauses == 0 && order.TryTake(out var activation))
                    return Busy(activation);
                if (_closed && order.Count == 0)
                {
                    _pump = null; // a late message starts a new pump
                    Monitor.PulseAll(_gate);
                    return null;
                }
                if (_holds == 0 && TryTakeDue() is { } due)
                    return Busy(due.Run);
                Monitor.PulseAll(_gate); // for who waits to pause
                Monitor.Wait(_gate, Ahead());
            }
        }
    }

    private Action Busy(Action run)
    {
        _busy = true;
        return run;
    }

    // Moves the clock to the earliest place that still counts; hands it out unless its work is unfinished.
    private Due? TryTakeDue()
    {
        while (_due.TryPeek(out var due, out var place))
        {
            if (due.IsCancelled || due.Time != place)
            {
                _due.Dequeue();
                continue;
            }
            if (_timeouts > 0 && place.Ticks > Reached())
                return null;
            Interlocked.Exchange(ref _now, Math.Max(_now, place.Ticks));
            if (!due.IsReady)
                return null;
            _due.Dequeue();
            return due;
        }
        return null;
    }

    // How far the clock may go while it keeps step.
    private long Reached() => _stepStart + Stopwatch.GetElapsedTime(_stepStamp).Ticks;

    // How long the pump waits for real time to come to the next place.
    private TimeSpan Ahead()
    {
        if (_timeouts == 0 || _holds > 0 || !_due.TryPeek(out var due, out var place) || (!due.IsReady && place.Ticks <= _now))
            return Timeout.InfiniteTimeSpan;
        return TimeSpan.FromTicks(Math.Clamp(place.Ticks - Reached(), TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerHour));
    }

    // A receive timeout is cancelled and scheduled anew at every message: without sweeping, the queue would hold them all.
    private void SweepCancelled()
    {
        if (_due.Count < _sweepAt)
            return;
        var kept = _due.UnorderedItems.Where(item => !item.Element.IsCancelled && item.Element.Time == item.Priority).ToArray();
        _due.Clear();
        _due.EnqueueRange(kept);
        _sweepAt = Math.Max(1024, 2 * kept.Length);
    }

    private void Wake()
    {
        if (_pump is not null)
        {
            Monitor.PulseAll(_gate);
            return;
        }
        _busy = true; // until the new thread asks for its first task
        _pump = new Thread(Pump) { IsBackground = true, Name = "virtual-time" };
        _pump.Start();
    }
}
