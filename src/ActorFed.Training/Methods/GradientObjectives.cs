using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>Collects the mean gradient of some tensors over the steps, and keeps the optimiser from following it.</summary>
internal sealed class MeanGradient(Func<string, bool> collected) : ILocalObjective
{
    private readonly SortedDictionary<string, (double[] Sum, ImmutableArray<long> Shape)> _sums = new(StringComparer.Ordinal);
    private int _steps;

    public torch.Tensor? Penalty(IReadOnlyDictionary<string, torch.Tensor> tensors) => null;

    public void Observe(
        int step,
        IReadOnlyDictionary<string, torch.Tensor> tensors,
        IReadOnlyDictionary<string, torch.Tensor> gradients
    )
    {
        _steps++;
        foreach (var (name, gradient) in gradients.Where(g => collected(g.Key)))
        {
            Add(name, gradient.to(torch.ScalarType.Float32).ToValue());
            gradient.zero_(); // both optimisers leave a parameter alone whose gradients were all zero
        }
    }

    /// <summary>The means under the tensors' names, float32.</summary>
    public TensorSet Mean() =>
        TensorSet.Of(
            _sums.Select(s => new KeyValuePair<string, TensorValue>(
                s.Key,
                TensorValue.Of(Array.ConvertAll(s.Value.Sum, v => (float)(v / _steps)), s.Value.Shape.AsSpan())
            ))
        );

    private void Add(string name, TensorValue gradient)
    {
        if (!_sums.TryGetValue(name, out var known))
        {
            _sums[name] = known = (new double[gradient.Count], gradient.Shape);
        }

        var values = gradient.Floats;
        for (var i = 0; i < values.Length; i++)
        {
            known.Sum[i] += values[i];
        }
    }
}

/// <summary>Lets only the leading block of each square core move: the gradient of every other entry is zero before clipping.</summary>
internal sealed class LeadingBlock(ImmutableArray<RankedMap> ranks, double budget) : ILocalObjective
{
    public torch.Tensor? Penalty(IReadOnlyDictionary<string, torch.Tensor> tensors) => null;

    public void Observe(
        int step,
        IReadOnlyDictionary<string, torch.Tensor> tensors,
        IReadOnlyDictionary<string, torch.Tensor> gradients
    )
    {
        foreach (var (map, rank) in ranks)
        {
            var (core, side) = (gradients[FedSbBases.Core(map.Name)], FedSbBases.Side(rank, budget));
            if (side < rank)
            {
                core.narrow(0, side, rank - side).zero_();
                core.narrow(1, side, rank - side).zero_();
            }
        }
    }
}
