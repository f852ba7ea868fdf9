using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Training.Lora;

/// <summary>Delta(x) = scale · x Aᵀ Bᵀ: never builds B A. Cost rank (in + out) multiply-adds a row.</summary>
/// <param name="a">[rank, in].</param>
/// <param name="b">[out, rank].</param>
/// <param name="scale">alpha / rank.</param>
public sealed class LowRankDelta(torch.Tensor a, torch.Tensor b, double scale) : IMapDelta
{
    /// <inheritdoc />
    public torch.Tensor AddTo(torch.Tensor y, torch.Tensor x) => torch.addmm(y, x.mm(a.t()), b.t(), beta: 1, alpha: (float)scale);
}

/// <summary>Delta(x) = x Wᵀ for a whole matrix [out, in]: merged adapters and dense residuals.</summary>
public sealed class DenseDelta(torch.Tensor weight) : IMapDelta
{
    /// <inheritdoc />
    public torch.Tensor AddTo(torch.Tensor y, torch.Tensor x) => torch.addmm(y, x, weight.t(), beta: 1, alpha: 1);
}

/// <summary>Delta(x) = x Wᵀ + b: a whole linear map.</summary>
/// <param name="weight">[out, in].</param>
/// <param name="bias">[out].</param>
public sealed class AffineDelta(torch.Tensor weight, torch.Tensor bias) : IMapDelta
{
    /// <inheritdoc />
    public torch.Tensor AddTo(torch.Tensor y, torch.Tensor x) => torch.addmm(y, x, weight.t(), beta: 1, alpha: 1).add(bias);
}

/// <summary>Delta(x) = normalised(x) ⊙ w + b: changes of a layer norm's gain and shift.</summary>
/// <param name="weight">[width].</param>
/// <param name="bias">[width].</param>
/// <param name="epsilon">The norm's own.</param>
public sealed class NormDelta(torch.Tensor weight, torch.Tensor bias, double epsilon) : IMapDelta
{
    /// <inheritdoc />
    public torch.Tensor AddTo(torch.Tensor y, torch.Tensor x) =>
        y.add(torch.nn.functional.layer_norm(x, [x.shape[1]], weight: weight, bias: bias, eps: epsilon));
}

/// <summary>Several deltas of one map, one after the other: stacked pairs, a frozen part beside a trained one.</summary>
public sealed class SumDelta(params IReadOnlyList<IMapDelta> parts) : IMapDelta
{
    /// <inheritdoc />
    public torch.Tensor AddTo(torch.Tensor y, torch.Tensor x) => parts.Aggregate(y, (sum, part) => part.AddTo(sum, x));
}
