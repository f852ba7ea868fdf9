using System.Collections.Concurrent;
using System.Collections.Immutable;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Nodes;
using ActorFed.Actors.Roster;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Trust;
using ActorFed.Actors.Wire;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.Configuration;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>A run over several actor systems on the loopback interface, on the real clock. Each has its own store: all tensors cross.</summary>
internal sealed class RemoteRun : IAsyncDisposable
{
    /// <summary>Only a hang gets this far.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(90);

    private static readonly Software Here = Software.Of("test");
    private readonly List<ActorSystem> _systems = [];

    public RemoteRun(RunSpec spec)
    {
        Spec = spec;
        Server = StartSystem("server", port: 0);
        Port = ((ExtendedActorSystem)Server).Provider.DefaultAddress.Port!.Value;
    }

    public RunSpec Spec { get; init; }
    public ActorSystem Server { get; private set; }
    public int Port { get; }
    public MemoryJournal Journal { get; } = new();

    /// <summary>What every system published, in the order of arrival here.</summary>
    public ConcurrentQueue<(ActorSystem System, object Event)> Events { get; } = [];

    public Identity Identity => new ServerPorts(Here, Transfer()).IdentityOf(Spec.Header);

    /// <summary>Who may take part; null for everybody.</summary>
    public IGatekeeper? Gate { get; init; }

    public RunHandle Serve(IDevice? device = null) =>
        RunLauncher.StartServer(
            Server,
            Spec,
            new([device ?? new CountingDevice()], new MemoryBlobStore(1 << 24), Journal, new MemoryPersonalStore()),
            new(Here, Transfer(), Gate)
        );

    /// <summary>A node for these clients of the run, by their places.</summary>
    public ActorSystem Join(
        string name,
        Range places,
        IDevice? device = null,
        Func<Identity, Identity>? change = null,
        MemoryPersonalStore? personal = null,
        ISigner? signer = null
    )
    {
        var system = StartSystem(name, port: 0);
        RunLauncher.StartNode(
            system,
            new(
                name,
                Spec.Seed,
                [.. Spec.Clients[places]],
                [device ?? new CountingDevice()],
                new WorkQueue(),
                new MemoryBlobStore(1 << 24),
                personal ?? new MemoryPersonalStore(),
                TimeSpan.FromMilliseconds(300),
                system.ActorSelection($"akka.tcp://server@127.0.0.1:{Port}/user/run"),
                new((change ?? (i => i))(Identity), new([device?.Name ?? "cpu-0"], 1 << 30, 100), Transfer(), signer)
            )
        );
        return system;
    }

    /// <summary>Ends the server as a crash would, as far as one process can, and starts another at the same address.</summary>
    public async Task RestartServer()
    {
        await End(Server);
        Server = StartSystem("server", Port);
    }

    public async Task End(ActorSystem system)
    {
        _systems.Remove(system);
        await system.Terminate().WaitAsync(Hang);
    }

    /// <summary>Waits for the first event of this kind, also one that was before.</summary>
    public async Task<T> Sees<T>(Func<T, bool>? which = null)
    {
        while (true)
        {
            var next = _more.Task;
            if (Events.Select(e => e.Event).OfType<T>().FirstOrDefault(which ?? (_ => true)) is { } found)
            {
                return found;
            }

            await next.WaitAsync(Hang);
        }
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_systems.ToArray().Select(End));

    private static TransferPorts Transfer() =>
        new(TransferOptions.Standard with { RetryAfter = TimeSpan.FromMilliseconds(500) }, new MemoryBlobDrafts(1 << 24));

    private volatile TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ActorSystem StartSystem(string name, int port)
    {
        var system = ActorSystem.Create(name, Settings(port));
        _systems.Add(system);
        Action<object> see = e =>
        {
            Events.Enqueue((system, e));
            Interlocked.Exchange(ref _more, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        };
        var recorder = system.ActorOf(Props.Create(() => new Recorder(see)), "recorder");
        foreach (var kind in (Type[])[typeof(IRunEvent), typeof(INodeEvent), typeof(TransferProgress)])
        {
            system.EventStream.Subscribe(recorder, kind);
        }

        return system;
    }

    private static Config Settings(int port) =>
        ConfigurationFactory
            .ParseString(
                $$"""
                akka {
                  loglevel = OFF, stdout-loglevel = OFF, actor.provider = remote
                  remote {
                    retry-gate-closed-for = 200 ms
                    dot-netty.tcp { hostname = "127.0.0.1", port = {{port}} }
                  }
                }
                """
            )
            .WithFallback(WireConfiguration.Reference);

    private sealed class Recorder : ReceiveActor
    {
        public Recorder(Action<object> see) => ReceiveAny(see);
    }
}
