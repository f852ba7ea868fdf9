using System.Collections.Immutable;

namespace ActorFed.Training.Data.Named;

/// <summary>The data sets that go by a name.</summary>
public static class NamedDatasets
{
    private static readonly ImmutableSortedDictionary<string, Func<DatasetFolders, CorpusOptions, Corpus>> Loaders =
        ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal,
            [
                KeyValuePair.Create("20newsgroups", (Func<DatasetFolders, CorpusOptions, Corpus>)TwentyNewsgroups.Load),
                KeyValuePair.Create("banking77", (Func<DatasetFolders, CorpusOptions, Corpus>)Banking77.Load),
                KeyValuePair.Create("loghub-tags", (Func<DatasetFolders, CorpusOptions, Corpus>)LogTasks.Tags),
                KeyValuePair.Create("loghub-templates", (Func<DatasetFolders, CorpusOptions, Corpus>)LogTasks.Templates),
                KeyValuePair.Create("medquad", (Func<DatasetFolders, CorpusOptions, Corpus>)MedQuad.Load),
                KeyValuePair.Create("mrpc", (Func<DatasetFolders, CorpusOptions, Corpus>)Mrpc.Load),
                KeyValuePair.Create("spam-assassin", (Func<DatasetFolders, CorpusOptions, Corpus>)SpamAssassin.Load),
                KeyValuePair.Create("spam-assassin-groups", (Func<DatasetFolders, CorpusOptions, Corpus>)SpamAssassin.LoadGroups),
                KeyValuePair.Create("sst2", (Func<DatasetFolders, CorpusOptions, Corpus>)Sst2.Load),
            ]
        );

    /// <summary>All names, in ordinal order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Loaders.Keys];

    /// <summary>Reads a data set by its name.</summary>
    /// <exception cref="ArgumentException">No data set has this name; the message lists those that there are.</exception>
    /// <exception cref="DatasetException">Its files are missing or damaged.</exception>
    public static Corpus Load(string name, DatasetFolders folders, CorpusOptions options) =>
        Loaders.TryGetValue(name, out var load)
            ? load(folders, options)
            : throw new ArgumentException($"'{name}' is no data set; there are {string.Join(", ", Names)}.", nameof(name));
}
