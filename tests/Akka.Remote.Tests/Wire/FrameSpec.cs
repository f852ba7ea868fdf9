using System.Buffers;
using Akka.Remote.Wire;
using Google.Protobuf;

namespace Akka.Remote.Tests.Wire;

/// <summary>Frames as bytes.</summary>
public sealed class FrameSpec
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(127, true)]
    [InlineData(128, false)]
    [InlineData(FrameWriter.Large - 1, true)]
    public void A_parcel_written_by_hand_is_what_protobuf_reads(int size, bool bigEndian)
    {
        var payload = new byte[size];
        new Random(size).NextBytes(payload);
        var head = new Parcel
        {
            Recipient = "akka.tcp://a@b:1/user/ü",
            Sender = "akka.tcp://c@d:2/temp/$1",
            Serializer = -5,
            Manifest = "M",
            Sequence = ulong.MaxValue,
        };
        var writer = new FrameWriter(bigEndian);

        Assert.False(writer.Write(head, payload));

        var buffer = new ReadOnlySequence<byte>(writer.Written.AsMemory());
        var limit = FrameWriter.ParcelSize(head, size);
        Assert.True(new FrameReader(limit, bigEndian).TryRead(ref buffer, out var kind, out var body));
        Assert.Equal((FrameKind.Parcel, 0L), (kind, buffer.Length));
        var whole = head.Clone();
        whole.Payload = ByteString.CopyFrom(payload);
        Assert.Equal(whole, Parcel.Parser.ParseFrom(body));
        Assert.Equal(whole.ToByteArray(), body.ToArray());
        var again = new ReadOnlySequence<byte>(writer.Written.AsMemory());
        Assert.Throws<FrameException>(() => new FrameReader(limit - 1, bigEndian).TryRead(ref again, out _, out _));
    }

    [Fact]
    public void A_large_payload_stays_out_of_the_buffer_and_is_counted_in_the_frame()
    {
        var payload = new byte[FrameWriter.Large];
        var writer = new FrameWriter(bigEndian: false);

        Assert.True(writer.Write(new Parcel { Recipient = "r" }, payload));

        var frame = new ReadOnlySequence<byte>([.. writer.Written.AsSpan(), .. payload]);
        Assert.True(new FrameReader(1 << 20, false).TryRead(ref frame, out _, out var body));
        Assert.Equal(payload.Length, Parcel.Parser.ParseFrom(body).Payload.Length);
        Assert.Equal(0, frame.Length);
    }

    [Fact]
    public void Frames_are_found_wherever_the_bytes_are_cut()
    {
        var writer = new FrameWriter(bigEndian: false);
        for (var i = 1; i <= 5; i++)
            writer.Write(FrameKind.Ack, new Ack { Sequence = (ulong)i });
        var bytes = writer.Written.ToArray();
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var reader = new FrameReader(100, false);
            var seen = new List<ulong>();
            var first = new ReadOnlySequence<byte>(bytes, 0, cut);
            Read(ref first);
            var rest = new ReadOnlySequence<byte>([.. first.ToArray(), .. bytes[cut..]]);
            Read(ref rest);
            Assert.Equal([1ul, 2, 3, 4, 5], seen);

            void Read(ref ReadOnlySequence<byte> from)
            {
                while (reader.TryRead(ref from, out _, out var body))
                    seen.Add(Ack.Parser.ParseFrom(body).Sequence);
            }
        }
    }
}
