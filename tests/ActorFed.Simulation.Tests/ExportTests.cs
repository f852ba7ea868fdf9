namespace ActorFed.Simulation.Tests;

/// <summary><c>export</c>: adapters of committed rounds out of a run's folder.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_last_rounds_adapter_is_the_one_that_the_run_wrote_and_an_earlier_one_differs()
    {
        await _world.SimulateAsync("run", "--set", "actorfed.output.keep=2");

        var (code, printed, error) = await _world.RunAsync(["export", _world.In("run")]);
        Assert.True(code == 0, error);
        Assert.Empty(printed);
        Assert.Equal(Weights("run/adapter"), Weights("run/adapter-round-4"));

        (code, _, error) = await _world.RunAsync(["export", _world.In("run"), "--round", "3", "--out", "third"]);
        Assert.True(code == 0, error);
        Assert.NotEqual(Weights("run/adapter"), Weights("third"));
        Assert.Equal(
            await File.ReadAllTextAsync(_world.In("run/adapter/adapter_config.json")),
            await File.ReadAllTextAsync(_world.In("third/adapter_config.json"))
        );
    }

    [Fact]
    public async Task A_round_that_is_not_kept_and_a_folder_with_something_in_it_are_refused()
    {
        await _world.SimulateAsync("run");

        var (code, _, error) = await _world.RunAsync(["export", _world.In("run"), "--round", "2"]); // fault: swept away long since
        Assert.Equal(2, code);
        Assert.Contains("--round 2: the run keeps the models of rounds 4 to 4", error, StringComparison.Ordinal);

        (code, _, error) = await _world.RunAsync(["export", _world.In("run"), "--out", "run/adapter"]); // fault: would mix two adapters
        Assert.Equal(2, code);
        Assert.Contains("there is something in it already", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_a_commit_has_nothing_to_export()
    {
        await _world.SimulateAsync("run");
        Directory.CreateDirectory(_world.In("young"));
        File.Copy(_world.In("run/settings.conf"), _world.In("young/settings.conf")); // fault: it ended before its first round did

        var (code, _, error) = await _world.RunAsync(["export", _world.In("young")]);
        Assert.Equal(3, code);
        Assert.Contains("no round is committed", error, StringComparison.Ordinal);
    }

    private byte[] Weights(string folder) => File.ReadAllBytes(Path.Combine(_world.In(folder), "adapter_model.safetensors"));
}
