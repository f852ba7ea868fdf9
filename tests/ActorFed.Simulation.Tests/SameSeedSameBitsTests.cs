namespace ActorFed.Simulation.Tests;

public sealed class SameSeedSameBitsTests : IDisposable
{
    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Run_twice_and_with_one_or_two_workers_the_adapter_has_the_same_hash()
    {
        var one = await _world.SimulateAsync("one", "--workers", "1");
        var again = await _world.SimulateAsync("again", "--workers", "1");
        var two = await _world.SimulateAsync("two", "--workers", "2");

        Assert.Equal(64, one.AdapterSha256!.Length);
        Assert.Equal(one.AdapterSha256, again.AdapterSha256);
        Assert.Equal(one.AdapterSha256, two.AdapterSha256);
        Assert.Equal(one.Final!.Loss, two.Final!.Loss);
    }

    [Fact]
    public async Task Another_seed_gives_another_adapter()
    {
        var one = await _world.SimulateAsync("one");
        var other = await _world.SimulateAsync("other", "--seed", "4");

        Assert.NotEqual(one.AdapterSha256, other.AdapterSha256);
    }

    [Theory]
    [InlineData("fedit")]
    [InlineData("head-only")]
    [InlineData("head-ridge")]
    public async Task Every_method_runs_to_its_end(string method)
    {
        var result = await _world.SimulateAsync(method, "--method", method);

        Assert.True(result.Completed);
        Assert.Equal(method == "head-ridge" ? 1 : 4, result.Rounds.Count);
        Assert.Equal(method == "head-ridge" ? 6 : 3, result.Rounds[0].Contributors.Count); // the ridge head asks everybody
        Assert.InRange(result.Final!.Value, 0.2, 1);
        Assert.True(result.Bytes is { Up: > 0, Down: > 0 });
    }
}
