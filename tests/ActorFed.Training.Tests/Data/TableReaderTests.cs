using ActorFed.Training.Data;
using ActorFed.Training.Data.Files;
using FsCheck;
using FsCheck.Fluent;

namespace ActorFed.Training.Tests.Data;

public sealed class TableReaderTests
{
    private static readonly TableOptions Columns = new(["text"], "label");

    [Fact]
    public void Csv_follows_rfc_4180()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.csv", "label,text\r\nx,\"one, \"\"two\"\"\nthree\"\r\ny,\r\n\r\nz,bare text\r\n");
        var documents = TableReader.Read(path, Columns);
        Assert.Equal(["one, \"two\"\nthree", "", "bare text"], documents.Select(d => d.Text));
        Assert.Equal(["x", "y", "z"], documents.Select(d => d.Label));
        Assert.Equal([2, 4, 6], documents.Select(d => d.Line)); // the line a record begins at
        Assert.Equal("a.csv:4", documents[1].Id);
    }

    [Fact]
    public void Whatever_a_csv_writer_quotes_comes_back() =>
        Prop.ForAll<NonEmptyArray<string>>(texts =>
            {
                using var folder = new TemporaryFolder();
                var values = texts.Get.Select(t => Clean(t ?? "")).ToArray();
                var rows = values.Select(v => $"l,\"{v.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n");
                var read = TableReader.Read(folder.Write("q.csv", "label,text\n" + string.Concat(rows)), Columns);
                return read.Select(d => d.Text).SequenceEqual(values);
            })
            .Check(Config.QuickThrowOnFailure.WithReplay(2026, 81));

    [Fact]
    public void Tsv_without_quoting_takes_quotes_as_they_are()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.tsv", "text\tlabel\n\"a\" quote\" here\t1\n");
        Assert.Equal("\"a\" quote\" here", TableReader.Read(path, Columns with { Quoted = false })[0].Text);
    }

    [Fact]
    public void Jsonl_gz_gives_text_id_and_fields()
    {
        using var folder = new TemporaryFolder();
        const string Rows = """
            {"label": "x", "n": 7, "text": "é\n2", "who": "ann"}

            {"label": 2, "n": 8, "text": "", "who": null}
            """;
        var path = folder.Write("a.jsonl.gz", Packed.Gzip(Rows));
        var documents = TableReader.Read(path, new TableOptions(["text"], "label", "n", ["who"]));
        Assert.Equal(
            [("7", "é\n2", "x", "ann", 1), ("8", "", "2", "", 3)],
            documents.Select(d => (d.Id, d.Text, d.Label, d.Fields["who"], d.Line))
        );
    }

    [Theory]
    [InlineData("a.csv", "label,text\nx,a\n,b\n", 3, "the row has no label (column 'label' is empty)")]
    [InlineData("a.csv", "label,words\nx,a\n", 2, "there is no column 'text'; the columns are label, words")]
    [InlineData("a.csv", "label,text\nx,a,b\n", 2, "3 columns, but the header has 2")]
    [InlineData("a.csv", "label,text\nx,ok\nx,\"open\nnever\n", 3, "the quote that opens here is never closed")]
    [InlineData("a.csv", "label,text\nx,mid\"dle\n", 2, "a quote inside a field that is not quoted")]
    [InlineData("a.csv", "label,text\nx,\"a\"b\n", 2, "'b' follows a closing quote")]
    [InlineData("a.csv", "label,label\n", 1, "the column 'label' is named twice")]
    [InlineData("a.csv", "", 0, "the file is empty; a header row is expected")]
    [InlineData("a.csv", "label,text\n", 0, "the file has no document")]
    [InlineData("a.jsonl", "", 0, "the file has no document")]
    [InlineData("a.jsonl", "{\"label\":\"x\",\"text\":\"a\"}\n{\"text\":\"b\"}\n", 2, "there is no column 'label'")]
    [InlineData("a.jsonl", "{\"label\":null,\"text\":\"b\"}\n", 1, "the row has no label")]
    [InlineData("a.jsonl", "{\"label\":\"x\",\"text\":null}\n", 1, "the row has no text (column 'text' is null)")]
    [InlineData("a.jsonl", "{\"label\":\"x\",\n", 1, "not valid JSON")]
    [InlineData("a.jsonl", "[1]\n", 1, "a JSON object is expected")]
    [InlineData("a.jsonl", "{\"text\":\"a\",\"text\":\"b\"}\n", 1, "the key 'text' comes twice")]
    [InlineData("a.xml", "<x/>", 0, "the ending '.XML' is unknown")]
    public void A_fault_names_file_line_and_rule(string name, string content, int line, string rule)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write(name, content);
        var error = Assert.Throws<DatasetException>(() => TableReader.Read(path, Columns));
        Assert.StartsWith(line > 0 ? $"{path}, line {line}: " : $"{path}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
        Assert.False(error.IsMissing);
    }

    [Fact]
    public void A_missing_file_is_said_to_be_missing()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "no.csv");
        var error = Assert.Throws<DatasetException>(() => TableReader.Read(path, Columns));
        Assert.True(error.IsMissing);
        Assert.Equal($"{path}: not found. Give the path of an existing file.", error.Message);
    }

    [Theory]
    [InlineData(0.5, false)] // fault: the file was cut while it was copied
    [InlineData(0.98, false)]
    [InlineData(0.5, true)] // fault: a bit turned over on disk
    public void Damaged_gzip_data_names_the_line_it_was_met_at(double at, bool flip)
    {
        using var folder = new TemporaryFolder();
        var text = string.Concat(
            Enumerable.Range(0, 20_000).Select(i => $"{{\"label\":\"x\",\"text\":\"{i * 7919 % 104729}\"}}\n")
        );
        var bytes = Packed.Gzip(text);
        var position = (int)(bytes.Length * at);
        if (flip)
        {
            bytes[position] ^= 0x10;
        }
        var path = folder.Write("a.jsonl.gz", flip ? bytes : bytes[..position]);
        var error = Assert.Throws<DatasetException>(() => TableReader.Read(path, Columns));
        Assert.Equal(path, error.Path);
        Assert.InRange(error.Line, 1, 20_001);
    }

    [Fact]
    public void A_file_that_is_not_gzip_is_no_gzip()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.csv.gz", "label,text\nx,a\n");
        var error = Assert.Throws<DatasetException>(() => TableReader.Read(path, Columns));
        Assert.Contains("gzip", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.Line);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.csv", [.. "label,text\nx,"u8, 0xE9, (byte)'\n']);
        Assert.Contains(
            "UTF-8",
            Assert.Throws<DatasetException>(() => TableReader.Read(path, Columns)).Message,
            StringComparison.Ordinal
        );
    }

    private static string Clean(string text) => new([.. text.Where(c => c != '\r' && !char.IsSurrogate(c))]);
}
