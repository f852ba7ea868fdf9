using ActorFed.Training.Encoding;
using ActorFed.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Training.Lora;

/// <summary>Best low-rank factors of a matrix (Eckart and Young 1936), in float64.</summary>
internal static class ProductSvd
{
    /// <summary>Singular values below this share of the largest are rounding of float32 factors, not directions.</summary>
    private const double Least = 1e-7;

    /// <summary>B' A' = the truncated SVD of B A, and never the product itself.</summary>
    /// <remarks>B = Q_B R_B and Aᵀ = Q_A R_A; U S Vᵀ = R_B R_Aᵀ is of the size of the rank; B' = Q_B U S, A' = Vᵀ Q_Aᵀ. Cost (in + out) rank².</remarks>
    /// <param name="b">[out, stacked rank].</param>
    /// <param name="a">[stacked rank, in].</param>
    /// <param name="rank">Directions kept at most; fewer come back where there are fewer.</param>
    /// <param name="even">√S on both sides; else all of S in B'.</param>
    public static (TensorValue B, TensorValue A) Of(TensorValue b, TensorValue a, int rank, bool even = false)
    {
        using var scope = NewDisposeScope();
        var (left, core1) = linalg.qr(b.ToTorch(type: ScalarType.Float64));
        var (right, core2) = linalg.qr(a.ToTorch(type: ScalarType.Float64).t());
        var (u, s, vh) = linalg.svd(core1.mm(core2.t()), fullMatrices: false);
        return Cut(left.mm(u), s, vh.mm(right.t()), rank, even);
    }

    /// <summary>Factors of a dense [out, in] matrix, as many as it has directions.</summary>
    public static (TensorValue B, TensorValue A) Of(TensorValue dense)
    {
        using var scope = NewDisposeScope();
        var (u, s, vh) = linalg.svd(dense.ToTorch(type: ScalarType.Float64), fullMatrices: false);
        return Cut(u, s, vh, int.MaxValue, even: false);
    }

    private static (TensorValue B, TensorValue A) Cut(Tensor u, Tensor s, Tensor vh, int rank, bool even)
    {
        var values = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(s.ToValue().Bytes.Span).ToArray();
        var kept = Math.Min(rank, values.Count(v => v > 0 && v > Least * values[0]));
        var weight = even ? s.sqrt() : s;
        var b = u.mul(weight).narrow(1, 0, kept);
        var a = (even ? vh.mul(weight.unsqueeze(1)) : vh).narrow(0, 0, kept);
        return (b.to(ScalarType.Float32).ToValue(), a.to(ScalarType.Float32).ToValue());
    }
}
