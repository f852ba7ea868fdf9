using Akka.Actor;

namespace ActorFed.Kernel.VirtualTime;

/// <summary>A virtual clock that stands until a test moves it: between two moves there is no time in which something could still happen.</summary>
/// <remarks>
/// For a test's thread. The clock is held from the constructor on, so an expectation with a timeout above zero would wait for a time that
/// does not come: move the clock first, then look at what is there.
/// </remarks>
public sealed class SteppedClock : IDisposable
{
    // Wall time. Only work that never ends gets this far: on a virtual clock nothing else waits.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly VirtualScheduler _scheduler;
    private IDisposable? _hold;

    /// <exception cref="ArgumentException">The system is not on virtual time.</exception>
    public SteppedClock(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        _scheduler =
            VirtualScheduler.Of(system)
            ?? throw new ArgumentException(
                $"System '{system.Name}' keeps real time; configure it with {nameof(VirtualTimeHocon)}.",
                nameof(system)
            );
        _hold = _scheduler.Hold();
    }

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Elapsed => _scheduler.Elapsed;

    /// <summary>Returns when all that was sent is handled, with all that is due now and all that follows from it. Time does not move.</summary>
    public void Settle() => Advance(TimeSpan.Zero);

    /// <summary>Moves the clock so far, and returns when all that is due by then, that instant included, is done.</summary>
    /// <exception cref="TimeoutException">Work that is due by then does not end.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        ObjectDisposedException.ThrowIf(_hold is null, this);
        using var there = new ManualResetEventSlim();
        var timers = ((IScheduler)_scheduler).Advanced;
        // Twice: what the timers of the last instant want at that same instant takes its place after the first.
        timers.ScheduleOnce(by, () => timers.ScheduleOnce(TimeSpan.Zero, Arrive));
        _hold.Dispose();
        if (!there.Wait(Hang))
        {
            throw new TimeoutException($"Work that is due at {Elapsed} of virtual time has not ended within {Hang}.");
        }

        void Arrive()
        {
            _hold = _scheduler.Hold();
            there.Set();
        }
    }

    /// <summary>Lets the clock run by itself again.</summary>
    public void Dispose()
    {
        _hold?.Dispose();
        _hold = null;
    }
}
