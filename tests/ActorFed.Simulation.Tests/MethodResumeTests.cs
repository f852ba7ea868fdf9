using ActorFed.Host;
using ActorFed.Host.Results;
using ActorFed.Training.Methods;

namespace ActorFed.Simulation.Tests;

/// <summary>A run that was stopped in the middle ends, resumed, with the bits of one that was not, whatever clients keep between rounds.</summary>
public sealed class MethodResumeTests : IDisposable
{
    private readonly TinyWorld _world = new();

    public static TheoryData<string> Methods => [.. MethodCatalog.All.Select(m => m.Name)];

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Stopped_in_the_middle_and_resumed_it_has_the_same_hash(string method)
    {
        File.AppendAllText(
            _world.In("tiny.conf"),
            $"\nactorfed {{ run.method = {method}, lora.rank = 4, round.per-round = 5 }}\n"
        );
        var whole = await _world.SimulateAsync("whole");
        using var interrupts = new Interrupts(_ => { });

        await _world.RunOnAsync("stopped", HookedDisk.AtCheckpoint(3, interrupts.Interrupt), interrupts); // fault: Ctrl-C
        var (code, _, error) = await _world.RunAsync(["simulate", "--resume", _world.In("stopped")]);

        Assert.True(code == 0, error);
        var resumed = ResultJson.Read(_world.In("stopped/result.json"));
        Assert.True(resumed.Completed);
        Assert.Equal(whole.AdapterSha256, resumed.AdapterSha256);
        Assert.Equal(whole.Bytes, resumed.Bytes);
        Assert.Equal(whole.Final!.Loss, resumed.Final!.Loss);
    }
}
