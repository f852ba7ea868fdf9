using System.Collections.Immutable;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Partitioning;

/// <summary>One client's documents.</summary>
/// <param name="Client">Whose they are.</param>
/// <param name="Documents">Indices into the training part, ascending.</param>
public sealed record Shard(ClientId Client, ImmutableArray<int> Documents);

/// <summary>Which client has which training documents. Every document belongs to exactly one client.</summary>
/// <param name="Scheme">How it was drawn, as people read it: dirichlet(0.3).</param>
/// <param name="Shards">One a client, in the order of their names.</param>
/// <param name="Redraws">Draws thrown away because a shard was too small.</param>
public sealed record Partition(string Scheme, ImmutableArray<Shard> Shards, int Redraws = 0)
{
    /// <summary>How many documents there are altogether.</summary>
    public int Documents => Shards.Sum(s => s.Documents.Length);

    /// <summary>Counts by client and class: one row a shard, one column a class.</summary>
    /// <param name="labels">The label of every training document.</param>
    /// <param name="classes">Columns; above every label.</param>
    public ImmutableArray<ImmutableArray<int>> Counts(IReadOnlyList<int> labels, int classes) =>
        [.. Shards.Select(s => CountsOf(s, labels, classes))];

    /// <summary>exp(entropy) of a client's classes: 1 when all its documents are of one class, C when C classes are even.</summary>
    public static double EffectiveClasses(IReadOnlyCollection<int> counts)
    {
        double total = counts.Sum();
        var entropy = counts.Where(c => c > 0).Sum(c => -c / total * Math.Log(c / total));
        return total > 0 ? Math.Exp(entropy) : 0;
    }

    private static ImmutableArray<int> CountsOf(Shard shard, IReadOnlyList<int> labels, int classes)
    {
        var counts = new int[classes];
        foreach (var document in shard.Documents)
        {
            counts[labels[document]]++;
        }
        return [.. counts];
    }
}
