using System.Globalization;
using System.Text.RegularExpressions;
using ActorFed.Host.Results;
using ActorFed.Simulation.Tests;

namespace ActorFed.Cluster.Tests;

/// <summary>A server and its nodes as processes of their own on the loopback interface, training the tiny model for real.</summary>
internal sealed partial class Machines : IDisposable
{
    private readonly List<RealProgram> _programs = [];
    private readonly string[] _settings;

    /// <param name="settings">Options of the run, for serve and simulate alike.</param>
    public Machines(params string[] settings) =>
        _settings = ["--clients", "24", "--set", "actorfed.partition.min-shard=2", .. settings];

    public TinyWorld World { get; } = new();

    public int Port { get; private set; }

    public RealProgram Server { get; private set; } = null!;

    // A node is noticed to be gone sooner than a laboratory would want it.
    private static string[] Quick => ["--set", "akka.remote.watch-failure-detector.acceptable-heartbeat-pause=4s"];

    /// <summary>Starts the server and waits until it listens.</summary>
    public Task ServeAsync() =>
        ServeAsync(["serve", "--config", World.In("tiny.conf"), "--out", World.In("served"), .. _settings], port: 0);

    /// <summary>Starts it again where it was.</summary>
    public Task ResumeAsync() => ServeAsync(["serve", "--resume", World.In("served")], Port);

    /// <summary>Waits until the server knows a node for every client.</summary>
    public Task AllHereAsync() => Server.SaysAsync("24 of 24 clients are here");

    /// <summary>Starts a node; its clients as join takes them.</summary>
    public RealProgram Join(string name, string clients, string? folder = null, string? output = null, params string[] more) =>
        Start(
            folder ?? World.Folder,
            [
                "join",
                "--seed-node",
                $"127.0.0.1:{Port}",
                "--name",
                name,
                "--host-clients",
                clients,
                "--workers",
                "1",
                "--out",
                World.In(output ?? $"node-{name}"),
                .. Quick,
                .. more,
            ]
        );

    public RealProgram Start(string folder, params string[] arguments)
    {
        var program = RealProgram.Start(folder, arguments);
        _programs.Add(program);
        return program;
    }

    /// <summary>The server's end, and what it wrote.</summary>
    public async Task<RunResult> EndsAsync()
    {
        await Server.EndsAsync();
        Assert.True(Server.Code == 0, Server.Errors);
        return ResultJson.Read(World.In("served/result.json"));
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

    private async Task ServeAsync(string[] arguments, int port)
    {
        Server = Start(World.Folder, [.. arguments, "--listen", $"127.0.0.1:{port}", .. Quick]);
        var line = await Server.SaysAsync("serving ");
        Port = int.Parse(AtPort().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(":([0-9]+);")]
    private static partial Regex AtPort();
}
