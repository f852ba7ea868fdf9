using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Methods;

/// <summary>A client after the last round: what it can make its own model of.</summary>
/// <param name="Client">Who.</param>
/// <param name="Global">The last global model.</param>
/// <param name="Personal">What it kept of its last round that counted; null for nothing.</param>
/// <param name="FewShotLoss">Mean cross-entropy of a model on a few examples of the client that were never trained on; null where there are none.</param>
public sealed record ClientEnd(ClientId Client, TensorSet Global, TensorSet? Personal, Func<TensorSet, double>? FewShotLoss);

/// <summary>A model that a client could use, for the judgement on its own held-out part.</summary>
/// <param name="Name">global, personal, fused, local.</param>
/// <param name="Tensors">As <see cref="ILocalMethod.Expand"/> and <see cref="ILocalMethod.Adapt"/> take them.</param>
/// <param name="Metrics">How it was made.</param>
public sealed record ClientModel(string Name, TensorSet Tensors, ImmutableSortedDictionary<string, double> Metrics)
{
    /// <summary>A model without figures.</summary>
    public static ClientModel Of(string name, TensorSet tensors) =>
        new(name, tensors, ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal));
}
