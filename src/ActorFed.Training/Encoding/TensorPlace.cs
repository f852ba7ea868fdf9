using System.Collections.Immutable;

namespace ActorFed.Training.Encoding;

/// <summary>What a tensor of a set is, without its numbers.</summary>
/// <param name="Name">Its name in the set.</param>
/// <param name="Type">Type of each element.</param>
/// <param name="Shape">Dimensions, outermost first; empty for a scalar.</param>
public sealed record TensorPlace(string Name, ElementType Type, ImmutableArray<long> Shape);
