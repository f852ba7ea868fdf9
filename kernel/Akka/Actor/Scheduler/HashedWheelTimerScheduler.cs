using System.Diagnostics;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The scheduler of real time: one thread that sleeps until the next thing is due, in order of due time, never early.</summary>
/// <remarks>The name is the one that configurations know; what waits lies in a heap, swept of what was cancelled when it has doubled.</remarks>
internal sealed class HashedWheelTimerScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private const int SmallestSweep = 64;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromHours(1);

    private readonly PriorityQueue<Item, (long Due, long Order)> _items = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan _shutdownTimeout;
    private Thread? _thread;
    private long _order;
    private int _sweepAt = SmallestSweep;
    private bool _stopped;

    public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log) => _shutdownTimeout = scheduler.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(5));

    protected override DateTimeOffset TimeNow => DateTimeOffset.UtcNow;

    public override TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(0);

    public override TimeSpan HighResMonotonicClock => Stopwatch.GetElapsedTime(0);

    DateTimeOffset ITimeProvider.Now => TimeNow;

    protected override void InternalScheduleTellOnce(
        TimeSpan delay,
        ICanTell receiver,
        object message,
        IActorRef sender,
        ICancelable cancelable
    ) => Add(delay, null, new TellItem(receiver, message, sender, cancelable));

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        ICanTell receiver,
        object message,
        IActorRef sender,
        ICancelable cancelable
    ) => Add(initialDelay, interval, new TellItem(receiver, message, sender, cancelable));

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Add(delay, null, new RunItem(new ActionRunnable(action), cancelable));

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Add(delay, null, new RunItem(action, cancelable));

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        Action action,
        ICancelable cancelable
    ) => Add(initialDelay, interval, new RunItem(new ActionRunnable(action), cancelable));

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        IRunnable action,
        ICancelable cancelable
    ) => Add(initialDelay, interval, new RunItem(action, cancelable));

    private static long Ticks(TimeSpan span) => (long)Math.Ceiling(span.TotalSeconds * Stopwatch.Frequency);

    private long Elapsed => Stopwatch.GetTimestamp() - _started;

    private void Add(TimeSpan delay, TimeSpan? interval, Item item)
    {
        if (item.Cancelable is { IsCancellationRequested: true })
            return;
        item.Due = Elapsed + Ticks(delay);
        item.Interval = interval is { } i ? Ticks(i) : 0;
        lock (_items)
        {
            if (_stopped)
                throw new SchedulerException("cannot schedule anything: the scheduler has been shut down");
            Enqueue(item);
            if (_thread is null)
                StartThread();
            else if (ReferenceEquals(_items.Peek(), item))
                Monitor.Pulse(_items);
        }
    }

    private void Enqueue(Item item)
    {
        if (_items.Count >= _sweepAt)
            Sweep();
        _items.Enqueue(item, (item.Due, _order++));
    }

    private void Sweep()
    {
        var alive = _items.UnorderedItems.Where(e => e.Element.Cancelable is not { IsCancellationRequested: true }).ToList();
        _items.Clear();
        _items.EnqueueRange(alive);
        _sweepAt = Math.Max(SmallestSweep, 2 * _items.Count);
    }

    private void StartThread()
    {
        _thread = new Thread(Work) { IsBackground = true, Name = "akka.scheduler" };
        _thread.Start();
    }

    private void Work()
    {
        while (NextDue() is { } item)
        {
            if (item.Cancelable is { IsCancellationRequested: true })
                continue;
            Fire(item);
            if (item.Interval > 0 && item.Cancelable is not { IsCancellationRequested: true })
                Repeat(item);
        }
    }

    /// <summary>Waits for the next item; null when the scheduler has stopped.</summary>
    private Item? NextDue()
    {
        lock (_items)
        {
            while (!_stopped)
            {
                if (!_items.TryPeek(out var item, out _))
                {
                    Monitor.Wait(_items);
                    continue;
                }
                var left = item.Due - Elapsed;
                if (left <= 0)
                    return _items.Dequeue();
                var wait = TimeSpan.FromMilliseconds(Math.Ceiling(left * 1000.0 / Stopwatch.Frequency));
                Monitor.Wait(_items, wait < s_longestWait ? wait : s_longestWait);
            }
            return null;
        }
    }

    private void Fire(Item item)
    {
        try
        {
            item.Fire();
        }
        catch (Exception e)
        {
            Log.Error(e, "Scheduled work failed");
        }
    }

    /// <summary>The next time is counted from the last due time, so that a rate is kept.</summary>
    private void Repeat(Item item)
    {
        lock (_items)
        {
            if (_stopped)
                return;
            item.Due += item.Interval;
            Enqueue(item);
        }
    }

    /// <summary>Nothing fires after this; waits for what is firing.</summary>
    public void Dispose()
    {
        Thread? thread;
        lock (_items)
        {
            _stopped = true;
            thread = _thread;
            _items.Clear();
            Monitor.PulseAll(_items);
        }
        if (thread is not null && thread != Thread.CurrentThread)
            thread.Join(_shutdownTimeout);
    }

    private abstract class Item(ICancelable? cancelable)
    {
        public ICancelable? Cancelable { get; } = cancelable;

        public long Due { get; set; }

        public long Interval { get; set; }

        public abstract void Fire();
    }

    private sealed class TellItem(ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) : Item(cancelable)
    {
        public override void Fire() => receiver.Tell(message, sender);
    }

    private sealed class RunItem(IRunnable run, ICancelable? cancelable) : Item(cancelable)
    {
        public override void Fire() => run.Run();
    }
}

internal sealed class SchedulerException(string message) : AkkaException(message);
