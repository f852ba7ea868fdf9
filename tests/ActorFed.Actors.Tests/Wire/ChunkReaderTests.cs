using ActorFed.Actors.Transfer.Wire;
using ActorFed.Training.Encoding;
using Google.Protobuf;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Tests.Wire;

/// <summary>Chunks are read by a reader of our own; the generated parser of the same message is the oracle.</summary>
public sealed class ChunkReaderTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];

    [Fact]
    public void What_a_chunk_carries_is_not_copied()
    {
        var bytes = Honest();
        var chunk = ChunkReader.Read(bytes);
        bytes[Array.IndexOf(bytes, (byte)199)] ^= 0xFF; // the last byte of the content
        Assert.Equal((byte)(199 ^ 0xFF), chunk.Bytes.Span[^1]);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void It_takes_what_the_generated_parser_takes_and_reads_the_same(int seed)
    {
        var chance = new Random(seed);
        var taken = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bent = Bent(chance);
            if (Read(bent) is not { } chunk)
            {
                continue;
            }

            taken++;
            Assert.Equal(Text(ChunkWire.Parser.ParseFrom(bent)), Text(chunk));
        }

        Assert.InRange(taken, 100, 19_900); // both sides of the fence were tried
    }

    [Fact]
    public void A_field_that_is_not_known_is_skipped()
    {
        byte[] later =
        [
            0xFA,
            0x3F,
            0x02,
            0x68,
            0x69,
            0xF8,
            0x3F,
            0x80,
            0x01,
            0xF9,
            0x3F,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            0xFD,
            0x3F,
            1,
            2,
            3,
            4,
        ];
        Assert.Equal(Text(ChunkReader.Read(Honest())), Text(ChunkReader.Read([.. Honest(), .. later])));
    }

    [Theory]
    [InlineData(new byte[] { 0x22, 0x05, 1 }, "The bytes end in a field of 5 bytes at 2.")]
    [InlineData(new byte[] { 0x22, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F }, "A field is too long.")]
    [InlineData(
        new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1 },
        "A number before 11 has no end."
    )]
    [InlineData(new byte[] { 0x02, 0x00 }, "A field at 1 has no number.")]
    [InlineData(new byte[] { 0x0F }, "A field at 1 is of no kind that is known.")]
    public void Broken_bytes_are_refused_with_their_place(byte[] bytes, string says) =>
        Assert.Equal(says, Assert.Throws<ArgumentException>(() => ChunkReader.Read(bytes)).Message);

    private static byte[] Honest() =>
        new ChunkWire
        {
            Blob = ByteString.CopyFrom(Convert.FromHexString(BlobId.Of(Content).Hex)),
            From = 5,
            Total = 1_000_000,
            Bytes = ByteString.CopyFrom(Content),
            Checksum = 77,
        }.ToByteArray();

    private static byte[] Bent(Random chance)
    {
        var honest = Honest();
        var bent = honest[..(chance.Next(3) == 0 ? chance.Next(honest.Length) : honest.Length)];
        for (var flips = chance.Next(3); flips > 0 && bent.Length > 0; flips--)
        {
            bent[chance.Next(bent.Length)] ^= (byte)(1 << chance.Next(8));
        }

        return bent;
    }

    private static Chunk? Read(byte[] bytes)
    {
        try
        {
            return ChunkReader.Read(bytes);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Text(Chunk c) => $"{c.Blob} {c.From} {c.Total} {Convert.ToHexString(c.Bytes.Span)} {c.Checksum}";

    private static string Text(ChunkWire w) =>
        $"{Convert.ToHexStringLower(w.Blob.Span)} {w.From} {w.Total} {Convert.ToHexString(w.Bytes.Span)} {w.Checksum}";
}
