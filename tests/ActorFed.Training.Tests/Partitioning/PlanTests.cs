using ActorFed.Training.Data;
using ActorFed.Training.Federation;
using ActorFed.Training.Partitioning;

namespace ActorFed.Training.Tests.Partitioning;

public sealed class PlanTests
{
    private static readonly CorpusStamp Stamp = new("mail", "abc123", 6);

    [Fact]
    public void A_plan_comes_back_as_it_was_written()
    {
        var read = Read(Json());
        Assert.Equal(PlanWriter.Write(Sample()).AsEnumerable(), PlanWriter.Write(read));
        Assert.Equal(-7, read.Seed);
        Assert.Equal("dirichlet(0.3)", read.Partition.Scheme);
        Assert.Equal([1, 3, 5], read.Partition.Shards[1].Documents.AsEnumerable());
        Assert.Equal([ClientId.Of(1), ClientId.Of(0)], read.Cohorts[1].AsEnumerable());
    }

    [Theory]
    [InlineData("", "line 1", "not valid JSON")]
    [InlineData("[]", "the file", "Object is expected, Array found")]
    [InlineData("{}", "format", "the key is missing")]
    [InlineData("plan/1|plan/9", "format", "'actorfed-plan/9' found, actorfed-plan/1 is expected")]
    [InlineData("abc123|fff", "corpus.fingerprint", "made for other data (fff) than this run's (abc123)")]
    [InlineData("\"mail\"|\"news\"", "corpus.name", "made for 'news', this run uses 'mail'")]
    [InlineData("[1,3,5]|[1,3,6]", "clients[1].documents[2]", "6 is no index of the 6 training documents")]
    [InlineData("[1,3,5]|[1,3,-1]", "clients[1].documents[2]", "-1 is no index")]
    [InlineData("[1,3,5]|[1,3,4]", "clients[1].documents[2]", "document 4 already belongs to client-00000")]
    [InlineData("[1,3,5]|[1,3]", "clients", "document 5 belongs to nobody")]
    [InlineData("[1,3,5]|[]", "clients[1].documents", "client-00001 has no document")]
    [InlineData("[1,3,5]|7", "clients[1].documents", "Array is expected, Number found")]
    [InlineData("\"client\": \"client-00001\"|\"client\": \"client-00000\"", "clients[1].client", "comes twice")]
    [InlineData("\"client\": \"client-00001\"|\"client\": \"a b\"", "clients[1].client", "no client name")]
    [InlineData(
        "[\"client-00001\",\"client-00000\"]|[\"client-00001\",\"client-00009\"]",
        "cohorts[1][1]",
        "has no shard in this plan"
    )]
    [InlineData(
        "[\"client-00001\",\"client-00000\"]|[\"client-00001\",\"client-00001\"]",
        "cohorts[1][1]",
        "comes twice in this round"
    )]
    [InlineData("[\"client-00001\",\"client-00000\"]|[]", "cohorts[1]", "the round has no client")]
    [InlineData("\"seed\": -7|\"seed\": 1.5", "seed", "no whole number of 64 bits")]
    [InlineData("\"redraws\": 0|\"redraws\": -3", "redraws", "-3 is no count")]
    public void A_bad_plan_is_refused_by_place_and_rule(string change, string place, string rule)
    {
        var json = change.Contains('|', StringComparison.Ordinal) ? Change(change.Split('|')) : change;
        var error = Assert.Throws<PlanException>(() => Read(json));
        Assert.StartsWith($"plan.json, {place}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(rule, error.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stamp_of_a_corpus_counts_its_training_part()
    {
        var document = new Document("a", "text", 0, Document.NoFields);
        var corpus = new Corpus("c", ["x"], [document], [], [document with { Id = "b" }]);
        Assert.Equal(new CorpusStamp("c", corpus.Fingerprint(), 1), CorpusStamp.Of(corpus));
    }

    private static string Change(string[] fromTo)
    {
        var json = Json();
        Assert.Contains(fromTo[0], json, StringComparison.Ordinal);
        return json.Replace(fromTo[0], fromTo[1], StringComparison.Ordinal);
    }

    private static string Json() => System.Text.Encoding.UTF8.GetString(PlanWriter.Write(Sample()));

    private static Plan Read(string json) => PlanReader.Read(System.Text.Encoding.UTF8.GetBytes(json), "plan.json", Stamp);

    private static Plan Sample()
    {
        var (a, b) = (ClientId.Of(0), ClientId.Of(1));
        return new Plan(
            -7,
            Stamp,
            new Partition("dirichlet(0.3)", [new(a, [0, 2, 4]), new(b, [1, 3, 5])]),
            [
                [a],
                [b, a],
            ]
        );
    }
}
