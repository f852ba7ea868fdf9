using ActorFed.Actors.Transfer;
using ActorFed.Actors.Wire;
using Akka.Actor;
using Akka.Configuration;

namespace ActorFed.Benchmarks.Kernel;

/// <summary>The other process of <see cref="RemoteBenchmark"/>: answers, takes, has blobs; as actors and on bare sockets.</summary>
internal static class RemotePeer
{
    /// <summary>The question that is none: what a benchmark starts its other process with.</summary>
    public const string Role = "remote-peer";

    /// <summary>Bytes of a small message.</summary>
    public const int Small = 100;

    /// <summary>Of both systems.</summary>
    public static Config Settings { get; } =
        ConfigurationFactory
            .ParseString(
                """
                akka {
                  actor.provider = remote
                  loglevel = WARNING, stdout-loglevel = WARNING, log-dead-letters = off
                  remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, maximum-frame-size = 8000000b }
                }
                """
            )
            .WithFallback(WireConfiguration.Reference);

    /// <summary>Says where it is, and ends when its input does.</summary>
    public static int Serve(string[] arguments)
    {
        using var system = ActorSystem.Create("there", Settings);
        system.ActorOf(Props.Create(() => new Echo()), "echo");
        system.ActorOf(Props.Create(() => new Sink()), "sink");
        system.ActorOf(BlobSource.Props(RemoteBlobs.Store()), "blobs");
        Console.WriteLine(((ExtendedActorSystem)system).Provider.DefaultAddress);
        Console.WriteLine(RawEcho.Serve(Small));
        Console.In.ReadToEnd();
        system.Terminate().Wait();
        return 0;
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => Receive<byte[]>(m => Sender.Tell(m, Self));
    }

    /// <summary>Counts messages and acknowledges each batch; its size comes first.</summary>
    private sealed class Sink : ReceiveActor
    {
        private int _batch = 1;
        private int _count;

        public Sink()
        {
            Receive<int>(batch => (_batch, _count) = (batch, 0));
            Receive<byte[]>(_ =>
            {
                if (++_count % _batch == 0)
                    Sender.Tell(_batch, Self);
            });
        }
    }
}
