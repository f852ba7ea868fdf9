using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Aggregation;

/// <summary>The weighted mean tensor by tensor, each over those clients that sent it; what nobody sent stays as it is.</summary>
/// <remarks>
/// With weights p_k among those who sent tensor T: T ← Σ p_k T_k / Σ p_k. In client order with float64 accumulators (<see cref="WeightedMean"/>).
/// </remarks>
public static class PartialMean
{
    /// <summary>The global tensors after a round.</summary>
    /// <param name="global">Before it.</param>
    /// <param name="contributions">At least one; each with some of the global tensors.</param>
    /// <param name="rule">uniform or samples.</param>
    /// <exception cref="ArgumentException">
    /// None, one client twice, a tensor that is not global or has another shape or type, or a value that is not finite: names client and tensor.
    /// </exception>
    public static TensorSet Of(TensorSet global, IReadOnlyList<Contribution> contributions, string rule)
    {
        ArgumentNullException.ThrowIfNull(global);
        ArgumentNullException.ThrowIfNull(contributions);
        _ = ClientWeights.Of(contributions, rule); // its refusals, before any sum
        foreach (var contribution in contributions)
        {
            ThrowUnlessPart(global, contribution);
        }

        ClientWeights.ThrowIfTwice(contributions.Select(c => c.Client));
        return global.With(TensorSet.Of(global.Keys.SelectMany(name => Mean(name, contributions, rule))));
    }

    private static TensorSet Mean(string name, IReadOnlyList<Contribution> contributions, string rule)
    {
        var trainers = contributions
            .Where(c => c.Upload.ContainsKey(name))
            .Select(c => c with { Upload = TensorSet.Empty.With(name, c.Upload[name]) })
            .ToList();
        return trainers.Count == 0 ? TensorSet.Empty : WeightedMean.Of(trainers, ClientWeights.Of(trainers, rule));
    }

    private static void ThrowUnlessPart(TensorSet global, Contribution contribution)
    {
        foreach (var (name, value) in contribution.Upload)
        {
            if (!global.TryGetValue(name, out var own))
            {
                throw new ArgumentException($"{contribution.Client} sent {name}, which the global model does not have.");
            }

            if (own.Type != value.Type || !own.Shape.AsSpan().SequenceEqual(value.Shape.AsSpan()))
            {
                throw new ArgumentException($"{contribution.Client} sent {name} as {value}, the global model has {own}.");
            }
        }
    }
}
