using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using ActorFed.Actors.Store;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Wire;
using ActorFed.Benchmarks.Kernel;
using ActorFed.Training.Encoding;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using static ActorFed.Actors.Transfer.TransferProtocol;
using ClusterOf = Akka.Cluster.Cluster;

namespace ActorFed.Benchmarks.Flood;

/// <summary>A machine of the flood: a member of the cluster that sends blobs, fetches them, or looks on.</summary>
internal static class FloodMachine
{
    public const int BlobBytes = 4_000_000;
    private const int Members = 3;

    /// <summary>What such a process is started with.</summary>
    public const string Role = "flood-machine";

    /// <summary>Arguments: role, host, number of blobs, seed node (empty for the first).</summary>
    public static int Serve(string[] own)
    {
        var (role, host, blobs, seed) = (own[0], own[1], int.Parse(own[2], CultureInfo.InvariantCulture), own[3]);
        using var system = ActorSystem.Create("flood", Settings(host));
        var cluster = ClusterOf.Get(system);
        var watch = new Complete();
        system.ActorOf(Props.Create(() => new Onlooker(watch)), "onlooker");
        system.ActorOf(Props.Create(() => new Echo()), "echo");
        if (role == "send")
        {
            system.ActorOf(BlobSource.Props(Filled(blobs)), "blobs");
        }

        cluster.Join(seed.Length == 0 ? cluster.SelfAddress : Address.Parse(seed));
        Say($"address {cluster.SelfAddress}");
        if (role == "fetch")
        {
            Say($"echo {RawEcho.Serve(PingLoop.Bytes, IPAddress.Parse(host))}");
        }

        watch.AllUp.Wait();
        Say("complete");
        Act(system, role, host, blobs, seed);
        while (Console.ReadLine() is not (null or "end")) { }
        Say($"unreachable {watch.Unreachable}");
        return 0; // the process ends as a whole: nobody shall see the others leave
    }

    private static void Act(ActorSystem system, string role, string host, int blobs, string seed)
    {
        if (role == "send")
        {
            PingLoop.RunAsync(system).GetAwaiter().GetResult();
        }
        else if (role == "fetch")
        {
            var source = system.ActorSelection(seed + "/user/blobs").ResolveOne(TimeSpan.FromSeconds(10)).Result;
            var names = Enumerable.Range(0, blobs).Select(i => BlobId.Of(Blob(i))).ToList();
            while (Console.ReadLine() is not "fetch") { }
            Fetch(system, source, names);
        }
    }

    private static void Fetch(ActorSystem system, IActorRef source, IReadOnlyList<BlobId> names)
    {
        var options = TransferOptions.Standard with { Keep = 0 };
        var fetcher = system.ActorOf(BlobFetcher.Props(options, new MemoryBlobDrafts(1L << 30)), "fetcher");
        using var all = new CountdownEvent(names.Count);
        var before = ResidentMemory.Restart();
        var began = Stopwatch.GetTimestamp();
        system.ActorOf(Props.Create(() => new Collector(fetcher, source, names, all)));
        all.Wait();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Say(string.Create(CultureInfo.InvariantCulture, $"fetched {seconds:0.000} {(ResidentMemory.Peak - before) / 1e6:0.0}"));
    }

    private static MemoryBlobStore Filled(int blobs)
    {
        var store = new MemoryBlobStore(long.MaxValue);
        for (var i = 0; i < blobs; i++)
        {
            store.Put(Blob(i));
        }

        return store;
    }

    // Bytes that do not compress and are each blob's own.
    private static byte[] Blob(int number)
    {
        var bytes = new byte[BlobBytes];
        new Random(number).NextBytes(bytes);
        return bytes;
    }

    private static Config Settings(string host) =>
        ConfigurationFactory
            .ParseString(
                $$"""
                akka {
                  actor.provider = cluster
                  loglevel = WARNING, stdout-loglevel = OFF, loggers = []
                  remote.dot-netty.tcp { hostname = "{{host}}", port = 0 }
                }
                """
            )
            .WithFallback(WireConfiguration.Reference);

    private static void Say(string line) => Console.WriteLine(line);

    /// <summary>What the cluster looked like from here.</summary>
    private sealed class Complete
    {
        public readonly ManualResetEventSlim AllUp = new();
        public volatile int Unreachable;
    }

    private sealed class Onlooker : ReceiveActor
    {
        public Onlooker(Complete seen)
        {
            var up = 0;
            Receive<ClusterEvent.MemberUp>(_ =>
            {
                if (++up == Members)
                {
                    seen.AllUp.Set();
                }
            });
            Receive<ClusterEvent.UnreachableMember>(_ => seen.Unreachable++);
            Receive<ClusterEvent.IMemberEvent>(m => seen.Unreachable += m is ClusterEvent.MemberRemoved ? 1 : 0);
            ClusterOf
                .Get(Context.System)
                .Subscribe(
                    Self,
                    ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
                    typeof(ClusterEvent.IMemberEvent),
                    typeof(ClusterEvent.UnreachableMember)
                );
        }
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => Receive<byte[]>(m => Sender.Tell(m, Self));
    }

    private sealed class Collector : ReceiveActor
    {
        public Collector(IActorRef fetcher, IActorRef source, IReadOnlyList<BlobId> names, CountdownEvent all)
        {
            Receive<Fetched>(_ => all.Signal());
            Receive<FetchFailed>(m => throw new InvalidOperationException(m.Detail));
            foreach (var name in names)
            {
                fetcher.Tell(new Fetch(name, source));
            }
        }
    }
}
