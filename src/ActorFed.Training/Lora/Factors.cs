using ActorFed.Training.Encoding;

namespace ActorFed.Training.Lora;

/// <summary>Cuts, pads and stacks low-rank factors as values: A is [rank, in], B is [out, rank], both F32.</summary>
internal static class Factors
{
    /// <summary>The first rows of A.</summary>
    public static TensorValue FirstRows(TensorValue a, int count) => Rows(a, [.. Enumerable.Range(0, count)]);

    /// <summary>The first columns of B.</summary>
    public static TensorValue FirstColumns(TensorValue b, int count) => Columns(b, [.. Enumerable.Range(0, count)]);

    /// <summary>The named rows of A, in the order named.</summary>
    public static TensorValue Rows(TensorValue a, IReadOnlyList<int> rows)
    {
        var width = (int)a.Shape[1];
        var picked = new float[rows.Count * width];
        for (var i = 0; i < rows.Count; i++)
        {
            a.Floats.Slice(rows[i] * width, width).CopyTo(picked.AsSpan(i * width));
        }

        return Taken(picked, rows.Count, width);
    }

    /// <summary>The named columns of B, in the order named.</summary>
    public static TensorValue Columns(TensorValue b, IReadOnlyList<int> columns)
    {
        var (height, width) = ((int)b.Shape[0], (int)b.Shape[1]);
        var picked = new float[height * columns.Count];
        for (var row = 0; row < height; row++)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                picked[(row * columns.Count) + i] = b.Floats[(row * width) + columns[i]];
            }
        }

        return Taken(picked, height, columns.Count);
    }

    /// <summary>A with rows of zeros below.</summary>
    public static TensorValue PadRows(TensorValue a, int count) =>
        StackRows([a, TensorValue.Zeros(count - a.Shape[0], a.Shape[1])]);

    /// <summary>B with columns of zeros on the right.</summary>
    public static TensorValue PadColumns(TensorValue b, int count) =>
        StackColumns([b, TensorValue.Zeros(b.Shape[0], count - b.Shape[1])]);

    /// <summary>One below the other.</summary>
    public static TensorValue StackRows(IReadOnlyList<TensorValue> parts)
    {
        var stacked = new float[parts.Sum(p => p.Count)];
        var at = 0;
        foreach (var part in parts)
        {
            part.Floats.CopyTo(stacked.AsSpan(at));
            at += (int)part.Count;
        }

        return Taken(stacked, parts.Sum(p => p.Shape[0]), parts[0].Shape[1]);
    }

    /// <summary>One beside the other.</summary>
    public static TensorValue StackColumns(IReadOnlyList<TensorValue> parts)
    {
        var (height, width) = ((int)parts[0].Shape[0], (int)parts.Sum(p => p.Shape[1]));
        var stacked = new float[height * width];
        for (var row = 0; row < height; row++)
        {
            var at = row * width;
            foreach (var part in parts)
            {
                var own = (int)part.Shape[1];
                part.Floats.Slice(row * own, own).CopyTo(stacked.AsSpan(at));
                at += own;
            }
        }

        return Taken(stacked, height, width);
    }

    /// <summary>Every number times <paramref name="factor"/>.</summary>
    public static TensorValue Scaled(TensorValue value, double factor)
    {
        if (factor == 1)
        {
            return value;
        }

        var scaled = value.Floats.ToArray();
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = (float)(scaled[i] * factor);
        }

        return TensorValue.Of(scaled, value.Shape.AsSpan());
    }

    /// <summary>The sum of the squares of all numbers, in float64.</summary>
    public static double SquareSum(TensorValue value)
    {
        var sum = 0.0;
        foreach (var v in value.Floats)
        {
            sum += (double)v * v;
        }

        return sum;
    }

    /// <summary>||B A||_F without the product: ||B A||² = Σ (Bᵀ B) ∘ (A Aᵀ), both rank x rank. Cost rank² (in + out), in float64.</summary>
    public static double ProductNorm(TensorValue b, TensorValue a)
    {
        var (rank, width, height) = ((int)a.Shape[0], (int)a.Shape[1], (int)b.Shape[0]);
        var rows = a.Floats;
        var columns = b.Floats;
        var sum = 0.0;
        for (var i = 0; i < rank; i++)
        {
            for (var j = i; j < rank; j++)
            {
                var (inner, outer) = (0.0, 0.0);
                for (var k = 0; k < width; k++)
                {
                    inner += (double)rows[(i * width) + k] * rows[(j * width) + k];
                }

                for (var k = 0; k < height; k++)
                {
                    outer += (double)columns[(k * rank) + i] * columns[(k * rank) + j];
                }

                sum += (i == j ? 1 : 2) * inner * outer;
            }
        }

        return Math.Sqrt(Math.Max(sum, 0)); // rounding may leave -1e-30 of a zero
    }

    private static TensorValue Taken(float[] values, long rows, long columns) => TensorValue.Of(values, rows, columns);
}
