using ActorFed.Training.Data.Files;

namespace ActorFed.Training.Data.Named;

/// <summary>BANKING77: 10,003 and 3,080 questions to a bank, 77 intents.</summary>
internal static class Banking77
{
    private static readonly TableOptions Columns = new(["text"], "category");

    public static Corpus Load(DatasetFolders folders, CorpusOptions options) =>
        CorpusBuilder.Build(
            "banking77",
            TableReader.Read(folders.InDataRoot("banking77", "train.csv"), Columns),
            TableReader.Read(folders.InDataRoot("banking77", "test.csv"), Columns),
            options
        );
}

/// <summary>SST-2: 67,349 phrases of film reviews to train with, 1,821 sentences to test with; negative or positive.</summary>
internal static class Sst2
{
    private static readonly TableOptions Columns = new(["sentence"], "label", Quoted: false);

    public static Corpus Load(DatasetFolders folders, CorpusOptions options) =>
        CorpusBuilder.Build("sst2", Read(folders, "train_full.tsv.gz"), Read(folders, "test-labeled.tsv"), options);

    private static RawDocument[] Read(DatasetFolders folders, string file) =>
        BinaryLabels.Rename(TableReader.Read(folders.InDataRoot("sst2", file), Columns), "negative", "positive");
}

/// <summary>MRPC: 4,076 and 1,725 pairs of sentences; do they say the same? The text is both sentences, a line each.</summary>
internal static class Mrpc
{
    private static readonly TableOptions Columns = new(["#1 String", "#2 String"], "Quality", Quoted: false);

    public static Corpus Load(DatasetFolders folders, CorpusOptions options) =>
        CorpusBuilder.Build(
            "mrpc",
            Read(folders, "msr_paraphrase_train.txt.gz"),
            Read(folders, "msr_paraphrase_test.txt.gz"),
            options
        );

    private static RawDocument[] Read(DatasetFolders folders, string file) =>
        BinaryLabels.Rename(TableReader.Read(folders.InDataRoot("mrpc", file), Columns), "different", "same");
}

/// <summary>Files that say 0 and 1.</summary>
internal static class BinaryLabels
{
    /// <exception cref="DatasetException">A label is neither 0 nor 1.</exception>
    public static RawDocument[] Rename(IReadOnlyList<RawDocument> documents, string zero, string one) =>
        [
            .. documents.Select(d =>
                d.Label switch
                {
                    "0" => d with { Label = zero },
                    "1" => d with { Label = one },
                    _ => throw new DatasetException(d.Path, d.Line, $"the label '{d.Label}' is neither 0 nor 1."),
                }
            ),
        ];
}
