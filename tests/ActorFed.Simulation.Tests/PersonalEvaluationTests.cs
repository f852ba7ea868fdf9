using ActorFed.Host;
using ActorFed.Host.Results;
using ActorFed.Host.Simulation;

namespace ActorFed.Simulation.Tests;

/// <summary>Every client's own held-out part, from the settings to result.json.</summary>
public sealed class PersonalEvaluationTests : IDisposable
{
    private static readonly string[] Held =
    [
        "--set",
        "actorfed.personal.holdout=0.4",
        "--set",
        "actorfed.personal.few-shot=4",
        "--set",
        "actorfed.round.per-round=5",
    ];

    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Fdlora_judges_global_personal_and_fused_models_on_what_nobody_trained_on()
    {
        var result = await _world.SimulateAsync("run", ["--method", "fdlora", .. Held]);

        var personal = result.Final!.Personal!;
        Assert.Equal(["global", "personal", "fused", "own"], personal.Models.Select(m => m.Model));
        Assert.Equal(["global", "personal", "fused"], personal.Gains.Select(g => g.Over));
        Assert.Equal(result.Clients.Count, personal.Clients);
        foreach (var client in result.Clients)
        {
            var own = client.Personal!;
            Assert.Equal((int)(0.4 * client.Examples), own.Documents + own.FewShot);
            var made = own.Models[^1].Metrics;
            Assert.True(made["fewShotLoss"] <= Math.Min(made["fewShotLossPersonal"], made["fewShotLossGlobal"]));
        }

        var mean = personal.Models.Single(m => m.Model == "fused").Mean;
        Assert.Equal(result.Clients.Average(c => c.Personal!.Models[^1].Value), mean, 1e-12);
        var trained = result.Rounds[0].Contributors.Count;
        Assert.Equal(result.Clients.Count, trained); // stage 1 asks everybody
    }

    [Fact]
    public async Task A_resumed_run_says_the_same_of_every_client()
    {
        File.AppendAllText(
            _world.In("tiny.conf"),
            "\nactorfed { run.method = fdlora, personal.holdout = 0.4, round.per-round = 5, fdlora.sync = 2 }\n"
        );
        var whole = await _world.SimulateAsync("whole");
        using var interrupts = new Interrupts(_ => { });

        await _world.RunOnAsync("stopped", HookedDisk.AtCheckpoint(3, interrupts.Interrupt), interrupts); // fault: Ctrl-C
        var (code, _, error) = await _world.RunAsync(["simulate", "--resume", _world.In("stopped")]);

        Assert.True(code == 0, error);
        var resumed = ResultJson.Read(_world.In("stopped/result.json"));
        Assert.Equal(whole.AdapterSha256, resumed.AdapterSha256);
        Assert.Equal(ResultJson.Write(whole.Final!.Personal), ResultJson.Write(resumed.Final!.Personal));
        Assert.Equal(ResultJson.Write(whole.Clients), ResultJson.Write(resumed.Clients));
    }

    [Fact]
    public async Task A_gain_is_measured_against_an_earlier_run_on_the_same_parts()
    {
        var alone = await _world.SimulateAsync("alone", ["--method", "head-only", .. Held]);
        var result = await _world.SimulateAsync("run", [.. Held, "--set", "actorfed.evaluate.local-only=alone"]);

        var gain = result.Final!.Personal!.Gains.Single(g => g.Over == PersonalSummary.LocalOnly);
        Assert.Equal(result.Final.Personal.Models[^1].Mean - alone.Final!.Personal!.Models[^1].Mean, gain.Mean, 1e-12);

        var (code, _, error) = await _world.RunAsync(
            _world.Simulate("other", [.. Held, "--seed", "4", "--set", "actorfed.evaluate.local-only=alone"])
        );
        Assert.Equal(2, code);
        Assert.Contains("cannot be compared with", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_held_out_part_nothing_personal_is_said()
    {
        var result = await _world.SimulateAsync("run");

        Assert.Null(result.Final!.Personal);
        Assert.All(result.Clients, c => Assert.Null(c.Personal));
    }
}
