using ActorFed.Training.Encoding;
using ActorFed.Training.Lora;

namespace ActorFed.Training.Aggregation.Robust;

/// <summary>Squared distances between what clients sent, in float64.</summary>
/// <remarks>
/// Between factors a distance changes with B → B M, A → M⁻¹ A, which changes no model; between products it does not. ‖P - Q‖² = ‖P‖² + ‖Q‖²
/// - 2 ⟨P, Q⟩ with ⟨B A, B' A'⟩ = Σ (BᵀB') ∘ (A A'ᵀ): no product is built, ranks may differ. Cost r r' (in + out) a map and pair.
/// </remarks>
public static class UpdateDistance
{
    /// <summary>Σ (a - b)² over vectors of one length.</summary>
    public static double Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var d = (double)a[i] - b[i];
            sum += d * d;
        }

        return sum;
    }

    /// <summary>Between two uploads: products B A for the pairs of LoRA factors, the tensors themselves for the rest.</summary>
    public static double Products(TensorSet one, TensorSet other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var pairs = LoraPair.Of(one, 1).Zip(LoraPair.Of(other, 1));
        var rest = one.Keys.Where(n => !IsFactor(n) && !n.StartsWith(TensorSet.MetaPrefix, StringComparison.Ordinal));
        return pairs.Sum(p => Math.Max(0, Inner(p.First, p.First) + Inner(p.Second, p.Second) - (2 * Inner(p.First, p.Second))))
            + rest.Sum(n => Squared(one[n].Floats, other[n].Floats));
    }

    /// <summary>⟨B A, B' A'⟩ of two pairs of the same map, without their scales.</summary>
    public static double Inner(LoraPair one, LoraPair other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var width = (int)one.A.Shape[1];
        var columns = (One: Columns(one.B), Other: Columns(other.B));
        var sum = 0.0;
        for (var i = 0; i < one.Rank; i++)
        {
            for (var j = 0; j < other.Rank; j++)
            {
                var a = Dot(one.A.Floats.Slice(i * width, width), other.A.Floats.Slice(j * width, width));
                sum += a * Dot(columns.One[i], columns.Other[j]);
            }
        }

        return sum;
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }

    private static float[][] Columns(TensorValue matrix)
    {
        var (rows, width) = ((int)matrix.Shape[0], (int)matrix.Shape[1]);
        var columns = Enumerable.Range(0, width).Select(_ => new float[rows]).ToArray();
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < width; i++)
            {
                columns[i][row] = matrix.Floats[(row * width) + i];
            }
        }

        return columns;
    }

    private static bool IsFactor(string name) =>
        name.EndsWith(LoraNames.SuffixA, StringComparison.Ordinal) || name.EndsWith(LoraNames.SuffixB, StringComparison.Ordinal);
}
