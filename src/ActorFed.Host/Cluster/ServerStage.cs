using ActorFed.Actors.Configuration;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Wire;
using ActorFed.Host.Settings;
using ActorFed.Host.Simulation;
using ActorFed.Host.Terminal;
using Akka.Actor;
using Akka.Configuration;

namespace ActorFed.Host.Cluster;

/// <summary>The run in this process, its clients on nodes that join; on the real clock.</summary>
/// <param name="listen">Where to listen, over what the settings say; null for that.</param>
internal sealed class ServerStage(Listen? listen) : IRunStage
{
    /// <summary>Bytes of updates that are on their way at a time.</summary>
    private const long DraftBound = 4L << 30;

    public string Verb => "serve";

    // They stay on the nodes.
    public bool HasPersonalStates => false;

    public Config Below(Config below) => SettingsLoader.Server.WithFallback(below);

    public Config Akka(RunSpec spec, Config settings) =>
        (listen?.ToConfig() ?? Config.Empty).WithFallback(settings).WithFallback(WireConfiguration.Reference);

    public RunHandle Start(ActorSystem system, RunSpec spec, RunPorts ports, IRunDisplay display)
    {
        // What is fetched is used at once and by nobody else: nothing is kept.
        var transfer = new TransferPorts(
            TransferSettings.Load(system.Settings.Config) with
            {
                Keep = 0,
            },
            new MemoryBlobDrafts(DraftBound)
        );
        var handle = RunLauncher.StartServer(system, spec, ports, new(Build.Software, transfer));
        display.Note(
            $"serving {spec.Run} at {((ExtendedActorSystem)system).Provider.DefaultAddress}; waiting for {spec.Clients.Length} clients"
        );
        return handle;
    }
}
