using ActorFed.Actors.Devices;
using ActorFed.Actors.Tests.Kit;

namespace ActorFed.Actors.Tests.Devices;

/// <summary>The queue alone: the test is the device's slot.</summary>
public sealed class WorkQueueTests
{
    private static readonly CountingDevice Device = new();
    private readonly WorkQueue _queue = new();

    [Fact]
    public async Task What_is_due_first_is_pulled_first_and_ties_go_in_client_order()
    {
        var trace = new List<string>();
        foreach (var (name, due, order) in new[] { ("c", 2, 0), ("b", 1, 7), ("a", 1, 3) })
        {
            _ = Add(name, new(TimeSpan.FromSeconds(due), order), trace);
        }

        _ = Add("first", WorkOrder.First, trace);
        for (var i = 0; i < 4; i++)
        {
            await (await _queue.TakeAsync(CancellationToken.None)).RunOnAsync(Device);
        }

        Assert.Equal(["first", "a", "b", "c"], trace);
    }

    [Fact]
    public async Task The_third_device_that_is_lost_with_a_work_fails_it_and_is_named()
    {
        var result = Add("poison", WorkOrder.First, []);
        foreach (var device in new[] { "cuda-0", "cuda-1" })
        {
            _queue.HandBack(await _queue.TakeAsync(CancellationToken.None), new DeviceLostException(device, "fault"));
            Assert.False(result.IsCompleted);
        }

        _queue.HandBack(await _queue.TakeAsync(CancellationToken.None), new DeviceLostException("cuda-2", "fault"));
        var lost = await Assert.ThrowsAsync<DeviceLostException>(() => result);
        Assert.Equal("cuda-2", lost.Device);
    }

    [Fact]
    public async Task A_closed_queue_fails_what_waits_what_comes_and_what_is_handed_back()
    {
        var running = Add("running", WorkOrder.First, []);
        var item = await _queue.TakeAsync(CancellationToken.None);
        var waiting = Add("waiting", WorkOrder.First, []);
        _queue.Close(new DeviceLostException("node", "fault: no device is left"));
        var late = Add("late", WorkOrder.First, []);
        _queue.HandBack(item, new DeviceLostException("cuda-0", "fault"));
        foreach (var each in new[] { running, waiting, late })
        {
            Assert.Equal("node", (await Assert.ThrowsAsync<DeviceLostException>(() => each)).Device);
        }
    }

    [Fact]
    public async Task Work_that_nobody_waits_for_is_not_begun()
    {
        var trace = new List<string>();
        using var cancel = new CancellationTokenSource();
        var result = Add("in vain", WorkOrder.First, trace, cancel.Token);
        await cancel.CancelAsync(); // fault: while it waits for a slot
        await (await _queue.TakeAsync(CancellationToken.None)).RunOnAsync(Device);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => result);
        Assert.Empty(trace);
    }

    [Fact]
    public async Task A_slot_that_stops_waiting_takes_no_work_with_it()
    {
        using var stop = new CancellationTokenSource();
        var slot = _queue.TakeAsync(stop.Token);
        await stop.CancelAsync(); // fault: the device's actor ended
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slot);
        var trace = new List<string>();
        var result = Add("work", WorkOrder.First, trace);
        await (await _queue.TakeAsync(CancellationToken.None)).RunOnAsync(Device);
        Assert.Equal(1, await result);
    }

    [Fact]
    public async Task A_fault_of_the_work_is_its_result_and_not_the_devices()
    {
        var result = _queue.RunAsync<int>(
            WorkOrder.First,
            (_, _) => throw new InvalidCastException("fault"),
            CancellationToken.None
        );
        await (await _queue.TakeAsync(CancellationToken.None)).RunOnAsync(Device); // does not throw
        await Assert.ThrowsAsync<InvalidCastException>(() => result);
    }

    private Task<int> Add(string name, WorkOrder order, List<string> trace, CancellationToken cancel = default) =>
        _queue.RunAsync(
            order,
            (_, _) =>
            {
                trace.Add(name);
                return Task.FromResult(trace.Count);
            },
            cancel
        );
}
