using System.Collections.Immutable;
using ActorFed.Training.Chance;
using ActorFed.Training.Federation;
using ActorFed.Training.Partitioning;

namespace ActorFed.Training.Profiles;

/// <summary>How the clients of a round are chosen.</summary>
public enum CohortScheme
{
    /// <summary>Each client equally likely.</summary>
    Uniform = 0,

    /// <summary>The likelier the more documents it has.</summary>
    BySize = 1,

    /// <summary>The likelier the more often it answers.</summary>
    ByAvailability = 2,

    /// <summary>In a fixed random order, round and round: everybody is asked equally often.</summary>
    Cyclic = 3,

    /// <summary>As plan.json says.</summary>
    Plan = 4,
}

/// <summary>Who is invited to a round: a pure function of the seed, the round and the count.</summary>
/// <remarks>All but cyclic: the first n of a larger cohort are the cohort of n, so over-invitation only adds clients.</remarks>
public sealed class CohortSampler
{
    private readonly ImmutableArray<ClientId> _clients;
    private readonly Func<RoundId, int, ImmutableArray<ClientId>> _draw;

    private CohortSampler(IEnumerable<ClientId> clients, Func<CohortSampler, RoundId, int, ImmutableArray<ClientId>> draw)
    {
        _clients = [.. clients.Order()];
        _draw = (round, count) => draw(this, round, count);
    }

    /// <summary>Each client equally likely.</summary>
    public static CohortSampler Uniform(Partition partition, long seed) =>
        new(
            Clients(partition),
            (own, round, count) => own.Named(SeededRandom.For(seed, "cohort", round.Number).Sample(own._clients.Length, count))
        );

    /// <summary>Weights are the clients' documents.</summary>
    public static CohortSampler BySize(Partition partition, long seed)
    {
        var sizes = partition.Shards.ToDictionary(s => s.Client, s => (double)s.Documents.Length);
        return Weighted(sizes, seed);
    }

    /// <summary>Weights are the clients' availabilities.</summary>
    public static CohortSampler ByAvailability(IEnumerable<ClientProfile> profiles, long seed) =>
        Weighted(profiles.ToDictionary(p => p.Client, p => p.Availability), seed);

    /// <summary>One random order of all clients; a round goes on where the one before stopped, given the same count for every round.</summary>
    public static CohortSampler Cyclic(Partition partition, long seed) =>
        new(
            Clients(partition),
            (own, round, count) =>
            {
                var order = SeededRandom.For(seed, "cohort-order").Permutation(own._clients.Length);
                var start = (long)(round.Number - 1) * count;
                return own.Named([.. Enumerable.Range(0, count).Select(i => order[(start + i) % order.Length])]);
            }
        );

    /// <summary>The cohorts of a plan; a smaller count takes the first of them.</summary>
    public static CohortSampler FromPlan(Plan plan) =>
        new(
            Clients(plan.Partition),
            (_, round, count) =>
            {
                var cohort =
                    round.Number <= plan.Cohorts.Length
                        ? plan.Cohorts[round.Number - 1]
                        : throw new PartitionException(
                            $"The plan ends with round {plan.Cohorts.Length}; there is no cohort for {round}."
                        );
                return cohort.Length >= count
                    ? [.. cohort.Take(count)]
                    : throw new PartitionException(
                        $"The plan's cohort for {round} has {cohort.Length} clients, {count} are wanted."
                    );
            }
        );

    /// <summary>The clients of one round, in the order of the draw.</summary>
    /// <param name="round">From 1.</param>
    /// <param name="count">How many; 1 to all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A round before the first, or a count outside its range.</exception>
    /// <exception cref="PartitionException">A plan has no such round, or fewer clients in it.</exception>
    /// <exception cref="ArgumentException">Fewer clients than wanted have a weight above 0.</exception>
    public ImmutableArray<ClientId> Draw(RoundId round, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(round.Number, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _clients.Length);
        return _draw(round, count);
    }

    private static CohortSampler Weighted(Dictionary<ClientId, double> weights, long seed) =>
        new(
            weights.Keys,
            (own, round, count) =>
            {
                var ordered = own._clients.Select(c => weights[c]).ToArray();
                return own.Named(SeededRandom.For(seed, "cohort", round.Number).SampleWeighted(ordered, count));
            }
        );

    private static IEnumerable<ClientId> Clients(Partition partition) => partition.Shards.Select(s => s.Client);

    private ImmutableArray<ClientId> Named(int[] indices) => [.. indices.Select(i => _clients[i])];
}
