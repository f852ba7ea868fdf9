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

    /// <summary>Where servers and nodes listen that share a machine.</summary>
    public const string Loopback = "127.0.0.1";

    private const long BlobBound = 4L << 30;
    private static readonly Config Quiet = ConfigurationFactory.ParseString(
        "akka { loglevel = ERROR, stdout-loglevel = ERROR, log-dead-letters = off }"
    );

    /// <summary>Over what a server or a node of the product stands on.</summary>
    public static Config Settings(string host, Config product) =>
        ConfigurationFactory
            .ParseString($$"""akka.remote.dot-netty.tcp { hostname = "{{host}}", port = 0 }""")
            .WithFallback(Quiet)
            .WithFallback(product)
            .WithFallback(WireConfiguration.Reference);

    /// <summary>Does what it is told, line by line; after a run it says what it has used. Argument: the address to listen at.</summary>
    public static int Serve(string[] arguments)
    {
        var host = arguments is [var own] ? own : Loopback;
        while (Console.In.ReadLine() is { } line)
        {
            if (line.StartsWith(RawRound.Verb, StringComparison.Ordinal))
            {
                RawRound.Answer(line);
                continue;
            }

            TakePart(NodeTask.Parse(line), host);
            Console.WriteLine(Footprint.Take());
        }

        return 0;
    }

    private static void TakePart(NodeTask task, string host)
    {
        using var dismissed = new ManualResetEventSlim();
        var system = ActorSystem.Create("actorfed", Settings(host, SettingsLoader.Node));
        Listener<NodeDismissed>.Start(system, _ => dismissed.Set());
        RunLauncher.StartNode(system, Spec(task, system.ActorSelection(task.Server + "/user/run")));
        dismissed.Wait();
        system.Terminate().Wait();
    }

    private static NodeSpec Spec(NodeTask task, ICanTell server)
    {
        var run = ClusterRun.Spec(task.Run, task.Clients, 1, task.Numbers);
        var transfer = new TransferPorts(ClusterRun.Transfer, new DiskBlobDrafts(task.Folder, ClusterRun.Transfer.OnDiskFrom));
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
