using ActorFed.Kernel.Torch;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam's settings of one group; AdamW differs in where the decay goes.</summary>
internal sealed record AdamSettings(double Beta1, double Beta2, double Eps, double WeightDecay, bool Amsgrad, bool Maximize);

/// <summary>Moments of one parameter. They belong to the optimiser, never to a scope.</summary>
internal sealed class AdamMoments(Parameter parameter, bool amsgrad) : IDisposable
{
    internal Parameter Parameter { get; } = parameter;

    internal Tensor First { get; } = Zeros(parameter);

    internal Tensor Second { get; } = Zeros(parameter);

    internal Tensor? Most { get; } = amsgrad ? Zeros(parameter) : null;

    internal long Steps { get; set; }

    internal static Tensor Zeros(Parameter parameter) => zeros_like(parameter).DetachFromDisposeScope();

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
        Most?.Dispose();
    }
}

/// <summary>One step of Adam (decay in the gradient) or AdamW (decay straight in the weight) over a group.</summary>
internal sealed class AdamRule(bool decoupled) : IDisposable
{
    private readonly Dictionary<Parameter, AdamMoments> _moments = new(ReferenceEqualityComparer.Instance);

    internal AdamMoments? MomentsOf(Parameter parameter) => _moments.GetValueOrDefault(parameter);

    /// <summary>A parameter without a gradient is passed over and its step is not counted, as in torch.</summary>
    internal unsafe void Step(IEnumerable<Parameter> group, double rate, AdamSettings o)
    {
        var moved = group.Where(Gradients.Has).Select(p => Moments(p, o.Amsgrad)).ToArray();
        Array.ForEach(moved, m => m.Steps++);
        using var parameters = new Handles(moved.Select(m => m.Parameter));
        using var first = new Handles(moved.Select(m => m.First));
        using var second = new Handles(moved.Select(m => m.Second));
        using var most = new Handles(moved.Select(m => m.Most));
        var steps = moved.Select(m => m.Steps).ToArray();
        var arguments = new AdamArgs(
            rate,
            o.Beta1,
            o.Beta2,
            o.Eps,
            o.WeightDecay,
            Native.Int(o.Amsgrad),
            Native.Int(o.Maximize),
            Native.Int(decoupled)
        );
        fixed (
            nint* p = parameters.Pointers,
                m = first.Pointers,
                v = second.Pointers,
                x = most.Pointers
        )
        {
            Native.Check(Native.adam_step(p, parameters.Count, m, v, x, steps, in arguments));
        }
    }

    private AdamMoments Moments(Parameter parameter, bool amsgrad)
    {
        if (!_moments.TryGetValue(parameter, out var found))
        {
            _moments[parameter] = found = new AdamMoments(parameter, amsgrad);
        }
        return found;
    }

    public void Dispose()
    {
        foreach (var moments in _moments.Values)
        {
            moments.Dispose();
        }
        _moments.Clear();
    }
}

internal static class Gradients
{
    internal static bool Has(Parameter parameter)
    {
        Native.Check(Native.has_grad(parameter.Held, out var has));
        return has != 0;
    }
}
