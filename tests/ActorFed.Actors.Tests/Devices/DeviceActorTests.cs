using System.Collections.Immutable;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;

namespace ActorFed.Actors.Tests.Devices;

/// <summary>A real device actor below a parent that restarts it, as its node does. Its slots are off the clock: replies are the barriers.</summary>
public sealed class DeviceActorTests : FaultKit
{
    private static readonly LocalWork Work = new(new("ann"), new(1), 0, TensorSet.Empty, LocalPlan.Empty, null);
    private static readonly LocalResult Result = new(
        TensorSet.Empty,
        1,
        1,
        0,
        null,
        ImmutableSortedDictionary<string, double>.Empty
    );

    private readonly WorkQueue _queue = new();

    [Fact]
    public async Task Work_of_a_lost_device_is_begun_again_when_the_device_is_back()
    {
        var device = new HeldDevice();
        Start(device);
        var result = Train();
        device.Next().SetException(new DeviceLostException("cpu-0", "fault: gone"));
        device.Next().SetResult(Result);
        Assert.Same(Result, await result);
    }

    [Fact]
    public async Task Never_more_jobs_run_than_there_are_slots_while_a_device_comes_back()
    {
        var device = new HeldDevice(slots: 2);
        Start(device);
        var results = Enumerable.Range(0, 4).Select(_ => Train()).ToList();
        var (lost, other) = (device.Next(), device.Next());
        lost.SetException(new DeviceLostException("cpu-0", "fault: gone")); // fault: the job in the other slot goes on
        var again = device.Next();
        Assert.Equal((2, 2), device.Running);
        other.SetResult(Result);
        again.SetResult(Result);
        device.Next().SetResult(Result);
        device.Next().SetResult(Result);
        await Task.WhenAll(results);
        Assert.Equal(2, device.Running.Most);
    }

    [Fact]
    public async Task One_loss_that_fails_every_slot_is_one_loss()
    {
        const int slots = 8; // more than the restarts that a device is allowed
        var device = new HeldDevice(slots: slots);
        Start(device);
        var results = Enumerable.Range(0, slots).Select(_ => Train()).ToList();
        var begun = Enumerable.Range(0, slots).Select(_ => device.Next()).ToList();
        begun.ForEach(job => job.SetException(new DeviceLostException("cpu-0", "fault: gone")));
        for (var i = 0; i < slots; i++)
        {
            device.Next().SetResult(Result); // it came back: otherwise nobody would begin these
        }

        Assert.All(await Task.WhenAll(results), r => Assert.Same(Result, r));
    }

    [Fact]
    public async Task A_device_that_is_stopped_finishes_what_it_does_and_begins_nothing_more()
    {
        var device = new HeldDevice();
        var actor = Sys.ActorOf(DeviceActor.Props(device, _queue), "device");
        var (first, second) = (Train(), Train());
        var begun = device.Next();
        Watch(actor);
        Sys.Stop(actor); // fault: in the middle of the first
        Clock.Settle();
        ExpectTerminated(actor, TimeSpan.Zero);
        begun.SetResult(Result);
        Assert.Same(Result, await first);
        var left = await _queue.TakeAsync(CancellationToken.None); // nobody else pulled it
        left.Fail(new DeviceLostException("cpu-0", "stopped"));
        await Assert.ThrowsAsync<DeviceLostException>(() => second);
        Assert.False(device.HasBegun);
    }

    private void Start(IDevice device) => Sys.ActorOf(Props.Create(() => new Node(DeviceActor.Props(device, _queue))), "node");

    private Task<LocalResult> Train() =>
        _queue.RunAsync(WorkOrder.First, (d, cancel) => d.TrainAsync(Work, cancel), CancellationToken.None);

    private sealed class Node : UntypedActor
    {
        public Node(Props device) => Context.ActorOf(device, "device");

        protected override SupervisorStrategy SupervisorStrategy() =>
            new OneForOneStrategy(
                Actors.Supervision.NodeSupervision.Restarts,
                Actors.Supervision.NodeSupervision.Window,
                Actors.Supervision.NodeSupervision.Decide
            );

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
