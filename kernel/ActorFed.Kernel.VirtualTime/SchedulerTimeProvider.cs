using Akka.Actor;

namespace ActorFed.Kernel.VirtualTime;

/// <summary>The clock and timers of an Akka scheduler, virtual or real, as a <see cref="TimeProvider"/>.</summary>
/// <param name="scheduler">Whose clock it is.</param>
public sealed class SchedulerTimeProvider(IScheduler scheduler) : TimeProvider
{
    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => scheduler.Now;

    /// <inheritdoc />
    public override long GetTimestamp() => scheduler.HighResMonotonicClock.Ticks;

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SchedulerTimer(scheduler.Advanced, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class SchedulerTimer(IAdvancedScheduler scheduler, Action action) : ITimer
    {
        private readonly Lock _gate = new();
        private Cancelable? _current;
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                if (_disposed)
                    return false;
                _current?.Cancel();
                _current = null;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                _current = new Cancelable(scheduler);
                if (period > TimeSpan.Zero) // zero and infinite both mean once
                    scheduler.ScheduleRepeatedly(dueTime, period, action, _current);
                else
                    scheduler.ScheduleOnce(dueTime, action, _current);
                return true;
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _disposed = true;
                _current?.Cancel();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
