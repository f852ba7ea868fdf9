using ActorFed.Training.Data;

namespace ActorFed.Training.Partitioning;

/// <summary>Which corpus a plan was made for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fingerprint">Its <see cref="Corpus.Fingerprint"/>.</param>
/// <param name="Documents">Documents of its training part.</param>
public sealed record CorpusStamp(string Name, string Fingerprint, int Documents)
{
    /// <summary>The stamp of a corpus.</summary>
    public static CorpusStamp Of(Corpus corpus) => new(corpus.Name, corpus.Fingerprint(), corpus.Train.Length);
}
