using ActorFed.Training.Encoding;

namespace ActorFed.Training.Lora;

/// <summary>One map's adapter as factors: W = W0 + Scale · B A. What PEFT can express.</summary>
/// <param name="Map">The map's name.</param>
/// <param name="A">[rank, in], F32.</param>
/// <param name="B">[out, rank], F32.</param>
/// <param name="Scale">alpha / rank.</param>
public sealed record LoraPair(string Map, TensorValue A, TensorValue B, double Scale)
{
    /// <summary>Rows of A.</summary>
    public int Rank => (int)A.Shape[0];

    /// <summary>Scale · B A as a dense [out, in] matrix, summed in float64: for merging and as the oracle of tests.</summary>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public TensorValue Merge()
    {
        if (A.Shape.Length != 2 || B.Shape.Length != 2 || B.Shape[1] != A.Shape[0])
        {
            throw new ArgumentException($"{Map}: A is {A} and B is {B}; [rank, in] and [out, rank] were expected.");
        }

        var (rank, from, to) = (Rank, (int)A.Shape[1], (int)B.Shape[0]);
        var a = A.Floats;
        var b = B.Floats;
        var merged = new float[to * from];
        var row = new double[from];
        for (var o = 0; o < to; o++)
        {
            Array.Clear(row);
            for (var r = 0; r < rank; r++)
            {
                var weight = Scale * b[(o * rank) + r];
                for (var i = 0; i < from; i++)
                {
                    row[i] += weight * a[(r * from) + i];
                }
            }

            for (var i = 0; i < from; i++)
            {
                merged[(o * from) + i] = (float)row[i];
            }
        }

        return TensorValue.Of(merged, to, from);
    }

    /// <summary>The pairs among these tensors, by the names of <see cref="LoraNames"/>.</summary>
    /// <exception cref="KeyNotFoundException">An A without its B.</exception>
    public static IReadOnlyList<LoraPair> Of(TensorSet tensors, double scale) =>
        [
            .. tensors
                .Keys.Select(LoraNames.MapOfA)
                .OfType<string>()
                .Select(map => new LoraPair(map, tensors[LoraNames.A(map)], tensors[LoraNames.B(map)], scale)),
        ];
}
