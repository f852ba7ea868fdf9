using System.Numerics;
using System.Text;
using ActorFed.Actors.Transfer;

namespace ActorFed.Actors.Tests.Transfer;

public sealed class Crc32CTests
{
    [Fact]
    public void It_is_the_crc_of_RFC_3720() // its appendix B.4
    {
        Assert.Equal(0xE3069283u, Crc32C.Of(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0u, Crc32C.Of([]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12_287)]
    [InlineData(12_288)] // three lanes
    [InlineData(12_289)]
    [InlineData(131_072)]
    [InlineData(200_003)]
    public void Lanes_change_nothing(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);

        Assert.Equal(ByteByByte(bytes), Crc32C.Of(bytes));
    }

    [Fact]
    public void A_bit_that_flips_anywhere_is_seen()
    {
        var bytes = new byte[40_000];
        var whole = Crc32C.Of(bytes);
        for (var i = 0; i < bytes.Length; i += 997)
        {
            bytes[i] ^= 0x10;
            Assert.NotEqual(whole, Crc32C.Of(bytes));
            bytes[i] ^= 0x10;
        }
    }

    private static uint ByteByByte(byte[] bytes) => ~bytes.Aggregate(uint.MaxValue, BitOperations.Crc32C);
}
