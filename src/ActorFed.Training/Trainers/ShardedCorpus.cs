using System.Collections.Immutable;
using ActorFed.Training.Federation;
using ActorFed.Training.Tokenizers;

namespace ActorFed.Training.Trainers;

/// <summary>A tokenized training part and who has which of its documents.</summary>
/// <param name="Corpus">All documents.</param>
/// <param name="Shards">Indices of each client's own.</param>
public sealed record ShardedCorpus(TokenizedCorpus Corpus, ImmutableSortedDictionary<ClientId, ImmutableArray<int>> Shards)
{
    /// <summary>A client's documents.</summary>
    /// <exception cref="ShardException">The client is unknown, has none, or one that is not in the corpus.</exception>
    public ImmutableArray<int> Of(ClientId client)
    {
        if (!Shards.TryGetValue(client, out var shard))
        {
            throw new ShardException(client, "is not on this node");
        }

        if (shard.IsDefaultOrEmpty)
        {
            throw new ShardException(client, "is empty");
        }

        var count = Corpus.Count;
        return shard.All(d => (uint)d < (uint)count)
            ? shard
            : throw new ShardException(client, $"names a document that is not among the {count} of the corpus");
    }
}
