using ActorFed.Actors.Devices;
using ActorFed.Actors.Nodes;
using Akka.Actor;

namespace ActorFed.Actors.Runs;

/// <summary>Starts a run whose server and clients live in one process.</summary>
public static class RunLauncher
{
    /// <summary>Starts /user/run and /user/node. One run in an actor system.</summary>
    /// <param name="system">Configured with <see cref="Wire.WireConfiguration.Reference"/>; a virtual scheduler makes time simulated.</param>
    /// <param name="spec">What to run.</param>
    /// <param name="ports">The world it runs in.</param>
    /// <exception cref="ArgumentException">No devices.</exception>
    /// <exception cref="InvalidActorNameException">The system has a run already.</exception>
    public static RunHandle Start(ActorSystem system, RunSpec spec, RunPorts ports)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(ports);
        if (ports.Devices.IsDefaultOrEmpty)
        {
            throw new ArgumentException("A run needs at least one device.", nameof(ports));
        }

        var work = new WorkQueue();
        var run = system.ActorOf(RunActor.Props(spec, ports.Blobs, ports.Journal, work), "run");
        var handle = new RunHandle(run);
        var node = new NodeSpec(
            "node",
            spec.Seed,
            spec.Clients,
            ports.Devices,
            work,
            ports.Blobs,
            ports.Personal,
            spec.Round.ResendAfter,
            run
        );
        system.ActorOf(NodeActor.Props(node), "node");
        return handle;
    }
}
