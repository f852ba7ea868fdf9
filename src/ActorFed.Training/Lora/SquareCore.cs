using ActorFed.Training.Encoding;

namespace ActorFed.Training.Lora;

/// <summary>Plain arithmetic on adapters of the form B C A.</summary>
public static class SquareCore
{
    /// <summary>Σ_i B_i C_i A_i as one pair: A as it is, and the B_i C_i side by side (summed in float64).</summary>
    /// <param name="map">The map's name.</param>
    /// <param name="a">The A_i one below the other, [h r, in].</param>
    /// <param name="b">The B_i side by side, [out, h r].</param>
    /// <param name="cores">The C_i, each [r, r].</param>
    public static LoraPair Pair(string map, TensorValue a, TensorValue b, IReadOnlyList<TensorValue> cores)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(cores);
        var (rank, wide, to) = ((int)cores[0].Shape[0], (int)b.Shape[1], (int)b.Shape[0]);
        var product = new float[to * wide];
        for (var row = 0; row < to; row++)
        {
            for (var column = 0; column < wide; column++)
            {
                var core = cores[column / rank].Floats;
                var at = (row * wide) + (column / rank * rank);
                var sum = 0.0;
                for (var k = 0; k < rank; k++)
                {
                    sum += (double)b.Floats[at + k] * core[(k * rank) + (column % rank)];
                }

                product[(row * wide) + column] = (float)sum;
            }
        }

        return new(map, a, TensorValue.Of(product, to, wide), 1);
    }

    /// <exception cref="ArgumentException">A rank is 0, or exceeds the smaller side of its map: names the setting.</exception>
    internal static void ThrowUnlessFits(string setting, IEnumerable<RankedMap> ranks)
    {
        var bad = ranks.FirstOrDefault(r => r.Rank < 1 || r.Rank > Math.Min(r.Map.In, r.Map.Out));
        if (bad is not null)
        {
            throw new ArgumentException(
                $"{setting}: rank {bad.Rank} for {bad.Map.Name} [{bad.Map.Out}, {bad.Map.In}]; "
                    + "it lies from 1 to the smaller side. 0 follows lora.rank."
            );
        }
    }
}
