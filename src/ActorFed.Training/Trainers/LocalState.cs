using ActorFed.Training.Encoding;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Training.Trainers;

/// <summary>The tensors of one training on the device: frozen ones, and trained ones in two groups, adapter and head.</summary>
internal sealed class LocalState
{
    private readonly ParameterGroup[] _groups;

    public LocalState(IBaseModel model, LocalStart start, TrainerOptions options)
    {
        ThrowUnlessKnown(start);
        var trained = start.Tensors.Where(start.Trained.Contains);
        _groups =
        [
            .. new[]
            {
                (Name: "adapter", Tensors: trained.Where(n => !TensorSet.IsHead(n)), Options: options.Adapter),
                (Name: "head", Tensors: trained.Where(TensorSet.IsHead), Options: options.Head),
            }
                .Where(g => g.Tensors.Count > 0)
                .Select(g => new ParameterGroup(g.Name, [.. g.Tensors], model, g.Options, options.Momentum)),
        ];
        var tensors = Constants(start.Tensors.Where(n => !start.Trained.Contains(n)), model);
        foreach (var (name, leaf) in _groups.SelectMany(g => g.Names.Zip(g.Leaves)))
        {
            tensors.Add(name, leaf);
        }

        Tensors = tensors;
        Leaves = [.. _groups.SelectMany(g => g.Leaves)];
    }

    /// <summary>All of them by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>The trained ones: adapter first, then head, each by name.</summary>
    public Tensor[] Leaves { get; }

    /// <summary>Values as tensors on the device, without a gradient; scores and indices (meta.*) stay behind.</summary>
    public static Dictionary<string, Tensor> Constants(TensorSet values, IBaseModel model) =>
        values
            .Where(v => !v.Key.StartsWith(TensorSet.MetaPrefix, StringComparison.Ordinal))
            .ToDictionary(v => v.Key, v => v.Value.ToTorch(model.Device, model.Type), StringComparer.Ordinal);

    /// <summary>One step of all groups. The name of a group whose gradient is not finite, or null.</summary>
    public string? Step(IReadOnlyList<Tensor> gradients, ILocalObjective objective, int step)
    {
        var flat = Flattened(gradients);
        objective.Observe(step, Tensors, Named(flat));
        return _groups.Zip(flat).FirstOrDefault(g => !g.First.Step(g.Second)).First?.Name;
    }

    /// <summary>The trained tensors, float32.</summary>
    public TensorSet Export() => TensorSet.Of(_groups.SelectMany(g => g.Export()));

    private List<Tensor> Flattened(IReadOnlyList<Tensor> gradients)
    {
        var at = 0;
        var flat = new List<Tensor>(_groups.Length);
        foreach (var group in _groups)
        {
            flat.Add(ParameterGroup.Flatten(gradients.Skip(at).Take(group.Leaves.Length)));
            at += group.Leaves.Length;
        }

        return flat;
    }

    private Dictionary<string, Tensor> Named(List<Tensor> flat) =>
        _groups.Zip(flat).SelectMany(g => g.First.Split(g.Second)).ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal);

    private static void ThrowUnlessKnown(LocalStart start)
    {
        var unknown = start.Trained.Where(n => !start.Tensors.ContainsKey(n)).ToList();
        if (unknown.Count > 0 || start.Trained.IsEmpty)
        {
            throw new ArgumentException(
                unknown.Count > 0
                    ? $"The plan trains tensors that were not sent: {string.Join(", ", unknown)}."
                    : "The plan trains nothing: head.train is off and the method has no adapter."
            );
        }
    }
}
