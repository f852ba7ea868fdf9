namespace ActorFed.Training.Evaluation;

/// <summary>Figures of merit from predictions.</summary>
public static class Scores
{
    /// <summary>Accuracy, balanced accuracy, macro-F1 and mean loss.</summary>
    /// <remarks>
    /// Balanced accuracy is the mean recall over the classes that have documents; macro-F1 the mean of F1 = 2 tp / (2 tp + fp + fn) over the
    /// classes that have documents or predictions.
    /// </remarks>
    /// <param name="labels">True classes.</param>
    /// <param name="predictions">Judged classes, in the same order.</param>
    /// <param name="losses">Negative log-likelihoods, nats, in the same order; summed in it.</param>
    /// <param name="classes">Classes of the task.</param>
    /// <exception cref="ArgumentException">None, or lengths that differ.</exception>
    public static Federation.Evaluation Of(
        ReadOnlySpan<int> labels,
        ReadOnlySpan<int> predictions,
        ReadOnlySpan<double> losses,
        int classes
    )
    {
        if (labels.IsEmpty || labels.Length != predictions.Length || labels.Length != losses.Length)
        {
            throw new ArgumentException(
                $"{labels.Length} labels, {predictions.Length} predictions, {losses.Length} losses: equally many, at least one."
            );
        }

        var (hits, truths, judged) = (new int[classes], new int[classes], new int[classes]);
        var loss = 0.0;
        for (var i = 0; i < labels.Length; i++)
        {
            truths[labels[i]]++;
            judged[predictions[i]]++;
            hits[labels[i]] += labels[i] == predictions[i] ? 1 : 0;
            loss += losses[i];
        }

        var present = Enumerable.Range(0, classes).Where(c => truths[c] > 0).ToList();
        var seen = Enumerable.Range(0, classes).Where(c => truths[c] + judged[c] > 0).ToList();
        return new(
            labels.Length,
            (double)hits.Sum() / labels.Length,
            present.Average(c => (double)hits[c] / truths[c]),
            seen.Average(c => 2.0 * hits[c] / (truths[c] + judged[c])),
            loss / labels.Length
        );
    }
}
