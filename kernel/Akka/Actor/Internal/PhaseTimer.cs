using Akka.Dispatch;

namespace Akka.Actor.Internal;

/// <summary>The time-out of a phase, on the scheduler's clock.</summary>
/// <remarks>
/// The tasks of a phase do real work, so it is also an <see cref="IAsyncResult"/> that completes when the time-out has passed by the
/// system clock: a scheduler whose clock jumps from due time to due time (ActorFed.Kernel.VirtualTime) sees that work is going on which it
/// does not know of, and must not outrun. Other schedulers do not ask.
/// </remarks>
internal sealed class PhaseTimer : IRunnable, IAsyncResult, IDisposable
{
    private readonly TaskCompletionSource _elapsed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly TimeSpan _timeout;
    private readonly Cancelable _cancel;
    private ManualResetEvent? _passed;
    private Timer? _systemClock;

    public PhaseTimer(IScheduler scheduler, TimeSpan timeout)
    {
        _timeout = timeout;
        _cancel = new Cancelable(scheduler);
        try
        {
            scheduler.Advanced.ScheduleOnce(timeout, this, _cancel);
        }
        catch (SchedulerException)
        {
            StartSystemClock(); // the system has ended already and its clock with it: what is left of the shutdown is held to real time
        }
    }

    public Task Elapsed => _elapsed.Task;

    bool IAsyncResult.IsCompleted => _elapsed.Task.IsCompleted;

    bool IAsyncResult.CompletedSynchronously => false;

    object? IAsyncResult.AsyncState => null;

    WaitHandle IAsyncResult.AsyncWaitHandle => StartSystemClock();

    public void Run()
    {
        _elapsed.TrySetResult();
        lock (_gate)
            _passed?.Set();
    }

    public void Execute() => Run();

    private ManualResetEvent StartSystemClock()
    {
        lock (_gate)
        {
            if (_passed is null)
            {
                _passed = new(initialState: false);
                _systemClock = new(static timer => ((PhaseTimer)timer!).Run(), this, _timeout, Timeout.InfiniteTimeSpan);
            }
            return _passed;
        }
    }

    public void Dispose()
    {
        _cancel.Cancel(); // first: nobody waits for the handle any more
        lock (_gate)
        {
            _systemClock?.Dispose();
            _passed?.Dispose();
            _passed = null;
        }
    }
}
