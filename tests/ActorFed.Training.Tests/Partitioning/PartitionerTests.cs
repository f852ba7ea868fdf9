using ActorFed.Training.Data;
using ActorFed.Training.Federation;
using ActorFed.Training.Partitioning;
using FsCheck;
using FsCheck.Fluent;

namespace ActorFed.Training.Tests.Partitioning;

public sealed class PartitionerTests
{
    private static readonly Config Replayed = Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(2026, 87);

    public static TheoryData<PartitionScheme> Schemes =>
        [
            PartitionScheme.Iid,
            PartitionScheme.Dirichlet,
            PartitionScheme.Natural,
            PartitionScheme.Quantity,
            PartitionScheme.Shards,
        ];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Every_document_has_exactly_one_client_and_nobody_too_few(PartitionScheme scheme) =>
        Prop.ForAll<long, byte, byte>(
                (seed, a, b) =>
                {
                    var documents = Documents(600 + a, classes: 2 + (b % 8));
                    var options = new PartitionOptions(scheme, Clients: 1 + (b % 6), Alpha: 0.8, Field: "author", MinShard: 8);
                    var partition = Partitioner.Draw(documents, options, seed);
                    return partition
                            .Shards.SelectMany(s => s.Documents)
                            .Order()
                            .SequenceEqual(Enumerable.Range(0, documents.Length))
                        && partition.Shards.All(s => s.Documents.Length >= 8 && s.Documents.SequenceEqual(s.Documents.Order()))
                        && partition
                            .Shards.Select(s => s.Client)
                            .SequenceEqual(Enumerable.Range(0, options.Clients).Select(ClientId.Of));
                }
            )
            .Check(Replayed);

    [Theory]
    [MemberData(nameof(Schemes))]
    public void The_seed_decides_and_nothing_else(PartitionScheme scheme)
    {
        var documents = Documents(900, classes: 5);
        var options = new PartitionOptions(scheme, Clients: 6, Alpha: 1, Field: "author", MinShard: 10);
        var first = Text(Partitioner.Draw(documents, options, 42));
        Assert.Equal(first, Text(Partitioner.Draw(documents, options, 42)));
        Assert.NotEqual(first, Text(Partitioner.Draw(documents, options, 43)));
    }

    [Fact]
    public void A_known_seed_gives_the_known_partition()
    {
        var partition = Partitioner.Draw(Documents(12, classes: 3), new PartitionOptions(Clients: 3, Alpha: 1, MinShard: 2), 42);
        Assert.Equal("2,4 | 6,8,10,11 | 0,1,3,5,7,9 after 0", $"{Text(partition)} after {partition.Redraws}");
    }

    [Fact]
    public void Iid_shards_differ_by_one_document_at_most()
    {
        var sizes = Partitioner
            .Draw(Documents(1003, 4), new PartitionOptions(PartitionScheme.Iid, Clients: 20), 1)
            .Shards.Select(s => s.Documents.Length);
        Assert.Equal([50, 51], sizes.Distinct().Order());
    }

    [Fact]
    public void A_large_alpha_is_close_to_iid_and_a_small_one_far_from_it()
    {
        var documents = Documents(6000, classes: 10);
        var even = Effective(documents, new PartitionOptions(Clients: 10, Alpha: 1e6));
        var skewed = Effective(documents, new PartitionOptions(Clients: 10, Alpha: 0.3));
        Assert.InRange(even, 9.9, 10);
        Assert.InRange(skewed, 1.5, 7.5);
        Assert.InRange(Effective(documents, new PartitionOptions(PartitionScheme.Quantity, Clients: 10, Alpha: 0.3)), 9, 10);
        Assert.InRange(Effective(documents, new PartitionOptions(PartitionScheme.Shards, Clients: 10)), 1, 4); // two pieces touch four classes at most
    }

    [Fact]
    public void Quantity_skew_makes_sizes_unequal_and_keeps_the_least()
    {
        var partition = Partitioner.Draw(
            Documents(5000, 4),
            new PartitionOptions(PartitionScheme.Quantity, Clients: 20, Alpha: 0.3),
            5
        );
        var sizes = partition.Shards.Select(s => s.Documents.Length).ToArray();
        Assert.True(sizes.Min() >= 32 && sizes.Max() > 500, string.Join(' ', sizes));
        Assert.Equal(0, partition.Redraws);
    }

    [Fact]
    public void A_natural_partition_keeps_a_value_together()
    {
        var documents = Documents(700, 4);
        var one = Partitioner.Draw(documents, new PartitionOptions(PartitionScheme.Natural, Clients: 0, Field: "author"), 1);
        Assert.Equal(7, one.Shards.Length);
        Assert.All(one.Shards, s => Assert.Single(s.Documents.Select(d => documents[d].Fields["author"]).Distinct()));

        var merged = Partitioner.Draw(documents, new PartitionOptions(PartitionScheme.Natural, Clients: 3, Field: "author"), 1);
        var owners = merged.Shards.SelectMany(s => s.Documents.Select(d => (documents[d].Fields["author"], s.Client))).Distinct();
        Assert.Equal(7, owners.Count());

        var byLabel = Partitioner.Draw(documents, new PartitionOptions(PartitionScheme.Natural, Clients: 0, Field: "label"), 1);
        Assert.Equal(4, byLabel.Shards.Length);
    }

