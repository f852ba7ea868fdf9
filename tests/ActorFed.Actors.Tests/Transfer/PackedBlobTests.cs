using System.Runtime.InteropServices;
using ActorFed.Actors.Transfer;

namespace ActorFed.Actors.Tests.Transfer;

public sealed class PackedBlobTests
{
    private const long Largest = 1 << 24;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(4097)]
    [InlineData(400_003)]
    public void Any_bytes_come_back_with_a_base_and_without(int length)
    {
        var (whole, basis) = (Noise(length, 1), Noise(length, 2));
        Assert.Equal(whole, PackedBlob.Unpack(PackedBlob.Pack(whole, []), [], Largest));
        Assert.Equal(whole, PackedBlob.Unpack(PackedBlob.Pack(whole, basis), basis, Largest));
    }

    [Fact]
    public void Every_kind_of_number_comes_back_from_a_base_of_every_kind()
    {
        float[] kinds =
        [
            0f,
            -0f,
            1f,
            -1f,
            float.Epsilon,
            -float.Epsilon,
            float.MaxValue,
            float.MinValue,
            float.NaN,
            float.PositiveInfinity,
            float.NegativeInfinity,
            BitConverter.Int32BitsToSingle(-1),
            BitConverter.Int32BitsToSingle(int.MaxValue),
        ];
        var whole = Bytes([.. kinds.SelectMany(_ => kinds)]);
        var basis = Bytes([.. kinds.SelectMany(k => Enumerable.Repeat(k, kinds.Length))]);
        Assert.Equal(whole, PackedBlob.Unpack(PackedBlob.Pack(whole, basis), basis, Largest));
    }

    [Fact]
    public void Trained_numbers_take_less_as_they_are_and_least_as_a_small_change()
    {
        var before = Normal(50_000, seed: 1, 0.02);
        var after = before.Zip(Normal(50_000, seed: 2, 0.0002), (x, d) => x + d).ToArray();
        var whole = Bytes(after);
        var alone = PackedBlob.Pack(whole, []).Length;
        var change = PackedBlob.Pack(whole, Bytes(before)).Length;
        Assert.InRange(alone, 0, 0.9 * whole.Length);
        Assert.InRange(change, 0, 0.85 * alone);
    }

    [Fact]
    public void Noise_grows_by_next_to_nothing() => Assert.InRange(PackedBlob.Pack(Noise(100_000, 3), []).Length, 0, 100_016);

    [Fact]
    public void Zeros_of_an_untrained_factor_take_next_to_nothing() =>
        Assert.InRange(PackedBlob.Pack(new byte[1 << 20], []).Length, 0, 8 << 10);

    [Fact]
    public void A_form_that_claims_more_than_it_can_hold_is_refused_before_memory_is_taken()
    {
        byte[] claim = [1, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0]; // 2^31 - 1 bytes
        Assert.Throws<InvalidDataException>(() => PackedBlob.Unpack(claim, [], int.MaxValue));
        var form = PackedBlob.Pack(new byte[5000], []);
        Assert.Throws<InvalidDataException>(() => PackedBlob.Unpack(form, [], largest: 4999));
        Assert.Throws<InvalidDataException>(() => PackedBlob.Unpack(form, new byte[4999], Largest));
    }

    [Fact]
    public void Broken_forms_are_refused_or_give_other_bytes_and_nothing_else_happens()
    {
        var chance = new Random(11);
        var form = PackedBlob.Pack(Bytes(Normal(300, seed: 5, 1)), []);
        for (var i = 0; i < 5000; i++)
        {
            var bent = form[..chance.Next(form.Length + 1)];
            for (var flips = chance.Next(4); flips > 0 && bent.Length > 0; flips--)
            {
                bent[chance.Next(bent.Length)] ^= (byte)(1 << chance.Next(8));
            }

            try
            {
                Assert.InRange(PackedBlob.Unpack(bent, [], Largest).Length, 0, Largest);
            }
            catch (InvalidDataException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }

    private static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static float[] Normal(int count, int seed, double scale)
    {
        var chance = new Random(seed);
        double One() => Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
        return [.. Enumerable.Range(0, count).Select(_ => (float)(scale * One()))];
    }

    private static byte[] Bytes(float[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
