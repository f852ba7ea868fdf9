namespace ActorFed.Training.Data;

/// <summary>How a corpus is cut into its parts.</summary>
/// <param name="ValidationShare">Share of the training documents set aside by hash of their id; 0 to 0.5, default 0.1.</param>
/// <param name="TestShare">Share of each class that becomes the test part where a data set brings none; 0.05 to 0.5, default 0.2.</param>
/// <param name="NearDuplicate">
/// Jaccard similarity of word 3-grams from which two mails count as copies of each other; 0.5 to 1, default 0.8.
/// </param>
public sealed record CorpusOptions(double ValidationShare = 0.1, double TestShare = 0.2, double NearDuplicate = 0.8)
{
    /// <exception cref="ArgumentOutOfRangeException">Names the first option outside its range.</exception>
    public void Check()
    {
        Check(nameof(ValidationShare), ValidationShare, 0, 0.5);
        Check(nameof(TestShare), TestShare, 0.05, 0.5);
        Check(nameof(NearDuplicate), NearDuplicate, 0.5, 1);
    }

    private static void Check(string name, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} lies between {least} and {most}.");
        }
    }
}
