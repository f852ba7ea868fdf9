using ActorFed.Kernel.Torch;

namespace ActorFed.Simulation.Tests;

[Collection(AloneInTheProcess.Name)]
public sealed class NativeHandleTests : IDisposable
{
    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task No_native_tensor_outlives_a_run()
    {
        await _world.SimulateAsync("first"); // constants that are made once and kept
        var before = TorchRuntime.LiveHandles;

        await _world.SimulateAsync("second");

        Assert.Equal(before, TorchRuntime.LiveHandles);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task On_the_real_model_one_worker_and_two_give_the_same_bits_and_leave_no_tensor_behind()
    {
        string[] real = ["--model", "use-lite", "--rounds", "2", "--set", "actorfed.train.max-tokens=32"];
        await _world.SimulateAsync("first", real); // constants that are made once and kept
        var before = TorchRuntime.LiveHandles;

        var one = await _world.SimulateAsync("one", [.. real, "--workers", "1"]);
        Assert.Equal(before, TorchRuntime.LiveHandles);
        var two = await _world.SimulateAsync("two", [.. real, "--workers", "2"]);
        Assert.Equal(before, TorchRuntime.LiveHandles);

        Assert.Equal(64, one.AdapterSha256!.Length);
        Assert.Equal(one.AdapterSha256, two.AdapterSha256);
        Assert.Equal(one.Final!.Loss, two.Final!.Loss);
    }
}
