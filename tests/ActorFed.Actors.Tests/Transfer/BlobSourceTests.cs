using ActorFed.Actors.Tests.Kit;
using ActorFed.Actors.Transfer;
using ActorFed.Training.Encoding;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Tests.Transfer;

public sealed class BlobSourceTests : FaultKit
{
    [Fact]
    public void A_pull_is_answered_with_no_more_than_it_asks_for()
    {
        var bytes = new byte[3 * ChunkBytes];
        new Random(1).NextBytes(bytes);
        var blob = Blobs.Put(bytes);
        var (source, asker) = (Sys.ActorOf(BlobSource.Props(Blobs)), CreateTestProbe());
        source.Tell(new Pull(blob, ChunkBytes / 2, ChunkBytes + 10), asker.Ref);
        Clock.Settle();
        var chunks = asker.Rest().Cast<Chunk>().ToList();
        Assert.Equal([(ChunkBytes / 2, ChunkBytes), (ChunkBytes * 3 / 2, 10)], chunks.Select(c => ((int)c.From, c.Bytes.Length)));
        Assert.All(chunks, c => Assert.True(c.IsWhole && c.Total == bytes.Length));
        Assert.True(chunks[0].Bytes.Span.SequenceEqual(bytes.AsSpan(ChunkBytes / 2, ChunkBytes)));
    }

    [Theory]
    [InlineData(true, 11)]
    [InlineData(false, 0)]
    public void A_blob_or_a_place_that_is_not_there_is_absent(bool known, long from)
    {
        var blob = known ? Blobs.Put(new byte[10]) : BlobId.Of([7]);
        var (source, asker) = (Sys.ActorOf(BlobSource.Props(Blobs)), CreateTestProbe());
        source.Tell(new Pull(blob, from, 5), asker.Ref);
        Clock.Settle();
        Assert.Equal(new BlobAbsent(blob), asker.Next<BlobAbsent>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void The_end_of_a_blob_is_an_empty_chunk_that_says_how_long_it_is(int length)
    {
        var blob = Blobs.Put(new byte[length]);
        var (source, asker) = (Sys.ActorOf(BlobSource.Props(Blobs)), CreateTestProbe());
        source.Tell(new Pull(blob, length, 5), asker.Ref);
        Clock.Settle();
        Assert.Equal((length, 0), asker.Next<Chunk>() is var c ? ((int)c.Total, c.Bytes.Length) : default);
    }
}
