using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Training.Aggregation;

/// <summary>The sufficient statistics of least squares: G = X̂ᵀX̂ and M = X̂ᵀY, X̂ = [e | 1], Y one-hot.</summary>
/// <param name="Gram">Upper triangle of G by rows, F64[size (size + 1) / 2].</param>
/// <param name="Moment">M, F64[size, classes].</param>
/// <param name="Size">Embedding size + 1.</param>
/// <param name="Classes">Classes.</param>
internal sealed record RidgeSums(TensorValue Gram, TensorValue Moment, int Size, int Classes)
{
    /// <summary>The sums of one shard, in float64.</summary>
    public static (TensorValue Gram, TensorValue Moment) Of(ShardFeatures features)
    {
        using var scope = NewDisposeScope();
        var (rows, size) = (features.Labels.Length, features.Width + 1);
        var x = tensor(Augmented(features), rows, size, dtype: ScalarType.Float64);
        var y = tensor(OneHot(features), rows, features.Classes, dtype: ScalarType.Float64);
        var gram = x.t().mm(x).ToValue();
        return (Packed(gram, size), x.t().mm(y).ToValue());
    }

    /// <summary>The head of this penalty, as logits times <paramref name="scale"/>.</summary>
    /// <exception cref="InvalidDataException">The equations have no single solution: the penalty is too small for these sums.</exception>
    public TensorSet Head(double lambda, double scale)
    {
        var factor = Unpacked();
        var trace = 0.0;
        for (var i = 0; i < Size - 1; i++)
        {
            trace += factor[(i * Size) + i];
        }

        var penalty = lambda * trace / (Size - 1);
        for (var i = 0; i < Size - 1; i++)
        {
            factor[(i * Size) + i] += penalty;
        }

        Cholesky.Factor(factor, Size);
        return Split(factor, scale);
    }

    private TensorSet Split(double[] factor, double scale)
    {
        var moment = MemoryMarshal.Cast<byte, double>(Moment.Bytes.Span);
        var weight = new float[Classes * (Size - 1)];
        var bias = new float[Classes];
        var column = new double[Size];
        for (var c = 0; c < Classes; c++)
        {
            for (var i = 0; i < Size; i++)
            {
                column[i] = moment[(i * Classes) + c];
            }

            Cholesky.Solve(factor, Size, column);
            TensorPrimitives.Multiply(column, scale, column);
            TensorPrimitives.ConvertTruncating<double, float>(
                column.AsSpan(0, Size - 1),
                weight.AsSpan(c * (Size - 1), Size - 1)
            );
            bias[c] = (float)column[Size - 1];
        }

        return TensorSet.Of([
            new(TaskHead.Weight, TensorValue.Of(weight, Classes, Size - 1)),
            new(TaskHead.Bias, TensorValue.Of(bias, Classes)),
        ]);
    }

    private double[] Unpacked()
    {
        var packed = MemoryMarshal.Cast<byte, double>(Gram.Bytes.Span);
        var full = new double[Size * Size];
        var at = 0;
        for (var i = 0; i < Size; i++)
        {
            for (var j = i; j < Size; j++)
            {
                full[(i * Size) + j] = full[(j * Size) + i] = packed[at++];
            }
        }

        return full;
    }

    private static TensorValue Packed(TensorValue gram, int size)
    {
        var full = MemoryMarshal.Cast<byte, double>(gram.Bytes.Span);
        var packed = new double[size * (size + 1) / 2];
        var at = 0;
        for (var i = 0; i < size; i++)
        {
            full.Slice((i * size) + i, size - i).CopyTo(packed.AsSpan(at));
            at += size - i;
        }

        return new(ElementType.F64, [packed.Length], MemoryMarshal.AsBytes(packed.AsSpan()).ToArray());
    }

    private static double[] Augmented(ShardFeatures features)
    {
        var (rows, size) = (features.Labels.Length, features.Width + 1);
        var x = new double[rows * size];
        Array.Fill(x, 1.0);
        for (var row = 0; row < rows; row++)
        {
            TensorPrimitives.ConvertChecked(
                features.Values.Span.Slice(row * features.Width, features.Width),
                x.AsSpan(row * size, features.Width)
            );
        }

        return x;
    }

    private static double[] OneHot(ShardFeatures features)
    {
        var y = new double[features.Labels.Length * features.Classes];
        for (var row = 0; row < features.Labels.Length; row++)
        {
            y[(row * features.Classes) + features.Labels.Span[row]] = 1;
        }

        return y;
    }
}
