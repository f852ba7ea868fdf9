using ActorFed.Training.Encoding;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Training.Models;

/// <summary>One frozen weight that serves one map, or several side by side (fused q, k, v): one addmm for all of them.</summary>
internal sealed class FrozenLinear
{
    private readonly Tensor _weight; // [in, sum of outs]: the layout of x W
    private readonly Tensor _bias; // [sum of outs]
    private readonly LinearMap[] _maps;

    public FrozenLinear(FrozenTensors weights, string path, params LinearMap[] maps)
    {
        var outs = maps.Sum(m => m.Out);
        _maps = maps;
        _weight = weights.Take($"{path}.weight", maps[0].In, outs);
        _bias = weights.Take($"{path}.bias", outs);
    }

    /// <summary>The output of the only map.</summary>
    public Tensor Apply(Tensor x, ModelOverlay overlay) => overlay.Apply(_maps[0].Name, Frozen(x), x);

    /// <summary>The outputs of all maps, in their order.</summary>
    public Tensor[] ApplyAll(Tensor x, ModelOverlay overlay)
    {
        var y = Frozen(x);
        var parts = new Tensor[_maps.Length];
        var at = 0L;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = overlay.Apply(_maps[i].Name, y.narrow(1, at, _maps[i].Out), x);
            at += _maps[i].Out;
        }

        return parts;
    }

    private Tensor Frozen(Tensor x) => addmm(_bias, x, _weight, beta: 1, alpha: 1);
}
