using System.Numerics.Tensors;

namespace ActorFed.Training.Aggregation;

/// <summary>G = L Lᵀ for a symmetric positive definite G in float64.</summary>
/// <remarks>Ours rather than LAPACK's: the server's answer then does not depend on which BLAS its machine has. Cost size³/3, 45 M for 513.</remarks>
internal static class Cholesky
{
    /// <summary>Writes L into the lower triangle; what is above the diagonal is left as it was.</summary>
    /// <exception cref="InvalidDataException">The matrix is not positive definite.</exception>
    public static void Factor(Span<double> matrix, int size)
    {
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var inner = TensorPrimitives.Dot<double>(matrix.Slice(i * size, j), matrix.Slice(j * size, j));
                var rest = matrix[(i * size) + j] - inner;
                if (i == j && rest is not (> 0 and < double.PositiveInfinity))
                {
                    throw new InvalidDataException(
                        $"Row {i} of the equations depends on those before it: raise head-ridge.lambda."
                    );
                }

                matrix[(i * size) + j] = i == j ? Math.Sqrt(rest) : rest / matrix[(j * size) + j];
            }
        }
    }

    /// <summary>Solves L Lᵀ x = b in place.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int size, Span<double> b)
    {
        for (var i = 0; i < size; i++)
        {
            b[i] = (b[i] - TensorPrimitives.Dot(factor.Slice(i * size, i), b[..i])) / factor[(i * size) + i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < size; j++)
            {
                b[i] -= factor[(j * size) + i] * b[j];
            }

            b[i] /= factor[(i * size) + i];
        }
    }
}
