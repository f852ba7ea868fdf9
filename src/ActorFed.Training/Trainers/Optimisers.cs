using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Training.Trainers;

/// <summary>Moves one flat vector of parameters by its gradient.</summary>
/// <remarks>
/// Ours on values rather than torch's on Tensor.grad: methods must see and correct gradients (SCAFFOLD, importance), which TorchSharp
/// exposes differently from version to version. A test holds both against torch's own optimisers.
/// </remarks>
internal interface IOptimiser
{
    /// <summary>One step; may use up the gradient.</summary>
    void Step(Tensor gradient);
}

/// <summary>
/// AdamW without weight decay: m ← β₁ m + (1 - β₁) g, v ← β₂ v + (1 - β₂) g², θ ← θ - η m̂ / (√v̂ + ε) with m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ).
/// </summary>
/// <remarks>β = (0.9, 0.999), ε = 1e-8. Source: Kingma and Ba 2015; Loshchilov and Hutter 2019.</remarks>
internal sealed class AdamW(Tensor parameters, double rate) : IOptimiser
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly Tensor _m = zeros_like(parameters);
    private readonly Tensor _v = zeros_like(parameters);
    private int _step;

    public void Step(Tensor gradient)
    {
        _step++;
        _m.mul_(Beta1).add_(gradient, 1 - Beta1);
        _v.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        var root = _v.sqrt().mul_(1 / Math.Sqrt(1 - Math.Pow(Beta2, _step))).add_(Epsilon);
        parameters.addcdiv_(_m, root, -rate / (1 - Math.Pow(Beta1, _step)));
    }
}

/// <summary>u ← μ u + g, θ ← θ - η u; u = g at the first step, as torch has it.</summary>
internal sealed class Sgd(Tensor parameters, double rate, double momentum) : IOptimiser
{
    private readonly Tensor? _u = momentum > 0 ? zeros_like(parameters) : null;

    public void Step(Tensor gradient)
    {
        var direction = _u is null ? gradient : _u.mul_(momentum).add_(gradient);
        parameters.add_(direction, -rate);
    }
}
