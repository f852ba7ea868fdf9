using ActorFed.Training.Chance;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Trainers;

/// <summary>The batches of one training: the shard is shuffled, dealt out, shuffled again, without end.</summary>
/// <remarks>Decided by seed, round and client alone: not by attempt, worker or micro-batch.</remarks>
internal sealed class BatchOrder(long seed, RoundId round, ClientId client, ReadOnlyMemory<int> shard, int batch)
{
    private readonly SeededRandom _chance = SeededRandom.For(seed, "batches", round.Number, client.Value);
    private readonly int[] _order = shard.ToArray();
    private readonly int _size = Math.Min(batch, shard.Length);
    private int _next = shard.Length;

    /// <summary>The next batch; a batch may run over the end of a pass, so that all are equally large.</summary>
    public int[] Next()
    {
        var documents = new int[_size];
        for (var i = 0; i < documents.Length; i++)
        {
            if (_next == _order.Length)
            {
                _chance.Shuffle(_order.AsSpan());
                _next = 0;
            }

            documents[i] = _order[_next++];
        }

        return documents;
    }
}
