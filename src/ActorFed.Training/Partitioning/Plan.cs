using System.Collections.Immutable;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Partitioning;

/// <summary>All of a run that chance decides before it begins, so that methods can be compared on exactly the same: plan.json.</summary>
/// <remarks>Batches and initial values are not listed: they follow from the seed.</remarks>
/// <param name="Seed">The seed that everything was drawn from.</param>
/// <param name="Corpus">The corpus it was made for.</param>
/// <param name="Partition">Who has which documents.</param>
/// <param name="Cohorts">Who is invited to round 1, 2, ...; the order is that of the draw.</param>
public sealed record Plan(long Seed, CorpusStamp Corpus, Partition Partition, ImmutableArray<ImmutableArray<ClientId>> Cohorts);

/// <summary>A plan cannot be used: which file, which place in it, which rule.</summary>
public sealed class PlanException(string path, string place, string rule, Exception? cause = null)
    : Exception($"{path}, {place}: {rule}", cause)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>The place in it, e.g. clients[3].documents[17].</summary>
    public string Place { get; } = place;

    /// <summary>What was found and what is expected.</summary>
    public string Rule { get; } = rule;
}
