using ActorFed.Actors.Wire;
using Akka.Actor;

namespace ActorFed.Actors.Devices;

/// <summary>One device and its slots: each pulls work when it is free. A lost device meets the supervisor, its work is handed back.</summary>
public sealed class DeviceActor : ReceiveActor
{
    private readonly IDevice _device;
    private readonly WorkQueue _work;
    private readonly CancellationTokenSource _stopped = new();

    private DeviceActor(IDevice device, WorkQueue work)
    {
        (_device, _work) = (device, work);
        Receive<SlotFailed>(m => throw m.Cause);
    }

    /// <summary>How to make one.</summary>
    public static Props Props(IDevice device, WorkQueue work) => Akka.Actor.Props.Create(() => new DeviceActor(device, work));

    /// <inheritdoc />
    protected override void PreStart()
    {
        var self = Self;
        for (var slot = 0; slot < _device.Slots; slot++)
        {
            _ = PullAsync(self, _stopped.Token);
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
    private async Task PullAsync(IActorRef self, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await DoAsync(await _work.TakeAsync(stop));
            }
        }
        catch (OperationCanceledException)
        {
            // the actor stopped while the slot was free
        }
        catch (Exception e)
        {
            self.Tell(new SlotFailed(e), ActorRefs.NoSender);
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

    private sealed record SlotFailed(Exception Cause) : ILocalMessage;
}
