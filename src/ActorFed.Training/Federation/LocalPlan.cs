using System.Collections.Immutable;

namespace ActorFed.Training.Federation;

/// <summary>What a method tells one client for one round, besides the tensors. Small, and all of it is on the wire.</summary>
/// <param name="Trained">Names of the downloaded tensors that the client may change; the others are frozen.</param>
/// <param name="Numbers">A method's own numbers by name (rank, scale, lambda).</param>
/// <param name="Indices">A method's own index lists by name (components, heads).</param>
public sealed record LocalPlan(
    ImmutableSortedSet<string> Trained,
    ImmutableSortedDictionary<string, double> Numbers,
    ImmutableSortedDictionary<string, ImmutableArray<int>> Indices
)
{
    /// <summary>Nothing trained, nothing said.</summary>
    public static LocalPlan Empty { get; } =
        new(
            ImmutableSortedSet.Create<string>(StringComparer.Ordinal),
            ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal),
            ImmutableSortedDictionary.Create<string, ImmutableArray<int>>(StringComparer.Ordinal)
        );
}
