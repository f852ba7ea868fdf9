using System.Text;

namespace ActorFed.Training.Data.Files;

/// <summary>Reads csv and tsv with a header row. With quoting it follows RFC 4180; without, every line is split at every separator.</summary>
internal static class Delimited
{
    /// <exception cref="DatasetException">
    /// No header, a column named twice, a row of another width, an open quote at the end, a quote inside a bare field.
    /// </exception>
    public static IEnumerable<Row> Read(string path, char separator, bool quoted) =>
        Read(path, TextLines.Read(path), separator, quoted);

    /// <summary>The same of lines from elsewhere; <paramref name="path"/> is what errors call them.</summary>
    public static IEnumerable<Row> Read(string path, IEnumerable<(int Number, string Text)> lines, char separator, bool quoted)
    {
        string[]? header = null;
        foreach (var (line, fields) in Records(path, lines, separator, quoted))
        {
            if (header is null)
            {
                header = CheckHeader(path, line, fields);
                continue;
            }
            if (fields.Count != header.Length)
            {
                throw new DatasetException(path, line, $"{fields.Count} columns, but the header has {header.Length}.");
            }
            yield return new Row(
                path,
                line,
                header.Zip(fields).ToDictionary(x => x.First, x => (string?)x.Second, StringComparer.Ordinal)
            );
        }
        if (header is null)
        {
            throw new DatasetException(path, 0, "the file is empty; a header row is expected.");
        }
    }

    private static string[] CheckHeader(string path, int line, List<string> fields)
    {
        var twice = fields.GroupBy(f => f, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? [.. fields] : throw new DatasetException(path, line, $"the column '{twice.Key}' is named twice.");
    }

    private static IEnumerable<(int Line, List<string> Fields)> Records(
        string path,
        IEnumerable<(int Number, string Text)> lines,
        char separator,
        bool quoted
    )
    {
        RecordParser? open = null;
        foreach (var (number, text) in lines)
        {
            if (open is null && text.Length == 0)
            {
                continue;
            }
            if (!quoted)
            {
                yield return (number, [.. text.Split(separator)]);
                continue;
            }
            open ??= new RecordParser(path, number, separator);
            if (open.Feed(text, number))
            {
                yield return (open.FirstLine, open.Fields);
                open = null;
            }
        }
        if (open is not null)
        {
            throw new DatasetException(path, open.QuoteLine, "the quote that opens here is never closed.");
        }
    }

    /// <summary>One record, fed line by line until its last quote is closed.</summary>
    private sealed class RecordParser(string path, int firstLine, char separator)
    {
        private readonly StringBuilder _field = new();
        private bool _inQuotes;

        public int FirstLine { get; } = firstLine;

        public int QuoteLine { get; private set; }

        public List<string> Fields { get; } = [];

        /// <summary>True when the record ends with this line.</summary>
        public bool Feed(string text, int number)
        {
            var i = 0;
            if (_inQuotes)
            {
                _field.Append('\n');
                i = Quoted(text, 0, number);
            }
            while (!_inQuotes)
            {
                if (i == text.Length)
                {
                    Close();
                    return true;
                }
                if (text[i] == separator)
                {
                    Close();
                    i++;
                }
                else if (text[i] == '"' && _field.Length == 0)
                {
                    (_inQuotes, QuoteLine) = (true, number);
                    i = Quoted(text, i + 1, number);
                }
                else
                {
                    i = Bare(text, i, number);
                }
            }
            return false;
        }

        private void Close()
        {
            Fields.Add(_field.ToString());
            _field.Clear();
        }

        private int Bare(string text, int from, int number)
        {
            var end = text.IndexOf(separator, from);
            end = end < 0 ? text.Length : end;
            if (text.AsSpan(from, end - from).Contains('"'))
            {
                throw new DatasetException(
                    path,
                    number,
                    "a quote inside a field that is not quoted; double it and quote the field."
                );
            }
            _field.Append(text, from, end - from);
            return end;
        }

        private int Quoted(string text, int from, int number)
        {
            for (var i = from; i < text.Length; i++)
            {
                if (text[i] != '"')
                {
                    _field.Append(text[i]);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    _field.Append('"');
                    i++;
                }
                else
                {
                    return AfterQuote(text, i + 1, number);
                }
            }
            return text.Length;
        }

        private int AfterQuote(string text, int at, int number)
        {
            _inQuotes = false;
            return at == text.Length || text[at] == separator
                ? at
                : throw new DatasetException(
                    path,
                    number,
                    $"'{text[at]}' follows a closing quote; a separator or the line's end is expected."
                );
        }
    }
}
