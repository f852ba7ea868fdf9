using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Training.Lora;

/// <summary>Delta(x) = Σ_i x A_iᵀ C_iᵀ B_iᵀ for h heads with square cores C_i: never builds B_i C_i A_i.</summary>
/// <remarks>Cost h r (in + out + r) multiply-adds a row. One head is Fed-SB's B R A, several are Ravan's B_i (s_i H_i) A_i.</remarks>
/// <param name="a">The A_i one below the other, [h r, in].</param>
/// <param name="b">The B_i side by side, [out, h r].</param>
/// <param name="cores">The C_i, each [r, r], in the order of the heads.</param>
public sealed class HeadsDelta(torch.Tensor a, torch.Tensor b, IReadOnlyList<torch.Tensor> cores) : IMapDelta
{
    private readonly torch.Tensor _cores = torch.stack(cores).transpose(1, 2); // [h, r in, r out]

    /// <inheritdoc />
    public torch.Tensor AddTo(torch.Tensor y, torch.Tensor x)
    {
        var (rows, heads, rank) = (x.shape[0], _cores.shape[0], _cores.shape[1]);
        var u = x.mm(a.t()).view(rows, heads, rank).transpose(0, 1); // [h, rows, r]
        var v = u.bmm(_cores).transpose(0, 1).reshape(rows, heads * rank);
        return torch.addmm(y, v, b.t(), beta: 1, alpha: 1);
    }
}
