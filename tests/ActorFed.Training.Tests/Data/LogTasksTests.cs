using System.Formats.Tar;
using System.IO.Compression;
using ActorFed.Training.Data;
using ActorFed.Training.Data.Named;

namespace ActorFed.Training.Tests.Data;

/// <summary>System logs as two tasks: on a small archive made here, and on LogHub where it is at hand.</summary>
public sealed class LogTasksTests
{
    private const string Head = "LineId,Time,Content,EventId,EventTemplate";

    [Theory]
    [InlineData("open port 80 for bob", "open port <*> for <*>", "--v-v")]
    [InlineData("open port 80 for bob", "open port 80 for bob", "-----")]
    [InlineData("uid=0 from [10.0.0.1:22] ok", "uid=<*> from [<*>] ok", "v-v-")]
    [InlineData("a  b", "<*>  b", "v-")] // two blanks are one gap
    [InlineData("x x x", "<*> x", "vv-")] // the last piece is the end, not the first place that fits
    [InlineData("took ms", "took<*> ms", "--")] // a hole of nothing varies nothing
    [InlineData("one two three", "<*>", "vvv")]
    public void A_word_varies_where_the_template_has_a_hole(string content, string template, string expected) =>
        Assert.Equal(expected, string.Concat(LogTemplate.Tag(content, template)!.Select(w => w.Varies ? 'v' : '-')));

    [Theory]
    [InlineData("open port 80", "close port <*>")]
    [InlineData("open port", "open port 80")]
    [InlineData("ab", "a<*>b<*>b")]
    [InlineData("start 5 end now", "start <*> end")]
    public void A_message_of_another_template_has_no_tags(string content, string template) =>
        Assert.Null(LogTemplate.Tag(content, template));

    [Fact]
    public void Tags_are_words_in_their_window_with_line_template_and_system()
    {
        using var root = Root();
        var corpus = Load("loghub-tags", root);

        Assert.Equal(["constant", "variable"], corpus.Labels.AsEnumerable());
        var words = Everything(corpus)
            .Where(d => d.Fields["template"] == "Alpha/E1")
            .GroupBy(d => d.Fields[Document.WholeField])
            .First()
            .ToList();
        var line = int.Parse(words[0].Fields["whole"].Split('/')[1]);
        Assert.Equal(
            [
                $"request : request from u{line} took {line}",
                $"from : request from u{line} took {line} ms",
                $"u{line} : request from u{line} took {line} ms",
                $"took : request from u{line} took {line} ms",
                $"{line} : request from u{line} took {line} ms",
                $"ms : from u{line} took {line} ms",
            ],
            words.Select(w => w.Text)
        );
        Assert.Equal([0, 0, 1, 0, 1, 0], words.Select(w => w.Label));
        Assert.All(words, w => Assert.Equal("Alpha", w.Fields["system"]));
        Assert.DoesNotContain(Everything(corpus), d => d.Fields["whole"] == "Beta/0031"); // its message is not of its template
        Assert.Equal(2, corpus.NearDuplicatesRemoved); // one of Alpha's messages comes three times
    }

    [Fact]
    public void No_template_is_in_two_parts_and_none_has_more_than_its_share_of_lines()
    {
        using var root = Root();
        var corpus = Load("loghub-tags", root);

        var parts = new[] { corpus.Train, corpus.Validation, corpus.Test }
            .Select(p => p.Select(d => d.Fields["template"]).ToHashSet())
            .ToArray();
        Assert.Empty(parts[0].Intersect(parts[1]).Concat(parts[0].Intersect(parts[2])).Concat(parts[1].Intersect(parts[2])));
        Assert.All(
            Everything(corpus).GroupBy(d => d.Fields["template"]),
            t => Assert.InRange(t.Select(d => d.Fields["whole"]).Distinct().Count(), 1, LogTasks.LinesPerTemplate)
        );
    }

    [Fact]
    public void Templates_are_told_apart_by_system_and_the_last_fifth_of_each_is_the_test()
    {
        using var root = Root();
        var corpus = Load("loghub-templates", root);

        Assert.Contains("Alpha/E1", corpus.Labels);
        Assert.Contains("Beta/E1", corpus.Labels); // the same id in another system is another class
        Assert.DoesNotContain("Alpha/E9", corpus.Labels); // fewer than five messages
        foreach (var system in new[] { "Alpha", "Beta" })
        {
            var last = corpus.Train.Concat(corpus.Validation).Where(d => d.Fields["system"] == system).Max(d => d.Id);
            Assert.All(
                corpus.Test.Where(d => d.Fields["system"] == system),
                d => Assert.True(string.CompareOrdinal(d.Id, last) > 0)
            );
        }

        Assert.DoesNotContain(corpus.Test, d => corpus.Labels[d.Label] == "Beta/E3"); // it came only at the end: nobody could know it
    }

