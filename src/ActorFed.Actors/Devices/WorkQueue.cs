namespace ActorFed.Actors.Devices;

/// <summary>What is done first: what is due first; then in client order.</summary>
/// <param name="Due">When the result is wanted, on the run's clock.</param>
/// <param name="Order">The client's place.</param>
public readonly record struct WorkOrder(TimeSpan Due, long Order) : IComparable<WorkOrder>
{
    /// <summary>Before everything else.</summary>
    public static WorkOrder First { get; } = new(TimeSpan.MinValue, 0);

    /// <inheritdoc />
    public int CompareTo(WorkOrder other) => (Due, Order).CompareTo((other.Due, other.Order));
}

/// <summary>
/// Work that waits for a device's slot. Devices pull when a slot is free, so none is flooded; what is pulled first is what is due first.
/// Work of a device that is lost goes back here and is pulled by another.
/// </summary>
/// <remarks>Safe for any thread. It holds closures, not tensors: those are read when a slot is there.</remarks>
public sealed class WorkQueue
{
    // A piece of work that loses this many devices is probably what kills them.
    private const int MostHandBacks = 3;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<WorkItem, WorkOrder> _waiting = new();
    private readonly LinkedList<TaskCompletionSource<WorkItem>> _idle = new();
    private Exception? _closed;

    /// <summary>Runs work on whichever device pulls it. The task fails with what the work threw.</summary>
    /// <exception cref="DeviceLostException">No device is left, or several were lost with this work.</exception>
    public Task<T> RunAsync<T>(WorkOrder order, Func<IDevice, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(work);
        var item = new WorkItem<T>(order, work, cancel);
        Add(item);
        return item.Result;
    }

    /// <summary>No device will pull again: what waits fails with this, and what comes later.</summary>
    public void Close(Exception cause)
    {
        List<WorkItem> left;
        lock (_gate)
        {
            _closed = cause;
            left = [.. _waiting.UnorderedItems.Select(i => i.Element)];
            _waiting.Clear();
        }

        left.ForEach(item => item.Fail(cause));
    }

    /// <summary>The next work for a free slot; waits until there is some.</summary>
    internal async Task<WorkItem> TakeAsync(CancellationToken stop)
    {
        LinkedListNode<TaskCompletionSource<WorkItem>> place;
        lock (_gate)
        {
            stop.ThrowIfCancellationRequested();
            if (_waiting.TryDequeue(out var item, out _))
            {
                return item;
            }

            place = _idle.AddLast(new TaskCompletionSource<WorkItem>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using var registration = stop.Register(() => Leave(place, stop));
        return await place.Value.Task;
    }

    /// <summary>Takes work back whose device was lost.</summary>
    internal void HandBack(WorkItem item, DeviceLostException cause)
    {
        if (item.CountHandBack() >= MostHandBacks)
        {
            item.Fail(cause);
            return;
        }

        Add(item);
    }

    private void Add(WorkItem item)
    {
        lock (_gate)
        {
            if (_closed is null)
            {
                Place(item);
                return;
            }
        }

        item.Fail(_closed);
    }

    private void Place(WorkItem item)
    {
        if (_idle.First is not { } slot)
        {
            _waiting.Enqueue(item, item.Order);
            return;
        }

        _idle.RemoveFirst();
        slot.Value.SetResult(item);
    }

    private void Leave(LinkedListNode<TaskCompletionSource<WorkItem>> place, CancellationToken stop)
    {
        lock (_gate)
        {
            if (place.List is null)
            {
                return; // it has work already: that is done first
            }

            _idle.Remove(place);
        }

        place.Value.SetCanceled(stop);
    }
}