    [Fact]
    public void What_cannot_be_shared_out_is_refused_with_the_numbers()
    {
        var documents = Documents(700, 4);
        Refused(documents, new(Clients: 30), "30 clients with at least 32 documents each need 960, there are 700");
        Refused(
            documents,
            new(Clients: 20, Alpha: 0.001, MaxRedraws: 3),
            "in 4 draws some client always had fewer than 32 of the 700"
        );
        Refused(documents, new(PartitionScheme.Natural, Clients: 0, Field: "town"), "has no field 'town'; it has author, label");
        Refused(documents, new(PartitionScheme.Natural, Clients: 9, Field: "author"), "9 clients, but only 7 values");
        Refused(
            documents,
            new(PartitionScheme.Natural, Clients: 0, Field: "author", MinShard: 101),
            "the value 'author-0' has 100 documents"
        );
        Refused([], new(PartitionScheme.Iid, Clients: 1), "there are 0");
    }

    [Fact]
    public void Options_outside_their_range_are_named()
    {
        Assert.Equal("Clients", Bad(new(Clients: 0)));
        Assert.Equal("Alpha", Bad(new(Alpha: double.NaN)));
        Assert.Equal("PiecesPerClient", Bad(new(PiecesPerClient: 0)));
        Assert.Equal("MinShard", Bad(new(MinShard: 0)));
        Assert.Equal("MaxRedraws", Bad(new(MaxRedraws: -1)));
        Assert.Equal("Field", Bad(new(PartitionScheme.Natural)));
    }

    [Fact]
    public void Effective_classes_are_the_exponential_of_the_entropy()
    {
        Assert.Equal(1, Partition.EffectiveClasses([7, 0, 0]), 1e-12);
        Assert.Equal(3, Partition.EffectiveClasses([5, 5, 5]), 1e-12);
        Assert.Equal(1.7547653506033, Partition.EffectiveClasses([3, 1]), 1e-12);
        Assert.Equal(0, Partition.EffectiveClasses([0, 0]));
    }

    [Fact]
    public void The_picture_shows_who_has_what()
    {
        var documents = Documents(700, 4);
        var partition = Partitioner.Draw(documents, new(PartitionScheme.Natural, Clients: 0, Field: "label"), 1);
        var picture = PartitionPicture.Of(
            partition,
            [.. documents.Select(d => d.Label)],
            ["ham", "spam", "a very long name", "z"]
        );
        Assert.Equal(
            """
            natural(label): 4 clients, 700 documents; shard sizes 175 to 175, median 175; effective classes 1.0 a client of 4
                                    ham         spam a very long             z     docs  eff.
            client-00000 │          175            0            0            0│     175   1.0
            client-00001 │            0          175            0            0│     175   1.0
            ... and 2 clients more

            """,
            picture.ToText(mostClients: 2)
        );
        Assert.Equal(175, picture.Counts[2][2]);
    }

    [Fact]
    public void Many_classes_are_shown_as_shades()
    {
        var documents = Documents(800, 8);
        var partition = Partitioner.Draw(documents, new(PartitionScheme.Natural, Clients: 0, Field: "label"), 1);
        var picture = PartitionPicture.Of(
            partition,
            [.. documents.Select(d => d.Label)],
            [.. Enumerable.Range(0, 8).Select(i => $"c{i}")]
        );
        Assert.Contains("client-00002 │  █     │     100   1.0", picture.ToText(), StringComparison.Ordinal);
    }

    private static void Refused(Document[] documents, PartitionOptions options, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<PartitionException>(() => Partitioner.Draw(documents, options, 1)).Message,
            StringComparison.Ordinal
        );

    private static string? Bad(PartitionOptions options) => Assert.Throws<ArgumentOutOfRangeException>(options.Check).ParamName;

    private static double Effective(Document[] documents, PartitionOptions options)
    {
        var partition = Partitioner.Draw(documents, options, 3);
        var classes = documents.Max(d => d.Label) + 1;
        return partition.Counts([.. documents.Select(d => d.Label)], classes).Average(c => Partition.EffectiveClasses(c));
    }

    private static string Text(Partition partition) =>
        string.Join(" | ", partition.Shards.Select(s => string.Join(',', s.Documents)));

    private static Document[] Documents(int count, int classes) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new Document($"d{i}", "", i % classes, Document.NoFields.Add("author", $"author-{i % 7}"))),
        ];
}
