using ActorFed.Training.Chance;
using ActorFed.Training.Encoding;
using FsCheck;
using FsCheck.Fluent;

namespace ActorFed.Training.Tests.Encoding;

public sealed class BlockQuantiserTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    public void A_value_comes_back_within_half_a_step_of_its_block(int bits) =>
        Prop.ForAll<int, byte, byte>(
                (seed, count, block) =>
                {
                    var chance = new SeededRandom(seed);
                    var values = Enumerable.Range(0, count).Select(_ => (float)chance.NextNormal(0, 3)).ToArray();
                    var size = 1 + (block % 70);
                    var (back, scales) = Round(values, bits, size);
                    return values
                        .Zip(back)
                        .Select((p, i) => Math.Abs(p.First - p.Second) <= 0.501 * scales[i / size])
                        .All(near => near);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithReplay(2026, 77));

    [Theory]
    [InlineData(8, 127)]
    [InlineData(4, 7)]
    public void The_ends_of_the_range_and_zero_are_exact(int bits, int most)
    {
        float[] values = [-most, most, 0, 1, -1, most - 1, 0, 0, 0];
        Assert.Equal(values, Round(values, bits, 7).Values); // the second block is of zeros
    }

    private static (float[] Values, float[] Scales) Round(float[] values, int bits, int block)
    {
        var codes = new byte[BlockQuantiser.CodeBytes(values.Length, bits)];
        var scales = new float[BlockQuantiser.Blocks(values.Length, block)];
        BlockQuantiser.Encode(values, bits, block, codes, scales);
        var back = new float[values.Length];
        BlockQuantiser.Decode(codes, scales, bits, block, back);
        return (back, scales);
    }
}
