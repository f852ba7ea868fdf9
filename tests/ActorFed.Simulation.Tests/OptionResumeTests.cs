using ActorFed.Host;
using ActorFed.Host.Results;

namespace ActorFed.Simulation.Tests;

/// <summary>A server optimiser's moments and whatever else an option keeps are part of a checkpoint: a resumed run has the same bits.</summary>
public sealed class OptionResumeTests : IDisposable
{
    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("server.optimizer = fedavgm")]
    [InlineData("server.optimizer = fedadagrad")]
    [InlineData("server.optimizer = fedadam")]
    [InlineData("server.optimizer = fedyogi")]
    [InlineData("client.prox = 0.1")]
    [InlineData("robust { rule = multi-krum, clip = 1 }, server.optimizer = fedadam, client.prox = 0.1")]
    [InlineData(
        "client.scaffold = on, train { optimizer = sgd, rate = 0.1 }, head { optimizer = sgd, rate = 0.1 }, server.optimizer = fedavgm"
    )]
    public async Task Stopped_in_the_middle_and_resumed_it_has_the_same_hash(string option)
    {
        var plain = await _world.SimulateAsync("plain", "--set", "actorfed.round.per-round=5");
        File.AppendAllText(_world.In("tiny.conf"), $"\nactorfed {{ round.per-round = 5, {option} }}\n");
        var whole = await _world.SimulateAsync("whole");
        using var interrupts = new Interrupts(_ => { });

        await _world.RunOnAsync("stopped", HookedDisk.AtCheckpoint(3, interrupts.Interrupt), interrupts); // fault: Ctrl-C
        var (code, _, error) = await _world.RunAsync(["simulate", "--resume", _world.In("stopped")]);

        Assert.True(code == 0, error);
        var resumed = ResultJson.Read(_world.In("stopped/result.json"));
        Assert.Equal(whole.AdapterSha256, resumed.AdapterSha256);
        Assert.NotEqual(plain.AdapterSha256, whole.AdapterSha256);
    }

    [Fact]
    public async Task An_option_that_the_method_refuses_is_a_bad_setting_with_the_reason()
    {
        var (code, _, error) = await _world.RunAsync(
            _world.Simulate("refused", "--method", "head-ridge", "--set", "actorfed.server.optimizer=fedadam")
        );

        Assert.Equal(2, code);
        Assert.Contains(
            "server.optimizer = fedadam cannot be combined with head-ridge: its clients send sums",
            error,
            StringComparison.Ordinal
        );
    }
}
