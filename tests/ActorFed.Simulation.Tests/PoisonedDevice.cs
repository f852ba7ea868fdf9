using ActorFed.Actors.Devices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Simulation.Tests;

/// <summary>The real device, but what some clients start from is not a number: the real trainer has to notice.</summary>
internal sealed class PoisonedDevice(IDevice device, Func<ClientId, bool> victim) : IDevice
{
    public string Name => device.Name;

    public int Slots => device.Slots;

    public JobSize Measure(LocalWork work) => device.Measure(work);

    public Task<LocalResult> TrainAsync(LocalWork work, CancellationToken cancel) =>
        device.TrainAsync(victim(work.Client) ? work with { Start = Poison(work.Start) } : work, cancel);

    public Task<Evaluation> EvaluateAsync(TensorSet global, CorpusPart part, CancellationToken cancel) =>
        device.EvaluateAsync(global, part, cancel);

    private static TensorSet Poison(TensorSet start)
    {
        var (name, value) = start.First(t => t.Key.StartsWith(TensorSet.HeadPrefix, StringComparison.Ordinal));
        float[] numbers = [.. Enumerable.Repeat(float.NaN, (int)value.Count)];
        return start.With(name, TensorValue.Of(numbers, [.. value.Shape]));
    }
}
