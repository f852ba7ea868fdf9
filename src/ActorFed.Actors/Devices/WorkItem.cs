namespace ActorFed.Actors.Devices;

/// <summary>One piece of work in the queue.</summary>
internal abstract class WorkItem(WorkOrder order)
{
    private int _handBacks;

    public WorkOrder Order => order;

    /// <summary>Hand-backs so far, this one included.</summary>
    public int CountHandBack() => Interlocked.Increment(ref _handBacks);

    /// <summary>Does it here. Only the loss of the device comes out as an exception; everything else is the work's own result.</summary>
    public abstract Task RunOnAsync(IDevice device);

    public abstract void Fail(Exception cause);
}

internal sealed class WorkItem<T>(WorkOrder order, Func<IDevice, CancellationToken, Task<T>> work, CancellationToken cancel)
    : WorkItem(order)
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Result => _result.Task;

    public override async Task RunOnAsync(IDevice device)
    {
        try
        {
            cancel.ThrowIfCancellationRequested();
            _result.TrySetResult(await work(device, cancel));
        }
        catch (OperationCanceledException e) when (cancel.IsCancellationRequested)
        {
            _result.TrySetCanceled(e.CancellationToken);
        }
        catch (Exception e) when (e is not DeviceLostException)
        {
            _result.TrySetException(e);
        }
    }

    public override void Fail(Exception cause) => _result.TrySetException(cause);
}
