using ActorFed.Training.Chance;
using ActorFed.Training.Encoding;

namespace ActorFed.Training.Lora;

/// <summary>Random matrices for frozen bases, drawn and computed in float64 by an explicit generator.</summary>
public static class RandomBases
{
    /// <summary>Rows × columns of N(0, sigma²), row-major.</summary>
    public static double[] Normal(SeededRandom chance, int rows, int columns, double sigma)
    {
        ArgumentNullException.ThrowIfNull(chance);
        var values = new double[rows * columns];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = chance.NextNormal(0, sigma);
        }

        return values;
    }

    /// <summary>Orthonormal rows: a normal draw through Gram-Schmidt, each row made orthogonal twice ("twice is enough").</summary>
    /// <exception cref="ArgumentException">More rows than columns.</exception>
    public static double[] Orthonormal(SeededRandom chance, int rows, int columns)
    {
        if (rows > columns)
        {
            throw new ArgumentException($"{rows} orthonormal vectors do not fit into {columns} dimensions.");
        }

        var values = Normal(chance, rows, columns, 1);
        for (var r = 0; r < rows; r++)
        {
            var row = values.AsSpan(r * columns, columns);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var earlier = 0; earlier < r; earlier++)
                {
                    var other = values.AsSpan(earlier * columns, columns);
                    Add(row, other, -Dot(row, other));
                }
            }

            Scale(row, 1 / Math.Sqrt(Dot(row, row)));
        }

        return values;
    }

    /// <summary>The product of [rows, inner] and [inner, columns].</summary>
    public static double[] Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int rows, int inner, int columns)
    {
        var product = new double[rows * columns];
        for (var r = 0; r < rows; r++)
        {
            for (var k = 0; k < inner; k++)
            {
                Add(product.AsSpan(r * columns, columns), right.Slice(k * columns, columns), left[(r * inner) + k]);
            }
        }

        return product;
    }

    /// <summary>As a float32 tensor of [rows, columns].</summary>
    public static TensorValue ToValue(ReadOnlySpan<double> values, int rows, int columns)
    {
        var floats = new float[values.Length];
        for (var i = 0; i < floats.Length; i++)
        {
            floats[i] = (float)values[i];
        }

        return TensorValue.Of(floats, rows, columns);
    }

    /// <summary>The transpose of [rows, columns].</summary>
    public static double[] Transpose(ReadOnlySpan<double> values, int rows, int columns)
    {
        var turned = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            turned[(i % columns * rows) + (i / columns)] = values[i];
        }

        return turned;
    }

    // Plain loops: their order of summation is the same on every machine, which the hash of the bases asks for.
    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static void Add(Span<double> to, ReadOnlySpan<double> what, double times)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += times * what[i];
        }
    }

    private static void Scale(Span<double> values, double times)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= times;
        }
    }
}
