using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>A scheduler whose clock stands still until the test advances it.</summary>
/// <remarks>
/// The clock steps from due time to due time: work that is scheduled during an advance runs in it when it falls due by then, and a
/// repetition runs as often as its interval fits, however large the jump. Items that fall due together run in the order in which they
/// were scheduled. <c>akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"</c>.
/// </remarks>
public class TestScheduler : IScheduler, IAdvancedScheduler
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Item, (long Due, long Order)> _items = new();
    private readonly DateTimeOffset _start;
    private readonly ILoggingAdapter _log;
    private long _now; // ticks since _start
    private long _order;

    public TestScheduler(Config schedulerConfig, ILoggingAdapter log)
    {
        _log = log;
        _start = DateTimeOffset.UnixEpoch;
    }

    public DateTimeOffset Now => _start + MonotonicClock;

    public TimeSpan MonotonicClock => TimeSpan.FromTicks(Volatile.Read(ref _now));

    public TimeSpan HighResMonotonicClock => MonotonicClock;

    public IAdvancedScheduler Advanced => this;

    protected DateTimeOffset TimeNow => Now;

    /// <summary>Moves the clock forward and runs what falls due, on the calling thread.</summary>
    public void Advance(TimeSpan offset)
    {
        if (offset < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, "The clock does not run backwards.");
        var end = Volatile.Read(ref _now) + offset.Ticks;
        while (TakeDue(end) is { } item)
            Run(item);
        Volatile.Write(ref _now, end);
    }

    /// <summary>Moves the clock forward to a point in time.</summary>
    public void AdvanceTo(DateTimeOffset when)
    {
        if (when < Now)
            throw new InvalidOperationException($"The clock stands at {Now:O}, after {when:O}, and does not run backwards.");
        Advance(when - Now);
    }

    private Item? TakeDue(long end)
    {
        lock (_gate)
        {
            if (!_items.TryPeek(out var item, out var at) || at.Due > end)
                return null;
            _items.Dequeue();
            Volatile.Write(ref _now, Math.Max(_now, at.Due));
            if (item.Interval is { } interval && item.Cancelable?.IsCancellationRequested != true)
                _items.Enqueue(item, (at.Due + interval, _order++));
            return item;
        }
    }

    private void Run(Item item)
    {
        if (item.Cancelable?.IsCancellationRequested == true)
            return;
        try
        {
            item.Action();
        }
        catch (Exception e)
        {
            _log.Error(e, "A scheduled action failed.");
        }
    }

    private void Add(TimeSpan delay, TimeSpan? interval, Action action, ICancelable? cancelable)
    {
        if (delay < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(delay), delay, "A delay must not be negative.");
        if (interval <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(interval), interval, "An interval must be above zero.");
        lock (_gate)
            _items.Enqueue(new Item(action, cancelable, interval?.Ticks), (_now + delay.Ticks, _order++));
    }

    private sealed record Item(Action Action, ICancelable? Cancelable, long? Interval);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        Add(delay, null, () => receiver.Tell(message, sender), null);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Add(delay, null, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        ICanTell receiver,
        object message,
        IActorRef sender
    ) => Add(initialDelay, interval, () => receiver.Tell(message, sender), null);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        ICanTell receiver,
        object message,
        IActorRef sender,
        ICancelable? cancelable
    ) => Add(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) => Add(delay, null, action, cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => Add(delay, null, action, null);

    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Add(delay, null, action.Run, cancelable);

    public void ScheduleOnce(TimeSpan delay, IRunnable action) => Add(delay, null, action.Run, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Add(initialDelay, interval, action, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        Add(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Add(initialDelay, interval, action.Run, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) =>
        Add(initialDelay, interval, action.Run, null);
}
