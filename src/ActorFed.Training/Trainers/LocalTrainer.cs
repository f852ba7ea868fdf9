using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Training.Trainers;

/// <summary>How much one training is.</summary>
/// <param name="Steps">Optimiser steps; 1 for a method that computes in closed form.</param>
/// <param name="Examples">Examples processed: an example counts once a step or pass.</param>
/// <param name="MicroBatch">Examples in one forward pass.</param>
public readonly record struct TrainingSize(int Steps, long Examples, int MicroBatch);

/// <summary>Trains clients on one device. Any number of threads may train at once; each training's bits are its own.</summary>
/// <param name="model">The device's frozen base.</param>
/// <param name="method">What is trained and what leaves a client.</param>
/// <param name="data">The documents of the clients on this node.</param>
/// <param name="options">How it is trained.</param>
/// <param name="features">Embeddings to share with other trainers of the same model and corpus; null for its own.</param>
public sealed class LocalTrainer(
    IBaseModel model,
    ITrainableMethod method,
    ShardedCorpus data,
    TrainerOptions options,
    FeatureCache? features = null
)
{
    /// <summary>Metric of every training: numbers of the adapter that the optimiser moved, the head not counted.</summary>
    public const string AdapterParameters = "adapter-parameters";

    /// <summary>Embeddings under the frozen model, shared by all trainings of this device.</summary>
    public FeatureCache Features { get; } = features ?? new(model, data.Corpus);

    /// <summary>The size of a training. Pure and quick.</summary>
    /// <exception cref="ShardException">There is nothing to train on.</exception>
    public TrainingSize Measure(LocalWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var shard = data.Of(work.Client).Length;
        if (method.Solves(work))
        {
            return new(1, shard, Math.Min(shard, LengthChunks.Size));
        }

        var batch = Math.Min(options.Batch, shard);
        var steps = options.Epochs > 0 ? (int)Math.Ceiling((double)options.Epochs * shard / batch) : options.Steps;
        return new(steps, (long)steps * batch, MicroBatch(work, batch));
    }

    /// <summary>Trains one client for one round.</summary>
    /// <returns>What leaves the client and what stays; the same arguments give the same bits on any thread.</returns>
    /// <exception cref="NotFiniteException">Loss or gradient became NaN or infinite.</exception>
    /// <exception cref="ShardException">There is nothing to train on.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; it is looked at before every step.</exception>
    /// <exception cref="DeviceMemoryException">The device has no memory left: train again with a smaller micro-batch.</exception>
    public LocalResult Train(LocalWork work, CancellationToken cancel = default)
    {
        var size = Measure(work);
        cancel.ThrowIfCancellationRequested();
        try
        {
            return method.Solves(work) ? Solve(work) : Descend(work, size, cancel);
        }
        catch (ExternalException e) when (DeviceMemory.IsExhausted(e))
        {
#pragma warning disable MA0012 // the runtime's own exception is kept for the runtime; this one is of its family, so that who waits need not know libtorch
            throw new DeviceMemoryException(e.Message, e);
#pragma warning restore MA0012
        }
    }

    private LocalResult Solve(LocalWork work)
    {
        var shard = data.Of(work.Client);
        var embedded = Features.Of(shard.AsMemory());
        var labels = shard.Select(d => data.Corpus.Label(d)).ToArray();
        var update = method.Solve(work, new(embedded.Values, labels, embedded.Width, data.Corpus.Classes))!;
        return new(update.Upload, shard.Length, 1, 0, update.Personal, update.Metrics);
    }

    private LocalResult Descend(LocalWork work, TrainingSize size, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var shard = data.Of(work.Client);
        var forward = new LocalForward(model, method, data.Corpus, Embedded(work, shard), work);
        var start = method.Personalise(work, new GradientProbe(forward, model, FirstBatch(work, shard), size.MicroBatch));
        var objective = method.Objective(work, start);
        var state = new LocalState(model, start, options);
        var order = new BatchOrder(options.Seed, work.Round, work.Client, shard.AsMemory(), options.Batch);
        var loss = 0.0;
        for (var step = 0; step < size.Steps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            loss += Step(work, forward, state, objective, order.Next(), step, size.MicroBatch);
        }

        var end = new LocalEnd(state.Export(), objective, shard.Length, size.Steps);
        var update = method.Extract(work, start, end);
        var metrics = update.Metrics.SetItem(AdapterParameters, AdapterCount(start));
        return new(update.Upload, shard.Length, size.Steps, loss / size.Steps, update.Personal, metrics);
    }

    private static double Step(
        LocalWork work,
        LocalForward forward,
        LocalState state,
        ILocalObjective objective,
        int[] documents,
        int step,
        int microBatch
    )
    {
        using var scope = NewDisposeScope();
        var (loss, gradients) = forward.Gradients(state.Tensors, state.Leaves, documents, microBatch, objective);
        if (!double.IsFinite(loss))
        {
            throw new NotFiniteException(work.Client, work.Round, step, "the loss");
        }

        return state.Step(gradients, objective, step) is { } poisoned
            ? throw new NotFiniteException(work.Client, work.Round, step, $"the gradient of the {poisoned}")
            : loss;
    }

    private static double AdapterCount(LocalStart start) =>
        start.Trained.Where(n => !TensorSet.IsHead(n)).Sum(n => start.Tensors[n].Count);

    // Only a method that never touches the encoder may live on embeddings of the frozen one.
    private Features? Embedded(LocalWork work, ImmutableArray<int> shard) =>
        method.TouchesEncoder ? null : Features.Of(shard.AsMemory());

    private int[] FirstBatch(LocalWork work, ImmutableArray<int> shard) =>
        new BatchOrder(options.Seed, work.Round, work.Client, shard.AsMemory(), options.Batch).Next();

    private int MicroBatch(LocalWork work, int batch)
    {
        var wanted = work.MicroBatch > 0 ? work.MicroBatch : options.MicroBatch;
        return wanted > 0 ? Math.Min(wanted, batch) : batch;
    }
}
