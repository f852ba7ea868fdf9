namespace ActorFed.Kernel.VirtualTime;

/// <summary>Real work with a virtual completion time.</summary>
internal sealed class DueWork<T>(
    VirtualWorld world,
    Task<T> work,
    Action<object> tell,
    Func<T, object> success,
    Func<Exception, object> failure,
    CancellationToken cancel
) : Due
{
    private CancellationTokenRegistration _onCancel;
    private int _delivered;

    // Cancelled work is not forgotten: whoever waits for it learns of the cancellation.
    public override bool IsCancelled => false;

    public override bool IsReady => work.IsCompleted;

    public void Start(TimeSpan duration, long order)
    {
        world.Schedule(this, duration, order);
        _onCancel = cancel.Register(() =>
        {
            if (Volatile.Read(ref _delivered) == 0)
                world.Schedule(this, TimeSpan.Zero, order);
        });
        _ = work.ContinueWith(_ => world.Signal(), TaskScheduler.Default);
    }

    public override void Run()
    {
        // A cancellation from an outside thread can take a second place while the first is being run.
        if (Interlocked.Exchange(ref _delivered, 1) != 0)
            return;
        _onCancel.Unregister();
        tell(Outcome());
    }

    private object Outcome()
    {
        if (cancel.IsCancellationRequested)
            return failure(new OperationCanceledException(cancel));
        if (work.IsCanceled)
            return failure(new OperationCanceledException());
        if (work.Exception is { } fault)
            return failure(fault.InnerExceptions.Count == 1 ? fault.InnerException! : fault);
        try
        {
            return success(work.GetAwaiter().GetResult());
        }
        catch (Exception mapping)
        {
            return failure(mapping);
        }
    }
}
