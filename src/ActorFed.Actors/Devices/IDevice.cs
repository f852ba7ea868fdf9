using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Devices;

/// <summary>How much one training is, known before it: simulated time follows from it.</summary>
/// <param name="Steps">Optimiser steps.</param>
/// <param name="Examples">Examples processed: those of every step, so an example counts once an epoch.</param>
/// <param name="MicroBatch">Examples in one forward pass as the settings have it; at least 1. Halved when memory runs out.</param>
public sealed record JobSize(int Steps, long Examples, int MicroBatch);

/// <summary>One device with its frozen base model: what trains and evaluates. The implementation is the host's.</summary>
/// <remarks>
/// Both asynchronous members return at once and do their work on threads of their own; at most <see cref="Slots"/> of them run at a time.
/// Same arguments, same bits, whatever runs beside them.
/// Faults: <see cref="OutOfMemoryException"/>, <see cref="NumericalException"/>, <see cref="CorruptShardException"/>,
/// <see cref="DeviceLostException"/>; anything else is a bug and fails the run.
/// </remarks>
public interface IDevice
{
    /// <summary>The device's name on its node: cpu-0, cuda-1.</summary>
    string Name { get; }

    /// <summary>Jobs that it takes at a time; at least 1.</summary>
    int Slots { get; }

    /// <summary>The size of a training. Pure and quick; <see cref="LocalWork.Personal"/> may be absent here.</summary>
    JobSize Measure(LocalWork work);

    /// <summary>Trains one client for one round.</summary>
    Task<LocalResult> TrainAsync(LocalWork work, CancellationToken cancel);

    /// <summary>Judges a global model on held-out documents.</summary>
    Task<Evaluation> EvaluateAsync(TensorSet global, CorpusPart part, CancellationToken cancel);
}
