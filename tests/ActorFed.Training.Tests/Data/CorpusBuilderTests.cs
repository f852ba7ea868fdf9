using ActorFed.Training.Data;
using ActorFed.Training.Data.Files;
using ActorFed.Training.Data.Named;
using FsCheck;
using FsCheck.Fluent;

namespace ActorFed.Training.Tests.Data;

public sealed class CorpusBuilderTests
{
    [Fact]
    public void Every_document_is_in_exactly_one_part() =>
        Prop.ForAll<byte, byte>(
                (a, b) =>
                {
                    var corpus = CorpusBuilder.BuildBySplitting("c", Raw(a + 20, b % 5 + 1), new CorpusOptions());
                    var ids = corpus.Train.Concat(corpus.Validation).Concat(corpus.Test).Select(d => d.Id).ToList();
                    return ids.Count == a + 20 && ids.Distinct(StringComparer.Ordinal).Count() == ids.Count;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithReplay(2026, 83));

    [Fact]
    public void The_test_part_takes_its_share_of_every_class()
    {
        var corpus = CorpusBuilder.BuildBySplitting("c", Raw(1000, 4), new CorpusOptions(TestShare: 0.2));
        Assert.Equal(200, corpus.Test.Length);
        Assert.All(corpus.Test.CountBy(d => d.Label), c => Assert.Equal(50, c.Value));
    }

    [Fact]
    public void Validation_is_about_a_tenth_and_does_not_depend_on_the_other_documents()
    {
        var all = Raw(3000, 3);
        var whole = CorpusBuilder.Build("c", all, Raw(3, 3, "test"), new CorpusOptions());
        Assert.InRange(whole.Validation.Length, 250, 350);
        Assert.Equal(3000, whole.Train.Length + whole.Validation.Length);

        var half = CorpusBuilder.Build("c", [.. all.Take(1500)], Raw(3, 3, "test"), new CorpusOptions());
        var early = all.Take(1500).Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(whole.Validation.Where(d => early.Contains(d.Id)).Select(d => d.Id), half.Validation.Select(d => d.Id));
    }

    [Fact]
    public void A_split_by_hash_is_a_known_number() =>
        Assert.Equal(0.6511162823430882, IdHash.Fraction("validation", "doc-1"), 1e-14);

    [Fact]
    public void The_order_of_the_documents_changes_no_part()
    {
        var all = Raw(500, 3);
        var there = CorpusBuilder.BuildBySplitting("c", all, new CorpusOptions());
        var back = CorpusBuilder.BuildBySplitting("c", [.. all.Reverse()], new CorpusOptions());
        Assert.Equal(there.Test.Select(d => d.Id).Order(), back.Test.Select(d => d.Id).Order());
        Assert.Equal(there.Labels.AsEnumerable(), back.Labels);
    }

    [Fact]
    public void The_fingerprint_sees_every_change()
    {
        var corpus = CorpusBuilder.BuildBySplitting("c", Raw(100, 3), new CorpusOptions());
        var first = corpus.Train[0];
        string[] prints =
        [
            corpus.Fingerprint(),
            (corpus with { Name = "d" }).Fingerprint(),
            (corpus with { Train = corpus.Train.SetItem(0, first with { Text = "x" }) }).Fingerprint(),
            (corpus with { Train = corpus.Train.SetItem(0, first with { Label = first.Label + 1 }) }).Fingerprint(),
            (corpus with { Train = corpus.Train.RemoveAt(0), Test = corpus.Test.Insert(0, first) }).Fingerprint(),
        ];
        Assert.Equal(5, prints.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(prints[0], CorpusBuilder.BuildBySplitting("c", Raw(100, 3), new CorpusOptions()).Fingerprint());
    }

    [Fact]
    public void Bad_documents_are_refused_with_their_place()
    {
        var train = Raw(40, 2);
        var strange = new RawDocument("new", "t", "unseen", Document.NoFields, "test.csv", 9);
        var error = Assert.Throws<DatasetException>(() => CorpusBuilder.Build("c", train, [strange], new CorpusOptions()));
        Assert.Equal("test.csv, line 9: the label 'unseen' does not occur among the training documents.", error.Message);

        var twice = train[3] with { Line = 99 };
        error = Assert.Throws<DatasetException>(() => CorpusBuilder.Build("c", train, [twice], new CorpusOptions()));
        Assert.Equal("part.csv, line 99: the id 'doc-3' was used before (part.csv, line 5).", error.Message);

        error = Assert.Throws<DatasetException>(() => CorpusBuilder.Build("c", train, [], new CorpusOptions()));
        Assert.Equal("c: the test part has no document; it needs at least one.", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CorpusOptions(ValidationShare: 0.6).Check());
        Assert.Throws<ArgumentOutOfRangeException>(() => new CorpusOptions(NearDuplicate: double.NaN).Check());
    }

    [Fact]
    public void A_users_own_table_becomes_a_corpus()
    {
        using var folder = new TemporaryFolder();
        var rows = string.Concat(Enumerable.Range(0, 50).Select(i => $"{(i % 2 == 0 ? "yes" : "no")},question {i}\n"));
        var path = folder.Write("mine.csv", "answer,question\n" + rows);
        var corpus = TableDataset.Load(
            "mine",
            path,
            testPath: null,
            new TableOptions(["question"], "answer"),
            new CorpusOptions()
        );
        Assert.Equal(["no", "yes"], corpus.Labels.AsEnumerable());
        Assert.Equal(10, corpus.Test.Length);
    }

    private static RawDocument[] Raw(int count, int classes, string prefix = "doc") =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new RawDocument(
                    $"{prefix}-{i}",
                    $"text {i}",
                    $"class-{i % classes}",
                    Document.NoFields,
                    "part.csv",
                    i + 2
                )),
        ];
}
