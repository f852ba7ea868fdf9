using ActorFed.Actors.Devices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Simulation.Tests;

/// <summary>The real device, but every adapter that a client starts from is not a number; heads are as they were.</summary>
internal sealed class PoisonedAdapters(IDevice device) : IDevice
{
    private readonly PoisonedDevice _poisoned = new(device, _ => true);

    public string Name => device.Name;

    public int Slots => device.Slots;

    public JobSize Measure(LocalWork work) => device.Measure(work);

    public Task<LocalResult> TrainAsync(LocalWork work, CancellationToken cancel) =>
        (HasAdapter(work) ? _poisoned : device).TrainAsync(work, cancel);

    public Task<Evaluation> EvaluateAsync(TensorSet global, CorpusPart part, CancellationToken cancel) =>
        device.EvaluateAsync(global, part, cancel);

    private static bool HasAdapter(LocalWork work) =>
        work.Start.Keys.Any(n => !n.StartsWith(TensorSet.HeadPrefix, StringComparison.Ordinal));
}
