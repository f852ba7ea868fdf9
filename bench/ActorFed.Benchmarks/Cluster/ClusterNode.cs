using ActorFed.Actors.Devices;
using ActorFed.Actors.Nodes;
using ActorFed.Actors.Roster;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Wire;
using ActorFed.Benchmarks.Rounds;
using ActorFed.Host.Cluster;
using ActorFed.Host.Settings;
using Akka.Actor;
using Akka.Configuration;

namespace ActorFed.Benchmarks.Cluster;

/// <summary>The process of a node: takes part in one run after another, and copies over a plain socket in between.</summary>
internal static class ClusterNode
{
    /// <summary>The question that is none: what a benchmark starts its other processes with.</summary>
    public const string Role = "cluster-node";

    private const long BlobBound = 4L << 30;
    private static readonly Config Quiet = ConfigurationFactory.ParseString(
        "akka { loglevel = ERROR, stdout-loglevel = ERROR, log-dead-letters = off }"
    );

    /// <summary>Over what a server or a node of the product stands on.</summary>
    public static Config Settings(Config product) => Quiet.WithFallback(product).WithFallback(WireConfiguration.Reference);

    /// <summary>Does what it is told, line by line; after a run it says what it has used.</summary>
    public static int Serve(string[] arguments)
    {
        while (Console.In.ReadLine() is { } line)
        {
            if (line.StartsWith(RawRound.Verb, StringComparison.Ordinal))
            {
                RawRound.Answer(line);
                continue;
            }

            TakePart(NodeTask.Parse(line));
            Console.WriteLine(Footprint.Take());
        }

        return 0;
    }

    private static void TakePart(NodeTask task)
    {
        using var dismissed = new ManualResetEventSlim();
        var system = ActorSystem.Create("actorfed", Settings(SettingsLoader.Node));
        Listener<NodeDismissed>.Start(system, _ => dismissed.Set());
        RunLauncher.StartNode(system, Spec(task, system.ActorSelection(task.Server + "/user/run")));
        dismissed.Wait();
        system.Terminate().Wait();
    }

    private static NodeSpec Spec(NodeTask task, ICanTell server)
    {
        var run = ClusterRun.Spec(task.Run, task.Clients, 1, task.Numbers);
        var transfer = new TransferPorts(
            TransferOptions.Standard,
            new DiskBlobDrafts(task.Folder, TransferOptions.Standard.OnDiskFrom)
        );
        return new(
            $"node-{task.First}",
            run.Seed,
            run.Clients.Slice(task.First, task.Count),
            [new NoOpDevice(Math.Min(2, task.Count))],
            new WorkQueue(),
            new MemoryBlobStore(BlobBound),
            new NoPersonalStore(),
            run.Round.ResendAfter,
            server,
            new(ClusterRun.Ports().IdentityOf(run.Header), new(["no-op"], 1L << 30, 0), transfer)
        );
    }
}
