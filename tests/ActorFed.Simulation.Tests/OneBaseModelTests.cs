using System.Collections.Concurrent;
using ActorFed.Actors.Devices;
using ActorFed.Host;
using ActorFed.Kernel.Torch;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Models;

namespace ActorFed.Simulation.Tests;

/// <summary>One frozen base model in memory, whatever the number of clients and workers: native tensors are counted while a run is on.</summary>
[Collection(AloneInTheProcess.Name)]
public sealed class OneBaseModelTests : IDisposable
{
    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(4, 1)]
    [InlineData(40, 1)]
    [InlineData(4, 2)]
    [InlineData(40, 2)]
    public async Task Between_two_trainings_the_process_holds_the_tensors_of_one_model_and_no_other(int clients, int workers)
    {
        await _world.SimulateAsync("first"); // constants that are made once and kept
        File.AppendAllText(
            _world.In("tiny.conf"),
            $$"""

            actorfed {
              partition { scheme = iid, clients = {{clients}}, min-shard = 1 }
              round { per-round = 4, quorum = 4 }
              evaluate.every = 1
              simulate.workers = {{workers}}
            }
            """
        );
        var empty = TorchRuntime.LiveHandles;
        long one;
        using (TinyEncoder.Create(seed: 1))
        {
            one = TorchRuntime.LiveHandles - empty;
        }

        CountingDevice? counting = null;
        Assert.Equal(ExitCode.Done, await _world.RunOnAsync("run", device: d => counting = new(d)));

        Assert.True(one > 10);
        Assert.True(counting!.AtEvaluations.Count >= 4);
        Assert.All(counting.AtEvaluations, live => Assert.Equal(one, live - empty));
        if (workers == 1)
        {
            Assert.Equal(16, counting.AtTrainings.Count);
            Assert.All(counting.AtTrainings, live => Assert.Equal(one, live - empty));
        }

        Assert.Equal(empty, TorchRuntime.LiveHandles);
    }

    [Theory]
    [InlineData("4", "1")]
    [InlineData("40", "2")]
    public async Task The_model_is_loaded_once(string clients, string workers)
    {
        var (code, _, error) = await _world.RunAsync(
            _world.Simulate(
                "run",
                "--clients",
                clients,
                "--workers",
                workers,
                "--partition",
                "iid",
                "--set",
                "actorfed.partition.min-shard=1"
            )
        );

        Assert.True(code == 0, error);
        Assert.Single(error.Split('\n'), line => line.StartsWith("loading tiny", StringComparison.Ordinal));
    }

    /// <summary>The real device; counts the native tensors whenever it is given something to do.</summary>
    private sealed class CountingDevice(IDevice device) : IDevice
    {
        public ConcurrentQueue<long> AtTrainings { get; } = [];

        public ConcurrentQueue<long> AtEvaluations { get; } = [];

        public string Name => device.Name;

        public int Slots => device.Slots;

        public JobSize Measure(LocalWork work) => device.Measure(work);

        public Task<LocalResult> TrainAsync(LocalWork work, CancellationToken cancel)
        {
            AtTrainings.Enqueue(TorchRuntime.LiveHandles);
            return device.TrainAsync(work, cancel);
        }

        public Task<Evaluation> EvaluateAsync(TensorSet global, CorpusPart part, CancellationToken cancel)
        {
            AtEvaluations.Enqueue(TorchRuntime.LiveHandles);
            return device.EvaluateAsync(global, part, cancel);
        }
    }
}
