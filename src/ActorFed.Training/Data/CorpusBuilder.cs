using System.Collections.Immutable;

namespace ActorFed.Training.Data;

/// <summary>Turns documents as read into a corpus: label numbers, unique ids, validation and test parts.</summary>
public static class CorpusBuilder
{
    /// <summary>A corpus whose test part is given.</summary>
    /// <exception cref="DatasetException">A part is empty, an id comes twice, a label is missing or only in the test part.</exception>
    public static Corpus Build(
        string name,
        IReadOnlyList<RawDocument> train,
        IReadOnlyList<RawDocument> test,
        CorpusOptions options,
        int nearDuplicatesRemoved = 0
    ) => Build(name, train, test, d => d.Id, options, nearDuplicatesRemoved);

    /// <summary>
    /// A corpus whose parts are cut from the documents by what they have in common (a template, a disease): documents of one group are
    /// in one part. Which, its hash says: below the test share it is the test part.
    /// </summary>
    /// <exception cref="DatasetException">As that of a corpus whose test part is given.</exception>
    public static Corpus BuildByGroup(
        string name,
        IReadOnlyList<RawDocument> documents,
        Func<RawDocument, string> group,
        CorpusOptions options,
        int nearDuplicatesRemoved = 0
    )
    {
        options.Check();
        var parts = documents.ToLookup(d => IdHash.Fraction("test", group(d)) < options.TestShare);
        return Build(name, [.. parts[false]], [.. parts[true]], group, options, nearDuplicatesRemoved);
    }

    private static Corpus Build(
        string name,
        IReadOnlyList<RawDocument> train,
        IReadOnlyList<RawDocument> test,
        Func<RawDocument, string> group,
        CorpusOptions options,
        int nearDuplicatesRemoved
    )
    {
        options.Check();
        ThrowIfEmpty(name, train, "training");
        ThrowIfEmpty(name, test, "test");
        ThrowUnlessUnique(train.Concat(test));
        var labels = LabelsOf(train);
        var numbers = labels.Select((label, index) => (label, index)).ToDictionary(x => x.label, x => x.index);
        var all = train.Select(d => (Document: Number(d, numbers), Group: group(d))).ToArray();
        return new Corpus(
            name,
            labels,
            [.. all.Where(d => !IsValidation(d.Group, options)).Select(d => d.Document)],
            [.. all.Where(d => IsValidation(d.Group, options)).Select(d => d.Document)],
            [.. test.Select(d => Number(d, numbers))],
            nearDuplicatesRemoved
        );
    }

    /// <summary>A corpus whose test part is cut from the documents: of each class the share with the smallest hashes of the id.</summary>
    /// <exception cref="DatasetException">As that of a corpus whose test part is given.</exception>
    public static Corpus BuildBySplitting(
        string name,
        IReadOnlyList<RawDocument> documents,
        CorpusOptions options,
        int nearDuplicatesRemoved = 0
    )
    {
        options.Check();
        var test = documents
            .GroupBy(d => d.Label)
            .SelectMany(g =>
                g.OrderBy(d => IdHash.Value("test", d.Id)).ThenBy(d => d.Id, StringComparer.Ordinal).Take(Cut(g.Count()))
            )
            .Select(d => d.Id)
            .ToHashSet(StringComparer.Ordinal);
        return Build(
            name,
            [.. documents.Where(d => !test.Contains(d.Id))],
            [.. documents.Where(d => test.Contains(d.Id))],
            options,
            nearDuplicatesRemoved
        );

        int Cut(int count) => (int)Math.Round(options.TestShare * count, MidpointRounding.AwayFromZero);
    }

    private static bool IsValidation(string group, CorpusOptions options) =>
        IdHash.Fraction("validation", group) < options.ValidationShare;

    private static ImmutableArray<string> LabelsOf(IEnumerable<RawDocument> documents) =>
        [.. documents.Select(d => d.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static Document Number(RawDocument raw, Dictionary<string, int> numbers)
    {
        if (!numbers.TryGetValue(raw.Label, out var label))
        {
            throw new DatasetException(
                raw.Path,
                raw.Line,
                $"the label '{raw.Label}' does not occur among the training documents."
            );
        }
        return new Document(raw.Id, raw.Text, label, raw.Fields);
    }

    private static void ThrowIfEmpty(string name, IReadOnlyList<RawDocument> documents, string part)
    {
        if (documents.Count == 0)
        {
            throw new DatasetException(name, 0, $"the {part} part has no document; it needs at least one.");
        }
    }

    private static void ThrowUnlessUnique(IEnumerable<RawDocument> documents)
    {
        var seen = new Dictionary<string, RawDocument>(StringComparer.Ordinal);
        foreach (var d in documents)
        {
            if (!seen.TryAdd(d.Id, d))
            {
                var first = seen[d.Id];
                throw new DatasetException(d.Path, d.Line, $"the id '{d.Id}' was used before ({first.Path}, line {first.Line}).");
            }
        }
    }
}
