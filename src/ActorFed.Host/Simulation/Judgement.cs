using ActorFed.Host.Results;
using ActorFed.Host.Settings;
using ActorFed.Training.Data;
using ActorFed.Training.Encoding;
using ActorFed.Training.Evaluation;
using Score = ActorFed.Training.Federation.Evaluation;

namespace ActorFed.Host.Simulation;

/// <summary>The last words on a run: final model, mean of the last models, and what it means for each client.</summary>
internal static class Judgement
{
    /// <summary>The figure of an evaluation that a metric's name stands for.</summary>
    public static Func<Score, double> Metric(string name) =>
        name switch
        {
            "balanced-accuracy" => e => e.BalancedAccuracy,
            "macro-f1" => e => e.MacroF1,
            _ => e => e.Accuracy,
        };

    /// <summary>Judges the last models on the whole test part.</summary>
    /// <param name="run">Evaluators and settings.</param>
    /// <param name="last">The final model's evaluation, as the run journalled it.</param>
    /// <param name="models">Global models of the last rounds, the final one last; at least one.</param>
    /// <param name="predicted">What the final model says of each test document.</param>
    /// <param name="perClient">Accuracy of the final model under each client's class mix.</param>
    /// <param name="cancel">Looked at before every chunk of documents.</param>
    public static FinalResult Of(
        Preparation run,
        Score last,
        IReadOnlyList<TensorSet> models,
        Predictions predicted,
        IReadOnlyList<double> perClient,
        CancellationToken cancel = default
    )
    {
        var metric = Metric(run.Settings.Metric);
        return new(
            run.Settings.Metric,
            metric(last),
            last.N,
            last.Loss,
            last.Accuracy,
            last.BalancedAccuracy,
            last.MacroF1,
            models.Count > 1 ? Mean(run.Test, last, models, run.Settings, cancel) : null,
            Spread(perClient)
        )
        {
            Wholes = Wholes(run.Corpus.Test, predicted),
        };
    }

    /// <summary>Accuracy that the model has on test documents in the mix of each client's classes: sum over c of share_k(c) × recall(c).</summary>
    /// <remarks>A class of which the test part has no document does not enter a client's mix.</remarks>
    public static IReadOnlyList<double> PerClient(Preparation run, Predictions predicted)
    {
        var classes = run.Corpus.Labels.Length;
        var (hits, truths) = (new int[classes], new int[classes]);
        for (var i = 0; i < predicted.Documents.Length; i++)
        {
            var truth = run.Corpus.Test[predicted.Documents[i]].Label;
            truths[truth]++;
            hits[truth] += predicted.Classes[i] == truth ? 1 : 0;
        }

        return [.. run.Partition.Counts(run.Labels, classes).Select(counts => Expected([.. counts], hits, truths))];
    }

    /// <summary>Of wholes whose documents are parts of them: those that are right in every one; null where there are none.</summary>
    private static WholesResult? Wholes(IReadOnlyList<Document> documents, Predictions predicted)
    {
        var wholes = predicted
            .Documents.Zip(
                predicted.Classes,
                (d, c) => (Whole: documents[d].Fields.GetValueOrDefault(Document.WholeField), Right: documents[d].Label == c)
            )
            .Where(w => w.Whole is not null)
            .GroupBy(w => w.Whole, w => w.Right, StringComparer.Ordinal)
            .Select(w => w.All(right => right))
            .ToList();
        return wholes.Count == 0 ? null : new(wholes.Count, wholes.Count(right => right) / (double)wholes.Count);
    }

    private static double Expected(int[] counts, int[] hits, int[] truths)
    {
        var known = Enumerable.Range(0, counts.Length).Where(c => truths[c] > 0).ToList();
        double total = known.Sum(c => counts[c]);
        return total == 0 ? double.NaN : known.Sum(c => counts[c] / total * hits[c] / truths[c]);
    }

    /// <summary>Means over several global models.</summary>
    /// <param name="evaluator">Judges those that are not judged yet.</param>
    /// <param name="last">The last model's evaluation.</param>
    /// <param name="models">The models, the last one last.</param>
    /// <param name="settings">Name the metric and the threads.</param>
    /// <param name="cancel">Looked at before every chunk of documents.</param>
    public static LastRoundsResult Mean(
        Evaluator evaluator,
        Score last,
        IReadOnlyList<TensorSet> models,
        RunSettings settings,
        CancellationToken cancel = default
    )
    {
        var all = models.SkipLast(1).Select(m => evaluator.Evaluate(m, settings.Workers, cancel)).Append(last).ToList();
        return new(
            all.Count,
            all.Average(Metric(settings.Metric)),
            all.Average(e => e.Accuracy),
            all.Average(e => e.BalancedAccuracy),
            all.Average(e => e.MacroF1),
            all.Average(e => e.Loss)
        );
    }

    private static PerClientResult? Spread(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? null : new(sorted.Average(), sorted[0], sorted[(int)Math.Ceiling(0.1 * sorted.Length) - 1]);
    }
}
