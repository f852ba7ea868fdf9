namespace ActorFed.Training.Encoding;

/// <summary>Blocks of a vector as whole numbers of 8 or 4 bits times a scale of their own: x ≈ scale · q, |q| ≤ 2^(bits-1) - 1.</summary>
/// <remarks>
/// scale = max |x| / (2^(bits-1) - 1) over the block, q rounded to the nearest (ties to even): the error is at most scale / 2. Two 4-bit
/// numbers share a byte, the first in its lower half. A block of zeros has the scale 0.
/// </remarks>
internal static class BlockQuantiser
{
    /// <summary>Bytes of the codes of so many numbers.</summary>
    public static int CodeBytes(int count, int bits) => bits == 8 ? count : (count + 1) / 2;

    /// <summary>Blocks, and so scales, of so many numbers.</summary>
    public static int Blocks(int count, int block) => (count + block - 1) / block;

    /// <summary>Writes codes and scales of the values.</summary>
    public static void Encode(ReadOnlySpan<float> values, int bits, int block, Span<byte> codes, Span<float> scales)
    {
        var most = (1 << (bits - 1)) - 1;
        codes.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            if (i % block == 0)
            {
                var part = values.Slice(i, Math.Min(block, values.Length - i));
                scales[i / block] = Math.Abs(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude(part)) / most;
            }

            var scale = scales[i / block];
            var code = scale > 0 ? (int)Math.Clamp(Math.Round(values[i] / (double)scale), -most, most) : 0;
            if (bits == 8)
            {
                codes[i] = (byte)(sbyte)code;
            }
            else
            {
                codes[i / 2] |= (byte)((code & 15) << (4 * (i % 2)));
            }
        }
    }

    /// <summary>The values that codes and scales stand for.</summary>
    public static void Decode(ReadOnlySpan<byte> codes, ReadOnlySpan<float> scales, int bits, int block, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            // A shift up and an arithmetic shift down: the sign of the half byte becomes the sign of the number.
            var code = bits == 8 ? (sbyte)codes[i] : (sbyte)((codes[i / 2] >> (4 * (i % 2))) << 4) >> 4;
            values[i] = code * scales[i / block];
        }
    }
}
