using ActorFed.Actors.Wire;
using ActorFed.Training.Encoding;
using Google.Protobuf;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Transfer.Wire;

/// <summary>The wire forms of <see cref="TransferProtocol"/>.</summary>
internal static class TransferCodecs
{
    public static IEnumerable<Codec> All =>
        [
            new Codec<Pull, PullWire>(
                "transfer.pull.1",
                PullWire.Parser,
                m =>
                    new()
                    {
                        Blob = To(m.Blob),
                        From = m.From,
                        Length = m.Length,
                    },
                From
            ),
            new Codec<Chunk, ChunkWire>(
                "transfer.chunk.1",
                ChunkWire.Parser,
                m =>
                    new()
                    {
                        Blob = To(m.Blob),
                        From = m.From,
                        Total = m.Total,
                        Bytes = UnsafeByteOperations.UnsafeWrap(m.Bytes), // blobs never change: one copy less of every tensor
                        Checksum = m.Checksum,
                    },
                From
            ),
            new Codec<BlobAbsent, BlobAbsentWire>(
                "transfer.blob-absent.1",
                BlobAbsentWire.Parser,
                m => new() { Blob = To(m.Blob) },
                w => new(Blob(w.Blob))
            ),
        ];

    private static Pull From(PullWire w) =>
        w.From >= 0 && w.Length is > 0 and <= LongestPull
            ? new(Blob(w.Blob), w.From, w.Length)
            : throw new ArgumentException($"{w.Length} bytes from {w.From}: 1 to {LongestPull} from 0 or later can be pulled.");

    private static Chunk From(ChunkWire w) =>
        w.From >= 0 && w.Bytes.Length <= ChunkBytes && w.From <= w.Total - w.Bytes.Length
            ? new(Blob(w.Blob), w.From, w.Total, w.Bytes.Memory, w.Checksum)
            : throw new ArgumentException(
                $"{w.Bytes.Length} bytes from {w.From} of {w.Total}: a chunk has {ChunkBytes} at most and lies inside its blob."
            );

    private static ByteString To(BlobId id) => ByteString.CopyFrom(Convert.FromHexString(id.Hex));

    private static BlobId Blob(ByteString bytes) => new(Convert.ToHexStringLower(bytes.Span));
}
