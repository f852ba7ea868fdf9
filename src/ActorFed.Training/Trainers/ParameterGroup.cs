using ActorFed.Training.Encoding;
using ActorFed.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Training.Trainers;

/// <summary>
/// Parameters that share an optimiser, in one flat vector. Each parameter is a leaf that looks into the vector, so that clipping, the
/// optimiser and the search for NaN are a few operations whatever the number of maps.
/// </summary>
/// <remarks>Everything it makes belongs to the dispose scope in which it was made.</remarks>
internal sealed class ParameterGroup
{
    private readonly Tensor _flat;
    private readonly IOptimiser _optimiser;
    private readonly double _clip;
    private readonly long[] _counts;

    public ParameterGroup(
        string name,
        IReadOnlyList<KeyValuePair<string, TensorValue>> tensors,
        IBaseModel model,
        GroupOptions options,
        double momentum
    )
    {
        Name = name;
        _clip = options.Clip;
        _counts = [.. tensors.Select(t => t.Value.Count)];
        _flat = cat([.. tensors.Select(t => t.Value.ToTorch(model.Device, model.Type).flatten())]);
        Names = [.. tensors.Select(t => t.Key)];
        Leaves = [.. tensors.Select((t, i) => Leaf(t.Value, _counts.Take(i).Sum()))];
        _optimiser =
            options.Optimiser == OptimiserKind.Sgd ? new Sgd(_flat, options.Rate, momentum) : new AdamW(_flat, options.Rate);
    }

    /// <summary>adapter or head.</summary>
    public string Name { get; }

    public string[] Names { get; }

    /// <summary>In the order of <see cref="Names"/>; each requires a gradient.</summary>
    public Tensor[] Leaves { get; }

    /// <summary>The gradients as one vector.</summary>
    public static Tensor Flatten(IEnumerable<Tensor> gradients) => cat([.. gradients.Select(g => g.flatten())]);

    /// <summary>A flat gradient as one view a parameter: changing a view changes the vector.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Split(Tensor gradient)
    {
        var at = 0L;
        for (var i = 0; i < Names.Length; i++)
        {
            yield return new(Names[i], gradient.narrow(0, at, _counts[i]).view(Leaves[i].shape));
            at += _counts[i];
        }
    }

    /// <summary>Clips and steps; the gradient is used up. False, and nothing moved, when the gradient is not finite.</summary>
    public bool Step(Tensor gradient)
    {
        var norm = gradient.norm().ToDouble();
        if (!double.IsFinite(norm))
        {
            return false;
        }

        if (_clip > 0 && norm > _clip)
        {
            gradient.mul_(_clip / norm);
        }

        _optimiser.Step(gradient);
        return true;
    }

    /// <summary>The parameters as they are now, float32.</summary>
    public IEnumerable<KeyValuePair<string, TensorValue>> Export()
    {
        using var scope = NewDisposeScope();
        var plain = _flat.to(ScalarType.Float32);
        return [.. Split(plain).Select(t => new KeyValuePair<string, TensorValue>(t.Key, t.Value.ToValue()))];
    }

    private Tensor Leaf(TensorValue value, long at)
    {
        var leaf = _flat.narrow(0, at, value.Count).view(value.Shape.ToArray()).detach();
        leaf.requires_grad_(true);
        return leaf;
    }
}
