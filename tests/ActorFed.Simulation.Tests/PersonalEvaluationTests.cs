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
    public async Task Alone_a_client_is_judged_by_the_model_that_it_trained()
    {
        var result = await _world.SimulateAsync("alone", ["--method", "local-only", .. Held]);

        var models = result.Final!.Personal!.Models.ToDictionary(m => m.Model, m => m.Mean);
        Assert.Equal(models["local"], models["own"]);
        Assert.True(
            models["local"] > models["global"],
            $"{models["local"]} is not above {models["global"]}, which nobody trains"
        );
    }

    [Fact]
    public async Task Personal_heads_stay_at_home_are_resumed_and_judged_with_their_clients()
    {
        File.AppendAllText(
            _world.In("tiny.conf"),
            "\nactorfed { run.method = fdlora, head.personal = on, personal.holdout = 0.4, round.per-round = 5 }\n"
        );
        var (code, _, said) = await _world.RunAsync(_world.Simulate("whole"));
        Assert.True(code == 0, said);
        Assert.Contains("only the clients' own parts say how good it is", said, StringComparison.Ordinal);
        var whole = ResultJson.Read(_world.In("whole/result.json"));
        using var interrupts = new Interrupts(_ => { });

        await _world.RunOnAsync("stopped", HookedDisk.AtCheckpoint(3, interrupts.Interrupt), interrupts); // fault: Ctrl-C
        await _world.ResumeAsync("stopped");

        var resumed = ResultJson.Read(_world.In("stopped/result.json"));
        Assert.Equal(0, whole.Bytes.HeadUp + whole.Bytes.HeadDown);
        Assert.Equal(whole.AdapterSha256, resumed.AdapterSha256);
        Assert.Equal(ResultJson.Write(whole.Final!.Personal), ResultJson.Write(resumed.Final!.Personal));
        Assert.Equal(whole.Final.Loss, Math.Log(3), 1e-6); // the global model has no head: every class is as likely
        Assert.All(whole.Final.Personal!.Models, m => Assert.True(m.Mean > 0.34, m.Model));
    }

    [Fact]
    public async Task Lines_are_right_when_all_of_their_words_are()
    {
        File.AppendAllText(_world.In("tiny.conf"), "\nactorfed { data.fields = whole, data.test = test.jsonl }\n");
        var words = Enumerable
            .Range(0, 60)
            .Select(i => $"{{\"text\":\"own{i % 3}{i % 6} all1\",\"label\":\"class-{i % 3}\",\"whole\":\"line-{i / 4}\"}}");
        File.WriteAllText(_world.In("test.jsonl"), string.Join('\n', words));
        var train = File.ReadAllLines(_world.In("data.jsonl")).Select((l, i) => l.Replace("}", $",\"whole\":\"t{i}\"}}"));
        File.WriteAllText(_world.In("data.jsonl"), string.Join('\n', train));

        var result = await _world.SimulateAsync("run");

        var wholes = result.Final!.Wholes!;
        Assert.Equal(15, wholes.N);
        Assert.InRange(wholes.Right, 0, result.Final.Accuracy); // a line of four words is right less often than a word
        Assert.Equal(Math.Round(15 * wholes.Right), 15 * wholes.Right, 1e-9);
    }

    [Fact]
    public async Task Without_a_held_out_part_nothing_personal_is_said()
    {
        var result = await _world.SimulateAsync("run");

        Assert.Null(result.Final!.Personal);
        Assert.All(result.Clients, c => Assert.Null(c.Personal));
    }
}
