using ActorFed.Actors.Devices;
using ActorFed.Actors.Nodes;
using ActorFed.Actors.Replication;
using Akka.Actor;

namespace ActorFed.Actors.Runs;

/// <summary>Starts a run: in one process, or as the server of nodes in others.</summary>
public static class RunLauncher
{
    /// <summary>Starts /user/run and /user/devices; nodes register at /user/run. One run in an actor system.</summary>
    /// <param name="system">Configured with <see cref="Wire.WireConfiguration.Reference"/> and remoting, on the real clock.</param>
    /// <param name="spec">What to run.</param>
    /// <param name="ports">The world it runs in. Its devices evaluate; personal states are on the nodes.</param>
    /// <param name="server">How it talks to the nodes.</param>
    /// <param name="place">Starts the run's actor, which may be a singleton of a cluster; null for /user/run.</param>
    /// <exception cref="ArgumentException">No devices.</exception>
    /// <exception cref="InvalidActorNameException">The system has a run already.</exception>
    public static RunHandle StartServer(
        ActorSystem system,
        RunSpec spec,
        RunPorts ports,
        ServerPorts server,
        Action<Props>? place = null
    )
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(server);
        ThrowWithoutDevices(ports);
        var work = new WorkQueue();
        system.ActorOf(DevicesActor.Props(ports.Devices, work), "devices");
        var run = RunActor.Props(spec, ports.Blobs, ports.Journal, work, server);
        if (place is null)
        {
            return new(system.ActorOf(run, "run"));
        }

        var door = system.ActorOf(Props.Create(() => new RunDoor(() => AsFar(spec, ports))), "door");
        var handle = new RunHandle(door);
        place(run);
        return handle;
    }

    /// <summary>Starts /user/node, which registers at its server, and stays until the system ends.</summary>
    public static IActorRef StartNode(ActorSystem system, NodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.ActorOf(NodeActor.Props(node), "node");
    }

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
        ThrowWithoutDevices(ports);
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
        StartNode(system, node);
        return handle;
    }

    private static RunOutcome AsFar(RunSpec spec, RunPorts ports)
    {
        var state = ports.Journal.Last is { } last ? ports.Journal.Load(last) : spec.Method.Initialise();
        return new(Completed: false, [.. ports.Journal.Commits], state, End: null);
    }

    private static void ThrowWithoutDevices(RunPorts ports)
    {
        ArgumentNullException.ThrowIfNull(ports);
        if (ports.Devices.IsDefaultOrEmpty)
        {
            throw new ArgumentException("A run needs at least one device.", nameof(ports));
        }
    }
}
