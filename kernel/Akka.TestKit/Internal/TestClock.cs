using System.Diagnostics;
using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>The clock that waits are measured with.</summary>
/// <remarks>
/// The scheduler's when that is virtual, else the wall clock. A scheduler is virtual when it does not say that it keeps real time
/// (<see cref="IDateTimeOffsetNowTimeProvider"/>). A virtual scheduler moves by itself when nothing is left to do, except
/// <see cref="TestScheduler"/>, which waits for the test: there the wall clock ends a wait that nobody advances, so that a failing
/// test fails instead of hanging.
/// </remarks>
internal abstract class TestClock
{
    public static TestClock Of(ActorSystem system) =>
        system.Scheduler switch
        {
            IDateTimeOffsetNowTimeProvider => WallClock.Instance,
            var scheduler => new SchedulerClock(scheduler, alsoWall: scheduler is TestScheduler),
        };

    public abstract TimeSpan Now { get; }

    /// <summary>A timeout that <see cref="Start"/> sets going, unless it was disarmed before.</summary>
    public abstract TestTimeout Create(CancellationToken cancellationToken);

    /// <summary>Lets it be cancelled after <paramref name="delay"/> on this clock; negative is never.</summary>
    public abstract void Start(TestTimeout timeout, TimeSpan delay);

    public TestTimeout After(TimeSpan delay, CancellationToken cancellationToken)
    {
        var timeout = Create(cancellationToken);
        Start(timeout, delay);
        return timeout;
    }

    /// <summary>Lets time pass: false when <paramref name="cancellationToken"/> ended the pause.</summary>
    public async ValueTask Pause(bool blocking, TimeSpan delay, CancellationToken cancellationToken)
    {
        using var timeout = After(delay, cancellationToken);
        if (blocking)
            timeout.Token.WaitHandle.WaitOne();
        else
            await Task.Delay(Timeout.Infinite, timeout.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private sealed class WallClock : TestClock
    {
        public static readonly WallClock Instance = new();

        public override TimeSpan Now => Stopwatch.GetElapsedTime(0);

        public override TestTimeout Create(CancellationToken cancellationToken) => new(cancellationToken, scheduled: null);

        public override void Start(TestTimeout timeout, TimeSpan delay)
        {
            if (delay >= TimeSpan.Zero)
                timeout.CancelAfter(delay);
        }
    }

    private sealed class SchedulerClock(IScheduler scheduler, bool alsoWall) : TestClock
    {
        public override TimeSpan Now => scheduler.MonotonicClock;

        public override TestTimeout Create(CancellationToken cancellationToken) =>
            new(cancellationToken, new Cancelable(scheduler));

        public override void Start(TestTimeout timeout, TimeSpan delay)
        {
            if (delay < TimeSpan.Zero)
                return;
            scheduler.Advanced.ScheduleOnce(delay, timeout.CancelNow, timeout.Scheduled);
            if (alsoWall)
                timeout.CancelAfter(delay);
        }
    }
}

/// <summary>A cancellation that a clock brings, or the caller's token.</summary>
internal sealed class TestTimeout : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly Cancelable? _scheduled;

    public TestTimeout(CancellationToken cancellationToken, Cancelable? scheduled)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _scheduled = scheduled;
    }

    public ICancelable? Scheduled => _scheduled;

    public CancellationToken Token => _source.Token;

    public void CancelAfter(TimeSpan delay) => _source.CancelAfter(delay);

    public void CancelNow()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The wait ended as the scheduler fired.
        }
    }

    /// <summary>Takes the scheduler's part back: it shall not move its clock for this.</summary>
    public void Disarm() => _scheduled?.Cancel();

    public void Dispose()
    {
        Disarm();
        _source.Dispose();
    }
}
