using System.Globalization;

namespace ActorFed.Training.Partitioning;

/// <summary>How documents are shared out.</summary>
public enum PartitionScheme
{
    /// <summary>Every client gets the same number of documents at random.</summary>
    Iid = 0,

    /// <summary>Each class is shared out by a draw from Dirichlet(alpha) over the clients: who has much of one class has little of another.</summary>
    Dirichlet = 1,

    /// <summary>Documents with the same value of a field stay together.</summary>
    Natural = 2,

    /// <summary>Sizes by a draw from Dirichlet(alpha), classes at random.</summary>
    Quantity = 3,

    /// <summary>Documents sorted by class, cut into equal pieces, a few pieces a client.</summary>
    Shards = 4,
}

/// <summary>A partition as settings describe it.</summary>
/// <param name="Scheme">How documents are shared out; default dirichlet.</param>
/// <param name="Clients">Clients, 1 to 100,000, default 20; for natural 0 means one client a value.</param>
/// <param name="Alpha">Concentration for dirichlet and quantity, 0.001 to 1,000,000, default 0.3; small is unequal.</param>
/// <param name="Field">For natural: a field of the documents, or "label"; default none.</param>
/// <param name="PiecesPerClient">For shards: pieces that a client gets, 1 to 100, default 2.</param>
/// <param name="MinShard">Fewest documents of a client, 1 to 1,000,000, default 32.</param>
/// <param name="MaxRedraws">Draws after the first until every shard is large enough, 0 to 10,000, default 100.</param>
public sealed record PartitionOptions(
    PartitionScheme Scheme = PartitionScheme.Dirichlet,
    int Clients = 20,
    double Alpha = 0.3,
    string? Field = null,
    int PiecesPerClient = 2,
    int MinShard = 32,
    int MaxRedraws = 100
)
{
    /// <summary>The scheme with its parameter: dirichlet(0.3), natural(group), shards(2).</summary>
    public string Describe() =>
        Scheme switch
        {
            PartitionScheme.Iid => "iid",
            PartitionScheme.Dirichlet => string.Create(CultureInfo.InvariantCulture, $"dirichlet({Alpha})"),
            PartitionScheme.Natural => $"natural({Field})",
            PartitionScheme.Quantity => string.Create(CultureInfo.InvariantCulture, $"quantity({Alpha})"),
            PartitionScheme.Shards => $"shards({PiecesPerClient})",
            _ => throw new ArgumentOutOfRangeException(nameof(Scheme), Scheme, "Unknown scheme."),
        };

    /// <exception cref="ArgumentOutOfRangeException">Names the first option outside its range.</exception>
    public void Check()
    {
        Check(nameof(Clients), Clients, Scheme == PartitionScheme.Natural ? 0 : 1, 100_000);
        Check(nameof(Alpha), Alpha, 0.001, 1_000_000);
        Check(nameof(PiecesPerClient), PiecesPerClient, 1, 100);
        Check(nameof(MinShard), MinShard, 1, 1_000_000);
        Check(nameof(MaxRedraws), MaxRedraws, 0, 10_000);
        if (Scheme == PartitionScheme.Natural && string.IsNullOrWhiteSpace(Field))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Field),
                Field,
                "A natural partition names a field of the documents, or label."
            );
        }
    }

    private static void Check(string name, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} lies between {least} and {most}.");
        }
    }
}
