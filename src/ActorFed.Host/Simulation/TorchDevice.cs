using ActorFed.Actors.Devices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Evaluation;
using ActorFed.Training.Federation;
using ActorFed.Training.Trainers;
using Score = ActorFed.Training.Federation.Evaluation;

namespace ActorFed.Host.Simulation;

/// <summary>One frozen base model and a few threads that train on it; a slot for each thread.</summary>
/// <param name="name">The device's name on its node.</param>
/// <param name="run">Trainer and evaluators over the model.</param>
/// <param name="threads">Where the work is done.</param>
public sealed class TorchDevice(string name, Preparation run, WorkerThreads threads) : IDevice
{
    /// <inheritdoc />
    public string Name => name;

    /// <inheritdoc />
    public int Slots => threads.Count;

    /// <summary>What the last judged model said of each test document: the figures by client come from it. Null before.</summary>
    public Predictions? LastTest { get; private set; }

    /// <inheritdoc />
    public JobSize Measure(LocalWork work)
    {
        try
        {
            var size = run.Trainer.Measure(work);
            return new(size.Steps, size.Examples, size.MicroBatch);
        }
        catch (ShardException e)
        {
            throw new CorruptShardException(e.Client, e.Message, e);
        }
    }

    /// <inheritdoc />
    public Task<LocalResult> TrainAsync(LocalWork work, CancellationToken cancel) =>
        threads.Run(() => Train(work, cancel), cancel);

    /// <inheritdoc />
    /// <remarks>All threads share the chunks of one evaluation: the round waits for it, and nothing else is to be done meanwhile.</remarks>
    public Task<Score> EvaluateAsync(TensorSet global, CorpusPart part, CancellationToken cancel)
    {
        return threads.Run(() => part == CorpusPart.Test ? Test(global, cancel) : Validate(global, cancel), cancel);
    }

    private Score Validate(TensorSet global, CancellationToken cancel) =>
        (run.Validation ?? run.Test).Evaluate(global, threads.Count, cancel);

    private Score Test(TensorSet global, CancellationToken cancel)
    {
        var said = run.Test.Predict(global, threads.Count, cancel);
        LastTest = said;
        var labels = said.Documents.Select(d => run.Corpus.Test[d].Label).ToArray();
        return Scores.Of(labels, said.Classes, said.Losses, run.Corpus.Labels.Length);
    }

    private LocalResult Train(LocalWork work, CancellationToken cancel)
    {
        try
        {
            return run.Trainer.Train(work, cancel);
        }
        catch (NotFiniteException e)
        {
            throw new NumericalException(e.Client, $"step {e.Step}, {e.What}");
        }
        catch (ShardException e)
        {
            throw new CorruptShardException(e.Client, e.Message, e);
        }
    }
}
