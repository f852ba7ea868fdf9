using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ActorFed.Host.Results;
using ActorFed.Host.Runs;
using ActorFed.Simulation.Tests;

namespace ActorFed.Cluster.Tests;

/// <summary>A server and its nodes as processes of their own, on the loopback interface or each on a machine of its own, training the tiny model for real.</summary>
internal sealed partial class Machines : IDisposable
{
    private readonly List<RealProgram> _programs = [];
    private readonly string[] _settings;
    private readonly Laboratory? _laboratory;
    private int _started;

    /// <param name="settings">Options of the run, for serve and simulate alike.</param>
    public Machines(params string[] settings)
        : this(null, settings) { }

    /// <param name="laboratory">Each process that is started, in order, is on the next machine of it; null for all on the loopback interface.</param>
    /// <param name="settings">Options of the run, for serve and simulate alike.</param>
    public Machines(Laboratory? laboratory, params string[] settings)
    {
        _laboratory = laboratory;
        _settings = ["--clients", "24", "--set", "actorfed.partition.min-shard=2", .. settings];
    }

    public TinyWorld World { get; } = new();

    public int Port { get; private set; }

    public RealProgram Server { get; private set; } = null!;

    // Where the server is that nodes ask; the first process is the server.
    private string ServerHost => _laboratory?.HostOf(0) ?? "127.0.0.1";

    // Who is gone is noticed sooner than a laboratory would want it.
    private static string[] Quick =>
        [
            "--set",
            "akka.remote.watch-failure-detector.acceptable-heartbeat-pause=4s",
            "--set",
            "akka.cluster.failure-detector.acceptable-heartbeat-pause=6s",
            "--set",
            "akka.cluster.split-brain-resolver.stable-after=3s",
            "--set",
            "akka.cluster.split-brain-resolver.down-all-when-unstable=off",
        ];

    /// <summary>Starts the server and waits until it listens.</summary>
    public Task ServeAsync(params string[] more) =>
        ServeAsync(["serve", "--config", World.In("tiny.conf"), "--out", World.In("served"), .. _settings, .. more], port: 0);

    /// <summary>Starts the server where nodes reach it through this relay only.</summary>
    public async Task ServeBehindAsync(Relay relay)
    {
        var (port, seen) = Behind(relay);
        await ServeAsync(["serve", "--config", World.In("tiny.conf"), "--out", World.In("served"), .. _settings, .. seen], port);
    }

    /// <summary>Starts a node that the server reaches through this relay only.</summary>
    public RealProgram JoinBehind(Relay relay, string name, string clients)
    {
        var (port, seen) = Behind(relay);
        return Join(name, clients, more: ["--listen", $"127.0.0.1:{port}", .. seen]);
    }

    /// <summary>Starts the server of another run with the same settings where the first one was.</summary>
    public Task ServeAnotherAsync(string name) =>
        ServeAsync(["serve", "--config", World.In("tiny.conf"), "--out", World.In(name), .. _settings], Port);

    /// <summary>Starts a standby of the server and waits until it has everything.</summary>
    /// <param name="name">Its folder.</param>
    /// <param name="more">Options of its own.</param>
    public async Task<RealProgram> StandByAsync(string name, params string[] more)
    {
        var standby = Start(
            World.Folder,
            ["serve", "--seed-node", $"127.0.0.1:{Port}", "--listen", "127.0.0.1:0", "--out", World.In(name), .. Quick, .. more]
        );
        await standby.SaysAsync("in step with the leader");
        return standby;
    }

    /// <summary>Starts it again where it was.</summary>
    public Task ResumeAsync() => ServeAsync(["serve", "--resume", World.In("served")], Port);

    /// <summary>Waits until the server knows a node for every client.</summary>
    public Task AllHereAsync() => Server.SaysAsync("24 of 24 clients are here");

    /// <summary>Starts a node; its clients as join takes them.</summary>
    public RealProgram Join(string name, string clients, string? folder = null, string? output = null, params string[] more) =>
        Start(folder ?? World.Folder, [.. Joining(name, clients, output ?? $"node-{name}"), .. more]);

    /// <summary>Starts a node with all clients on a processor that knows no more than the oldest of its kind.</summary>
    public RealProgram JoinWithOldKernels(string name)
    {
        var oldest = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "ARMV8" : "Prescott";
        return Add(RealProgram.Start(World.Folder, Joining(name, "all", name), $"export {Blas.Variable}={oldest}"));
    }

    private string[] Joining(string name, string clients, string output) =>
        [
            "join",
            "--seed-node",
            $"{ServerHost}:{Port}",
            .. Elsewhere,
            "--name",
            name,
            "--host-clients",
            clients,
            "--workers",
            "1",
            "--out",
            World.In(output),
            .. Quick,
        ];

    public RealProgram Start(string folder, params string[] arguments) =>
        Add(
            _laboratory is { } there
                ? RealProgram.Command(folder, "ip", [.. there.Enter(_started++), "dotnet", RealProgram.Host, .. arguments])
                : RealProgram.Start(folder, arguments)
        );

    private RealProgram Add(RealProgram program)
    {
        _programs.Add(program);
        return program;
    }

    /// <summary>The server's end, and what it wrote.</summary>
    public Task<RunResult> EndsAsync() => EndsAsync(Server, "served");

    /// <summary>A server's end, and what it wrote.</summary>
    public async Task<RunResult> EndsAsync(RealProgram server, string folder)
    {
        await server.EndsAsync();
        Assert.True(server.Code == 0, server.Errors);
        return ResultJson.Read(World.In($"{folder}/result.json"));
    }

    /// <summary>The hash that one process comes to with the same settings.</summary>
    public async Task<string?> SimulatedAsync() => (await World.SimulateAsync("simulated", _settings)).AdapterSha256;

    /// <summary>The hash that one process comes to with the contributors of the served run.</summary>
    public async Task<string?> RepeatedAsync()
    {
        var (code, _, error) = await World.RunAsync([
            "simulate",
            "--contributors-from",
            World.In("served"),
            "--out",
            World.In("repeated"),
        ]);
        Assert.True(code == 0, error);
        return ResultJson.Read(World.In("repeated/result.json")).AdapterSha256;
    }

    public void Dispose()
    {
        _programs.ForEach(p => p.Dispose());
        World.Dispose();
    }

    // A node says where it is reached only where that is not the loopback interface.
    private string[] Elsewhere => _laboratory is { } there ? ["--listen", $"{there.HostOf(_started)}:0"] : [];

    private static (int Port, string[] Seen) Behind(Relay relay)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        relay.LeadTo(port);
        return (port, ["--set", $"akka.remote.dot-netty.tcp.public-port={relay.Port}"]);
    }

    private async Task ServeAsync(string[] arguments, int port)
    {
        Server = Start(World.Folder, [.. arguments, "--listen", $"{ServerHost}:{port}", .. Quick]);
        var line = await Server.SaysAsync("serving ");
        Port = int.Parse(AtPort().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(":([0-9]+);")]
    private static partial Regex AtPort();
}
