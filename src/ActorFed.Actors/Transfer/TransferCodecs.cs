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
            new ChunkCodec(
                "transfer.chunk.1",
                m =>
                    new()
                    {
                        Blob = To(m.Blob),
                        From = m.From,
                        Total = m.Total,
                        Bytes = UnsafeByteOperations.UnsafeWrap(m.Bytes), // blobs never change: one copy less of every tensor
                        Checksum = m.Checksum,
                    }
            ),
            new Codec<AskPacked, AskPackedWire>(
                "transfer.ask-packed.1",
                AskPackedWire.Parser,
                m => new() { Blob = To(m.Blob), Bases = { m.Bases.Select(To) } },
                From
            ),
            new Codec<PackedForm, PackedFormWire>(
                "transfer.packed-form.1",
                PackedFormWire.Parser,
                m =>
                    new()
                    {
                        Blob = To(m.Blob),
                        Form = ToOrEmpty(m.Form),
                        Base = ToOrEmpty(m.Base),
                    },
                w => new(Blob(w.Blob), BlobOrNull(w.Form), BlobOrNull(w.Base))
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

    /// <summary>The chunk, if it has values that a chunk can have.</summary>
    /// <exception cref="ArgumentException">It has not.</exception>
    public static Chunk Checked(Chunk m) =>
        m.From >= 0 && m.Bytes.Length <= ChunkBytes && m.From <= m.Total - m.Bytes.Length
            ? m
            : throw new ArgumentException(
                $"{m.Bytes.Length} bytes from {m.From} of {m.Total}: a chunk has {ChunkBytes} at most and lies inside its blob."
            );

    /// <summary>Written as all others are, read without a copy of what it carries.</summary>
    private sealed record ChunkCodec(string Manifest, Func<Chunk, ChunkWire> To) : Codec(Manifest, typeof(Chunk))
    {
        public override byte[] Write(object message)
        {
            var wire = To((Chunk)message);
            var bytes = GC.AllocateUninitializedArray<byte>(wire.CalculateSize());
            wire.WriteTo(bytes.AsSpan());
            return bytes;
        }

        public override object Read(byte[] bytes) => ChunkReader.Read(bytes);
    }

    private static AskPacked From(AskPackedWire w) =>
        w.Bases.Count <= AskPacked.MostBases
            ? new(Blob(w.Blob), [.. w.Bases.Select(Blob)])
            : throw new ArgumentException($"{w.Bases.Count} bases are named; {AskPacked.MostBases} can be.");

    private static ByteString ToOrEmpty(BlobId? id) => id is { } known ? To(known) : ByteString.Empty;

    private static BlobId? BlobOrNull(ByteString bytes) => bytes.IsEmpty ? null : Blob(bytes);

    private static ByteString To(BlobId id) => ByteString.CopyFrom(Convert.FromHexString(id.Hex));

    private static BlobId Blob(ByteString bytes) => new(Convert.ToHexStringLower(bytes.Span));
}
