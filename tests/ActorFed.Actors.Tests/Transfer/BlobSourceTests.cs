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
    [InlineData("small", 4095, 1 << 20)]
    [InlineData("noise", 50_000, 1 << 20)]
    [InlineData("nothing is to be kept", 50_000, 0)]
    [InlineData("more than may be kept", 50_000, 49_999)]
    [InlineData("absent", 50_000, 1 << 20)]
    public void What_is_not_worth_a_form_is_sent_as_it_is(string what, int length, long keep)
    {
        var bytes = new byte[length];
        if (what == "noise")
        {
            new Random(1).NextBytes(bytes);
        }

        var blob = what == "absent" ? BlobId.Of([7]) : Blobs.Put(bytes);
        var (source, asker) = (Sys.ActorOf(BlobSource.Props(Blobs, keep)), CreateTestProbe());
        source.Tell(new AskPacked(blob, []), asker.Ref);
        Clock.Settle();
        Assert.Equal(PackedForm.None(blob), asker.Next<PackedForm>());
    }

    [Fact]
    public void A_form_is_made_once_for_all_and_again_when_it_was_forgotten()
    {
        byte[][] blobs = [new byte[50_000], new byte[60_000]];
        var ids = blobs.Select(b => Blobs.Put(b)).ToArray();
        var (source, asker) = (Sys.ActorOf(BlobSource.Props(Blobs, keep: 60_000)), CreateTestProbe());
        Array.ForEach([ids[0], ids[0], ids[1], ids[0]], b => source.Tell(new AskPacked(b, []), asker.Ref));
        Clock.Settle();
        var forms = asker.Rest().Cast<PackedForm>().ToList();
        Assert.Equal(4, forms.Count);
        Assert.Single(forms.Where(f => f.Blob == ids[0]).Select(f => f.Form).Distinct());
        source.Tell(new Pull(forms[0].Form!.Value, 0, ChunkBytes), asker.Ref);
        Clock.Settle();
        var form = asker.Next<Chunk>();
        Assert.Equal(form.Total, form.Bytes.Length);
        Assert.Equal(blobs[forms[0].Blob == ids[0] ? 0 : 1], PackedBlob.Unpack(form.Bytes, [], 1 << 20));
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