    [Fact]
    public void What_is_wrong_with_an_archive_is_said_with_file_and_line()
    {
        using var root = new TemporaryFolder();
        Assert.True(Assert.Throws<DatasetException>(() => Load("loghub-tags", root)).IsMissing);

        Refused(
            root,
            [("loghub-2k/notes.txt", "nothing")],
            "it has no log: files named SYSTEM_2k.log_structured.csv are expected"
        );
        Refused(
            root,
            [("loghub-2k/A/A_2k.log_structured.csv", $"{Head}\n1,t,text,,T\n")],
            "line 2: the row has nothing in the column EventId"
        );
        Refused(
            root,
            [("loghub-2k/A/A_2k.log_structured.csv", $"{Head}\nx,t,text,E1,T\n")],
            "line 2: 'x' is no line number (column LineId)"
        );
        Refused(root, [("loghub-2k/A/A_2k.log_structured.csv", "LineId,Content\n1,a\n")], "there is no column 'EventId'");
        root.Write("loghub-2k.tar.gz", "not an archive"); // fault: another file of that name
        Assert.Contains(
            "the archive cannot be read",
            Assert.Throws<DatasetException>(() => Load("loghub-tags", root)).Message,
            StringComparison.Ordinal
        );
    }

    [LogHubFact]
    public void The_sixteen_systems_are_tagged_by_template()
    {
        var corpus = NamedDatasets.Load("loghub-tags", new(Fixtures.DataRoot, null), new CorpusOptions());

        Assert.Equal(16, Everything(corpus).Select(d => d.Fields["system"]).Distinct().Count());
        Assert.Equal(32_000 - 15_487, corpus.NearDuplicatesRemoved);
        Assert.InRange(corpus.Test.Length / (double)Everything(corpus).Count(), 0.1, 0.3);
        Assert.InRange(Everything(corpus).Average(d => d.Label), 0.2, 0.7); // neither class is nearly all
        Assert.Equal(16, corpus.Train.Select(d => d.Fields["system"]).Distinct().Count()); // each is a client
        Assert.True(corpus.Train.GroupBy(d => d.Fields["system"]).Min(g => g.Count()) >= 16);
    }

    [LogHubFact]
    public void The_templates_with_five_messages_are_classes()
    {
        var corpus = NamedDatasets.Load("loghub-templates", new(Fixtures.DataRoot, null), new CorpusOptions());

        Assert.Equal(16, corpus.Train.Select(d => d.Fields["system"]).Distinct().Count());
        Assert.InRange(corpus.Labels.Length, 200, 231);
        Assert.True(corpus.Test.Length > 1500);
    }

    private static void Refused(TemporaryFolder root, (string Name, string Text)[] files, string why)
    {
        Archive(root, files); // fault: as it says
        Assert.Contains(why, Assert.Throws<DatasetException>(() => Load("loghub-tags", root)).Message, StringComparison.Ordinal);
    }

    // Two systems: many templates, one that repeats, one that comes last, one line that is not of its template.
    private static TemporaryFolder Root()
    {
        var alpha = Enumerable.Range(1, 30).Select(i => $"{i},t,request from u{i} took {i} ms,E1,request from <*> took <*> ms");
        var rest = Enumerable
            .Range(31, 60)
            .Select(i => $"{i},t,\"part{i % 12}, step {i} done\",P{i % 12},\"part{i % 12}, step <*> done\"");
        var again = new[] { "91,t,same again,E9,same again", "92,t,same again,E9,same again", "93,t,same again,E9,same again" };
        var beta = Enumerable.Range(1, 30).Select(i => $"{i},t,node n{i} up,E1,node <*> up");
        var odd = new[] { "31,t,something else,E1,node <*> up" };
        var late = Enumerable.Range(32, 6).Select(i => $"{i},t,halt {i},E3,halt <*>");
        var root = new TemporaryFolder();
        Archive(
            root,
            [
                ("loghub-2k/Alpha/Alpha_2k.log_structured.csv", string.Join('\n', [Head, .. alpha, .. rest, .. again])),
                ("loghub-2k/Beta/Beta_2k.log_structured.csv", string.Join('\n', [Head, .. beta, .. odd, .. late])),
                ("loghub-2k/LICENSE", "free"),
            ]
        );
        return root;
    }

    private static void Archive(TemporaryFolder root, (string Name, string Text)[] files)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        using (var archive = new TarWriter(gzip))
        {
            foreach (var (name, text) in files)
            {
                archive.WriteEntry(
                    new PaxTarEntry(TarEntryType.RegularFile, name)
                    {
                        DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)),
                    }
                );
            }
        }

        root.Write("loghub-2k.tar.gz", buffer.ToArray());
    }

    private static Corpus Load(string name, TemporaryFolder root) =>
        NamedDatasets.Load(name, new(root.Path, null), new CorpusOptions());

    private static IEnumerable<Document> Everything(Corpus corpus) => corpus.Train.Concat(corpus.Validation).Concat(corpus.Test);
}

/// <summary>A fact about LogHub; skipped, and says so, where it is not at hand.</summary>
internal sealed class LogHubFactAttribute : FactAttribute
{
    public LogHubFactAttribute()
    {
        if (Fixtures.DataRoot is null || !File.Exists(Path.Combine(Fixtures.DataRoot, "loghub-2k.tar.gz")))
        {
            Skip = "No loghub-2k.tar.gz: set ACTORFED_DATA_ROOT to a folder that holds it.";
        }
    }
}
