using ActorFed.Training.Data.Files;

namespace ActorFed.Training.Data.Named;

/// <summary>A user's own data set: a table to train with and, or else cut from it, one to test with.</summary>
public static class TableDataset
{
    /// <summary>Reads the tables.</summary>
    /// <param name="name">What results call it.</param>
    /// <param name="trainPath">A jsonl, csv or tsv file, plain or gzip.</param>
    /// <param name="testPath">The same for the test part; null: each class gives <see cref="CorpusOptions.TestShare"/> of its documents.</param>
    /// <param name="columns">Which columns mean what.</param>
    /// <param name="options">How the parts are cut.</param>
    /// <exception cref="DatasetException">A file is missing, damaged or empty, or a row breaks a rule.</exception>
    public static Corpus Load(string name, string trainPath, string? testPath, TableOptions columns, CorpusOptions options)
    {
        var train = TableReader.Read(trainPath, columns);
        return testPath is null
            ? CorpusBuilder.BuildBySplitting(name, train, options)
            : CorpusBuilder.Build(name, train, TableReader.Read(testPath, columns), options);
    }
}
