using ActorFed.Kernel.Torch;

namespace ActorFed.Simulation.Tests;

/// <summary>The count of live handles is one for the whole process: nothing may run beside these tests.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    public const string Name = "alone in the process";
}

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
}
