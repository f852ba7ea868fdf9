using ActorFed.Actors.Wire;
using Akka.Actor;

namespace ActorFed.Actors.Devices;

/// <summary>One device and its slots: each pulls work when it is free. A lost device meets the supervisor, its work is handed back.</summary>
public sealed class DeviceActor : ReceiveActor
{
    private readonly IDevice _device;
    private readonly WorkQueue _work;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _stopped = new();

    private DeviceActor(IDevice device, WorkQueue work, SemaphoreSlim slots)
    {
        (_device, _work, _slots) = (device, work, slots);
        Receive<SlotFailed>(m =>
        {
            if (m.Incarnation == _stopped) // one loss fails every slot that was busy, and is one loss
            {
                throw m.Cause;
            }
        });
    }

    /// <summary>How to make one.</summary>
    public static Props Props(IDevice device, WorkQueue work)
    {
        ArgumentNullException.ThrowIfNull(device);
        var slots = new SemaphoreSlim(device.Slots); // outlives a restart, as the work in its other slots does
        return Akka.Actor.Props.Create(() => new DeviceActor(device, work, slots));
    }

    /// <inheritdoc />
    protected override void PreStart()
    {
        var self = Self;
        for (var slot = 0; slot < _device.Slots; slot++)
        {
            _ = PullAsync(self, _stopped);
        }
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        _stopped.Cancel();
        _stopped.Dispose();
        base.PostStop();
    }

    // Off the mailbox on purpose: a result that the virtual clock waits for must not wait for a message.
    private async Task PullAsync(IActorRef self, CancellationTokenSource incarnation)
    {
        var stop = incarnation.Token;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await _slots.WaitAsync(stop);
                try
                {
                    await DoAsync(await _work.TakeAsync(stop));
                }
                finally
                {
                    _slots.Release();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // the actor stopped while the slot was free
        }
        catch (Exception e)
        {
            self.Tell(new SlotFailed(incarnation, e), ActorRefs.NoSender);
        }
    }

    private async Task DoAsync(WorkItem item)
    {
        try
        {
            await item.RunOnAsync(_device);
        }
        catch (DeviceLostException e)
        {
            _work.HandBack(item, e);
            throw;
        }
    }

    private sealed record SlotFailed(CancellationTokenSource Incarnation, Exception Cause) : ILocalMessage;
}
