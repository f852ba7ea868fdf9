using System.Collections.Immutable;
using ActorFed.Training.Chance;
using ActorFed.Training.Data;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Partitioning;

/// <summary>Draws a partition by seed, again and again until every client has enough, and refuses when that does not come about.</summary>
public static class Partitioner
{
    /// <summary>Shares out the training documents. The same documents, options and seed give the same partition.</summary>
    /// <param name="documents">The training part; indices of the result refer to it.</param>
    /// <param name="options">The scheme.</param>
    /// <param name="seed">The run's seed; draw k uses a seed derived from it and k.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="PartitionException">Too few documents, an unknown field, or a shard too small after all redraws.</exception>
    public static Partition Draw(IReadOnlyList<Document> documents, PartitionOptions options, long seed)
    {
        options.Check();
        ThrowIfTooFew(documents.Count, options);
        var smallest = 0;
        for (var draw = 0; draw <= options.MaxRedraws; draw++)
        {
            var shards = DrawOnce(documents, options, SeededRandom.For(seed, "partition", draw));
            smallest = Math.Max(smallest, shards.Min(s => s.Count));
            if (shards.TrueForAll(s => s.Count >= options.MinShard))
            {
                return new Partition(options.Describe(), [.. shards.Select(ToShard)], draw);
            }
            if (!IsDrawn(options, shards.Count, documents))
            {
                throw new PartitionException($"{options.Describe()}: {SmallestValue(documents, options)}");
            }
        }
        throw new PartitionException(
            $"{options.Describe()} over {options.Clients} clients: in {options.MaxRedraws + 1} draws some client always had fewer than "
                + $"{options.MinShard} of the {documents.Count} documents (best smallest shard: {smallest}). "
                + "Take fewer clients, a larger alpha or a smaller least shard."
        );
    }

    private static List<List<int>> DrawOnce(IReadOnlyList<Document> documents, PartitionOptions options, SeededRandom random) =>
        options.Scheme switch
        {
            PartitionScheme.Iid => Schemes.Iid(documents.Count, options.Clients, random),
            PartitionScheme.Dirichlet => Schemes.Dirichlet(Labels(documents), options.Clients, options.Alpha, random),
            PartitionScheme.Natural => Schemes.Natural(NaturalGroups.Of(documents, options), options.Clients, random),
            PartitionScheme.Quantity => Schemes.Quantity(
                documents.Count,
                options.Clients,
                options.Alpha,
                options.MinShard,
                random
            ),
            PartitionScheme.Shards => Schemes.Shards(Labels(documents), options.Clients, options.PiecesPerClient, random),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Scheme, "Unknown scheme."),
        };

    private static int[] Labels(IReadOnlyList<Document> documents) => [.. documents.Select(d => d.Label)];

    private static Shard ToShard(List<int> documents, int client) => new(ClientId.Of(client), [.. documents.Order()]);

    private static void ThrowIfTooFew(int documents, PartitionOptions options)
    {
        var needed = (long)Math.Max(1, options.Clients) * options.MinShard;
        if (documents < needed)
        {
            throw new PartitionException(
                $"{options.Describe()}: {options.Clients} clients with at least {options.MinShard} documents each need {needed}, "
                    + $"there are {documents}. Take fewer clients or a smaller least shard."
            );
        }
    }

    // One client a value leaves nothing to chance: another draw would be the same.
    private static bool IsDrawn(PartitionOptions options, int shards, IReadOnlyList<Document> documents) =>
        options.Scheme != PartitionScheme.Natural || shards != NaturalGroups.Of(documents, options).Count;

    private static string SmallestValue(IReadOnlyList<Document> documents, PartitionOptions options)
    {
        var (value, group) = NaturalGroups.Of(documents, options).MinBy(g => g.Value.Count);
        return $"the value '{value}' has {group.Count} documents, fewer than {options.MinShard}. "
            + "Take fewer clients than values, so that small ones are put together, or a smaller least shard.";
    }
}
