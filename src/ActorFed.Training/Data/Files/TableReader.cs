using System.Collections.Immutable;

namespace ActorFed.Training.Data.Files;

/// <summary>Reads labelled documents from a jsonl, csv or tsv file, plain or gzip.</summary>
public static class TableReader
{
    /// <summary>The documents in the order of the file.</summary>
    /// <exception cref="DatasetException">
    /// No such file, an unknown ending, a damaged file, an unknown column, a row without label or text, or no row at all.
    /// </exception>
    public static IReadOnlyList<RawDocument> Read(string path, TableOptions options)
    {
        if (options.Text.IsDefaultOrEmpty)
        {
            throw new ArgumentException("At least one column must be named for the text.", nameof(options));
        }
        var documents = Rows(path, options.Quoted).Select(row => ToDocument(row, options)).ToList();
        return documents.Count > 0 ? documents : throw new DatasetException(path, 0, "the file has no document.");
    }

    private static IEnumerable<Row> Rows(string path, bool quoted)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".JSONL" => JsonLines.Read(path),
            ".CSV" => Delimited.Read(path, ',', quoted),
            ".TSV" or ".TXT" => Delimited.Read(path, '\t', quoted),
            var other => throw new DatasetException(
                path,
                0,
                $"the ending '{other}' is unknown; .jsonl, .csv, .tsv, each also with .gz."
            ),
        };
    }

    private static RawDocument ToDocument(Row row, TableOptions options)
    {
        var label = row.Get(options.Label);
        if (string.IsNullOrWhiteSpace(label))
        {
            throw new DatasetException(row.Path, row.Line, $"the row has no label (column '{options.Label}' is empty).");
        }
        var id = options.Id is null ? $"{Path.GetFileName(row.Path)}:{row.Line}" : row.Get(options.Id);
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new DatasetException(row.Path, row.Line, $"the row has no id (column '{options.Id}' is empty).");
        }
        return new RawDocument(id, TextOf(row, options.Text), label.Trim(), FieldsOf(row, options.Fields), row.Path, row.Line);
    }

    private static string TextOf(Row row, ImmutableArray<string> columns)
    {
        var parts = columns.Select(c =>
            row.Get(c) ?? throw new DatasetException(row.Path, row.Line, $"the row has no text (column '{c}' is null).")
        );
        return string.Join('\n', parts);
    }

    private static ImmutableSortedDictionary<string, string> FieldsOf(Row row, ImmutableArray<string> columns) =>
        columns.IsDefaultOrEmpty
            ? Document.NoFields
            : Document.NoFields.AddRange(columns.Select(c => KeyValuePair.Create(c, row.Get(c) ?? "")));
}
