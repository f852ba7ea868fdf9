using System.Text;
using System.Text.Json;
using ActorFed.Actors.Devices;
using ActorFed.Host;
using ActorFed.Host.Results;
using ActorFed.Host.Runs;
using ActorFed.Host.Simulation;
using ActorFed.Host.Verbs;

namespace ActorFed.Simulation.Tests;

/// <summary>A folder with a small made-up data set, the tiny model, and the real command line in this process.</summary>
internal sealed class TinyWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TinyWorld()
    {
        File.WriteAllText(In("data.jsonl"), Documents(240, seed: 5));
        File.WriteAllText(In("tiny.conf"), Settings);
    }

    /// <summary>Six clients, three a round, four rounds of two steps: a second's work.</summary>
    private static string Settings =>
        """
            actorfed {
              run { rounds = 4, seed = 3 }
              model.name = tiny
              data { dataset = table, train = data.jsonl }
              partition { scheme = dirichlet, alpha = 1, clients = 6, min-shard = 8 }
              profiles { availability = fixed(1) }
              round { per-round = 3, reserve = 0, quorum = 2 }
              lora { rank = 2, targets = "layers.*.attention.{q,v}" }
              train { steps = 2, batch = 8, max-tokens = 8 }
              evaluate.sample = 0
              output.report = off
            }
            """;

    public string Folder => _folder.Path;

    public string In(string name) => Path.Combine(Folder, name);

    public void Dispose() => _folder.Dispose();

    /// <summary>One run in this process.</summary>
    public async Task<(int Code, string Out, string Error)> RunAsync(string[] arguments, Interrupts? interrupts = null)
    {
        using var own = new Interrupts(_ => { });
        using var standard = new StringWriter();
        using var error = new StringWriter();
        var world = new World(standard, error, false, Variable, new Still(), interrupts ?? own, Folder);
        var code = await CommandLine.RunAsync(arguments, world);
        return (code, standard.ToString(), error.ToString());
    }

    /// <summary>simulate with the tiny settings; it must succeed.</summary>
    public async Task<RunResult> SimulateAsync(string name, params string[] more)
    {
        var (code, _, error) = await RunAsync(Simulate(name, more));
        Assert.True(code == 0, error);
        return ResultJson.Read(In($"{name}/result.json"));
    }

    /// <summary>Goes on with a run of this folder to its end.</summary>
    /// <returns>The hash of its adapter.</returns>
    public async Task<string?> ResumeAsync(string name)
    {
        var (code, _, error) = await RunAsync(["simulate", "--resume", In(name)]);
        Assert.True(code == 0, error);
        var result = ResultJson.Read(In($"{name}/result.json"));
        Assert.True(result.Completed);
        return result.AdapterSha256;
    }

    /// <summary>simulate on a disk or a device of our own.</summary>
    public async Task<ExitCode> RunOnAsync(
        string name,
        IDisk? disk = null,
        Interrupts? interrupts = null,
        Func<IDevice, IDevice>? device = null
    )
    {
        var request = new SimulationRequest(new(In("tiny.conf"), []), In(name), null, false, false);
        return await InWorldAsync(world => SimulationRun.ExecuteAsync(request, world, disk, device), interrupts);
    }

    /// <summary>Something in a world of our own: what it says is thrown away.</summary>
    public async Task<ExitCode> InWorldAsync(Func<World, Task<ExitCode>> run, Interrupts? interrupts = null)
    {
        using var own = new Interrupts(_ => { });
        using var standard = new StringWriter();
        using var error = new StringWriter();
        return await run(new(standard, error, false, Variable, new Still(), interrupts ?? own, Folder));
    }

    /// <summary>The environment of the runs: a test's own values over the process's.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string[] Simulate(string name, params string[] more) =>
        ["simulate", "--config", In("tiny.conf"), "--out", In(name), .. more];

    private string? Variable(string name) => Variables.GetValueOrDefault(name) ?? Environment.GetEnvironmentVariable(name);

    private static string Documents(int count, int seed)
    {
        var chance = new Random(seed);
        var text = new StringBuilder();
        foreach (var i in Enumerable.Range(0, count))
        {
            var label = chance.Next(3);
            // Each class has words of its own and shares half of them with the others.
            var words = Enumerable
                .Range(0, 8)
                .Select(_ => chance.Next(2) == 0 ? $"own{label}{chance.Next(6)}" : $"all{chance.Next(12)}");
            text.AppendLine(JsonSerializer.Serialize(new { text = string.Join(' ', words), label = $"class-{label}" }));
        }

        return text.ToString();
    }
}

/// <summary>A clock that stands.</summary>
internal sealed class Still : TimeProvider
{
    public override long GetTimestamp() => 0;
}
