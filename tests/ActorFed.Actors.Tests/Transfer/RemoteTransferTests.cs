using System.Security.Cryptography;
using ActorFed.Actors.Store;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Wire;
using ActorFed.Training.Encoding;
using Akka.Actor;
using Akka.Configuration;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Tests.Transfer;

/// <summary>Two actor systems on the loopback interface, with remoting's default frame of 128,000 bytes.</summary>
public sealed class RemoteTransferTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);
    private readonly List<ActorSystem> _systems = [];
    private readonly MemoryBlobStore _blobs = new(bound: 1 << 28);

    public void Dispose() => _systems.ForEach(s => s.Terminate().Wait(Hang));

    [Fact]
    public async Task A_large_blob_crosses_in_frames_of_the_default_size()
    {
        var blob = _blobs.Put(RandomNumberGenerator.GetBytes(9_000_001));
        var source = Start(port: 0);
        var fetched = await FetcherTo(PortOf(source)).Ask<Fetched>(new Fetch(blob, Source(_systems[^1], PortOf(source))), Hang);
        Assert.Equal(blob, BlobId.Of(fetched.Bytes.Span));
    }

    [Fact]
    public async Task A_sender_that_is_ended_and_started_again_sends_only_the_rest()
    {
        var blob = _blobs.Put(RandomNumberGenerator.GetBytes(40_000_000));
        var first = Start(port: 0);
        var port = PortOf(first);
        var fetcher = FetcherTo(port);
        var system = _systems[^1];
        var under = new TaskCompletionSource();
        Action<TransferProgress> see = p =>
        {
            if (p.Have > 4_000_000)
            {
                under.TrySetResult();
            }
        };
        var watcher = system.ActorOf(Props.Create(() => new Watcher(see)));
        system.EventStream.Subscribe(watcher, typeof(TransferProgress));
        var answer = fetcher.Ask<Fetched>(new Fetch(blob, Source(system, port)), Hang);
        await under.Task.WaitAsync(Hang);
        await first.Terminate().WaitAsync(Hang);
        Start(port);
        Assert.Equal(blob, BlobId.Of((await answer).Bytes.Span));
        var report = await fetcher.Ask<TransferReport>(new DescribeTransfers(), Hang);
        Assert.Equal((1, 40_000_000), ((int)report.Done, (int)report.Bytes)); // no byte was taken twice
    }

    [Fact]
    public async Task Nothing_is_packed_for_another_process_of_the_same_machine()
    {
        var blob = _blobs.Put(new byte[1_000_000]); // it would take next to nothing
        var source = Start(port: 0);
        FetcherTo(PortOf(source));
        var told = await Source(_systems[^1], PortOf(source)).Ask<PackedForm>(new AskPacked(blob, []), Hang);
        Assert.Equal(PackedForm.None(blob), told);
    }

    private ActorSystem Start(int port)
    {
        var system = ActorSystem.Create("far", Settings(port));
        _systems.Add(system);
        system.ActorOf(BlobSource.Props(_blobs, keep: 1 << 28), "blobs");
        return system;
    }

    private IActorRef FetcherTo(int port)
    {
        var system = ActorSystem.Create("near", Settings(0));
        _systems.Add(system);
        var options = TransferOptions.Standard with { RetryAfter = TimeSpan.FromMilliseconds(400) };
        return system.ActorOf(BlobFetcher.Props(options, new MemoryBlobDrafts(1 << 28)), $"fetcher-{port}");
    }

    private static ActorSelection Source(ActorSystem from, int port) =>
        from.ActorSelection($"akka.tcp://far@127.0.0.1:{port}/user/blobs");

    private static int PortOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress.Port!.Value;

    private static Config Settings(int port) =>
        ConfigurationFactory
            .ParseString(
                $$"""
                akka {
                  loglevel = OFF, stdout-loglevel = OFF, actor.provider = remote
                  remote { retry-gate-closed-for = 200 ms, dot-netty.tcp { hostname = "127.0.0.1", port = {{port}} } }
                }
                """
            )
            .WithFallback(WireConfiguration.Reference);

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(Action<TransferProgress> see) => Receive(see);
    }
}
