using Akka.Actor;

namespace ActorFed.Kernel.VirtualTime;

/// <summary>A time-out of real work that the world does not know: until it has passed, or is called off, the clock keeps step with the system's.</summary>
/// <param name="world">Whose clock.</param>
/// <param name="action">Runs once, when it has passed.</param>
/// <param name="passed">Completes when it has passed by the system clock.</param>
/// <param name="cancelable">Calls it off; may be null.</param>
internal sealed class DueTimeout(VirtualWorld world, Action action, IAsyncResult passed, ICancelable? cancelable) : Due
{
    private int _over;

    public override bool IsCancelled => Volatile.Read(ref _over) != 0;

    public void Start(TimeSpan delay)
    {
        world.KeepStep();
        world.Schedule(this, delay, DueTime.Timer);
        // By the handle it passes even where an actor blocks the pump for ever.
        var waiting = ThreadPool.RegisterWaitForSingleObject(
            passed.AsyncWaitHandle,
            (_, _) => Run(),
            null,
            Timeout.Infinite,
            true
        );
        cancelable?.Token.UnsafeRegister(
            _ =>
            {
                waiting.Unregister(null);
                End();
            },
            null
        );
    }

    public override void Run()
    {
        if (End())
            action();
    }

    private bool End()
    {
        if (Interlocked.Exchange(ref _over, 1) != 0)
            return false;
        world.Jump();
        return true;
    }
}
