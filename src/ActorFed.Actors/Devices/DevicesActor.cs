using System.Collections.Immutable;
using ActorFed.Actors.Supervision;
using Akka.Actor;

namespace ActorFed.Actors.Devices;

/// <summary>The devices of a server: they evaluate, and train nobody. When none is left, what waits for one fails.</summary>
public sealed class DevicesActor : ReceiveActor
{
    private readonly HashSet<IActorRef> _devices = [];

    private DevicesActor(ImmutableArray<IDevice> devices, WorkQueue work)
    {
        for (var i = 0; i < devices.Length; i++)
        {
            _devices.Add(Context.Watch(Context.ActorOf(DeviceActor.Props(devices[i], work), $"device-{i}")));
        }

        Receive<Terminated>(m =>
        {
            if (_devices.Remove(m.ActorRef) && _devices.Count == 0)
            {
                work.Close(new DeviceLostException(Self.Path.Name, "no device is left on the server"));
            }
        });
    }

    /// <summary>How to make one.</summary>
    public static Props Props(ImmutableArray<IDevice> devices, WorkQueue work) =>
        Akka.Actor.Props.Create(() => new DevicesActor(devices, work));

    /// <inheritdoc />
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(NodeSupervision.Restarts, NodeSupervision.Window, Decide);

    // There is nobody above who could do more about a bug in a device: without it the evaluation fails, and says so.
    private static Directive Decide(Exception fault) =>
        NodeSupervision.Decide(fault) is var directive && directive == Directive.Escalate ? Directive.Stop : directive;
}
