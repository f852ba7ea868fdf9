using ActorFed.Host.Simulation;
using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Host.Comparison;

/// <summary>What cells will cost, in wall seconds: counted in passes of a document through the encoder, and mended by every cell that is done.</summary>
/// <remarks>An estimate for people; nothing is decided by it.</remarks>
/// <param name="secondsPerPass">Wall seconds of one document's forward pass, all workers together.</param>
internal sealed class Costs(double secondsPerPass)
{
    // Backward passes by the activations and by the factors cost about two forward passes; a head on kept embeddings next to nothing.
    private const double TrainingPasses = 3;
    private const double HeadPasses = 0.02;

    // What a cell costs before its first document: actor system, journal, files.
    private const double Overhead = 0.5;
    private readonly Dictionary<string, (double Measured, double Estimated)> _done = new(StringComparer.Ordinal);

    /// <summary>Measures one pass on this machine, on documents of the training part.</summary>
    /// <param name="plan">The comparison.</param>
    /// <param name="parts">Its data and model.</param>
    /// <param name="time">The clock.</param>
    public static Costs Measure(ComparisonPlan plan, SharedParts parts, TimeProvider time)
    {
        var (model, corpus) = (parts.Base(plan.Common).Model, parts.Corpus(plan.Common));
        var tokens = parts.Tokens(plan.Common, corpus.Train, nameof(corpus.Train)).Corpus;
        var documents = Enumerable.Range(0, Math.Min(64, tokens.Count)).Select(i => (int)((long)i * tokens.Count / 64)).ToArray();
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        Pass(); // the first call of a library is its slowest
        var since = time.GetTimestamp();
        Pass();
        var seconds = time.GetElapsedTime(since).TotalSeconds;
        return new(seconds / documents.Length / Math.Min(plan.Common.Workers, Environment.ProcessorCount));

        void Pass()
        {
            foreach (var chunk in documents.Chunk(16))
            {
                var (ids, lengths, longest) = tokens.Batch(chunk);
                _ = model.Embed(new(ids, lengths, longest), ModelOverlay.None).ToValue();
            }
        }
    }

    /// <summary>Seconds that a cell will take, by what is known now.</summary>
    public double Of(Cell cell, CellSize size) => Mended(cell, (Passes(size) * secondsPerPass) + Overhead);

    /// <summary>A cell is done.</summary>
    public void Took(Cell cell, CellSize size, double seconds)
    {
        var (measured, estimated) = _done.GetValueOrDefault(Kin(cell));
        _done[Kin(cell)] = (measured + seconds, estimated + (Passes(size) * secondsPerPass) + Overhead);
    }

    private double Mended(Cell cell, double estimate)
    {
        var known = _done.TryGetValue(Kin(cell), out var own) ? own : default;
        return known.Estimated > 0 ? estimate * known.Measured / known.Estimated : estimate;
    }

    // Cells of one row and kind err alike.
    private static string Kin(Cell cell) => $"{cell.Kind} {cell.Row.Name}";

    private static double Passes(CellSize size)
    {
        var each = size.TouchesEncoder ? 1 : HeadPasses;
        var training = size.IsClosedForm
            ? size.TrainDocuments
            : (double)size.Rounds * size.Trained * (size.TouchesEncoder ? TrainingPasses : HeadPasses);
        return training + (each * ((size.Validations * size.ValidationDocuments) + (size.Models * size.JudgedDocuments)));
    }
}

/// <summary>The counts that a cell's cost follows from.</summary>
/// <param name="TouchesEncoder">Whether documents pass the encoder every time.</param>
/// <param name="IsClosedForm">Whether every training document passes it once, and no more.</param>
/// <param name="Rounds">Rounds.</param>
/// <param name="Trained">Documents trained on in a round, an epoch's repeats counted.</param>
/// <param name="TrainDocuments">Documents of all clients.</param>
/// <param name="Validations">Rounds with a validation.</param>
/// <param name="ValidationDocuments">Documents of one.</param>
/// <param name="Models">Models judged at the end.</param>
/// <param name="JudgedDocuments">Documents of that.</param>
internal sealed record CellSize(
    bool TouchesEncoder,
    bool IsClosedForm,
    int Rounds,
    double Trained,
    int TrainDocuments,
    int Validations,
    int ValidationDocuments,
    int Models,
    int JudgedDocuments
)
{
    /// <summary>The counts of a cell; shards are taken to be equally large.</summary>
    public static CellSize Of(Cell cell, MethodReads reads, int train, int validation, int test)
    {
        var (settings, training) = (cell.Settings, cell.Settings.Training);
        var rounds = reads.IsClosedForm ? 1 : settings.Rounds;
        var clients = Math.Max(1, settings.Partition.Clients);
        var invited = settings.Round.Invited(clients);
        var epochs = training.Whole("train.epochs");
        var sample = settings.EvaluateSample == 0 ? validation : Math.Min(validation, settings.EvaluateSample);
        var every = settings.Round.EvaluateEvery;
        return new(
            reads.TouchesEncoder,
            reads.IsClosedForm,
            rounds,
            invited
                * (
                    epochs > 0
                        ? epochs * (double)train / clients
                        : training.Whole("train.steps") * (double)training.Whole("train.batch")
                ),
            train,
            every == 0 ? 1 : (rounds + every - 1) / every,
            sample,
            Math.Min(rounds, settings.LastRounds),
            cell.Kind == CellKind.Search ? validation : test
        );
    }
}
