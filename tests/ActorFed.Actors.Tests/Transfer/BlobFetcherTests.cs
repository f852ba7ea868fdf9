using ActorFed.Actors.Tests.Kit;
using ActorFed.Actors.Transfer;
using ActorFed.Training.Encoding;
using Akka.TestKit;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Tests.Transfer;

public sealed class BlobFetcherTests : TransferKit
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.001)]
    [InlineData(1)]
    [InlineData(3.5)]
    [InlineData(20)]
    public void A_blob_comes_whole_and_no_byte_of_it_twice(double chunks)
    {
        Start();
        var bytes = Bytes(chunks);
        var asker = Ask(BlobId.Of(bytes));
        var first = Source.Next<Pull>();
        Send(bytes.Length == 0 ? [Chunk.Of(first.Blob, 0, 0, default)] : Answer(first, bytes));
        Assert.Equal(bytes.Length, Math.Min(bytes.Length, first.Length) + Serve(bytes));
        Has(asker, bytes);
        Assert.Equal(0, Drafts.Held);
    }

    [Fact]
    public void All_who_ask_share_one_download_and_a_later_one_finds_it_here()
    {
        Start(Options with { Keep = 32 * ChunkBytes });
        var bytes = Bytes(5);
        TestProbe[] askers = [Ask(BlobId.Of(bytes)), Ask(BlobId.Of(bytes)), Ask(BlobId.Of(bytes))];
        Assert.Equal(bytes.Length, Serve(bytes));
        Array.ForEach(askers, a => Has(a, bytes));
        Has(Ask(BlobId.Of(bytes)), bytes);
        Source.HearsNothing();
    }

    [Fact]
    public void What_is_kept_is_bounded_and_the_longest_unused_goes_first()
    {
        Start(Options with { Keep = 2 * ChunkBytes });
        byte[][] blobs = [Bytes(1, 1), Bytes(1, 2), Bytes(1, 3)];
        foreach (var bytes in blobs[..2])
        {
            Ask(BlobId.Of(bytes));
            Serve(bytes);
        }

        Has(Ask(BlobId.Of(blobs[0])), blobs[0]); // used: the other is the oldest now
        Ask(BlobId.Of(blobs[2]));
        Serve(blobs[2]);
        Has(Ask(BlobId.Of(blobs[0])), blobs[0]);
        Ask(BlobId.Of(blobs[1])).HearsNothing();
        Assert.Equal(BlobId.Of(blobs[1]), Source.Next<Pull>().Blob);
    }

    [Fact]
    public void The_credit_is_never_exceeded_and_always_used()
    {
        Start();
        var blobs = Enumerable.Range(1, 7).Select(seed => Bytes(9 + (seed / 8.0), seed)).ToDictionary(b => BlobId.Of(b));
        var askers = blobs.Keys.ToDictionary(b => b, b => Ask(b));
        var asked = new Queue<Chunk>();
        var chance = new Random(5);
        while (true)
        {
            foreach (var pull in Source.Rest().Cast<Pull>())
            {
                Array.ForEach(Answer(pull, blobs[pull.Blob]), asked.Enqueue);
            }

            if (asked.Count == 0)
            {
                break;
            }

            Assert.InRange(asked.Sum(c => c.Bytes.Length), 1, Options.Credit);
            Assert.All(asked.GroupBy(c => c.Blob), g => Assert.InRange(g.Sum(c => c.Bytes.Length), 1, Options.PerBlob));
            Assert.InRange(asked.DistinctBy(c => c.Blob).Count(), 1, Options.AtOnce);
            for (var count = chance.Next(1, 3); count > 0 && asked.Count > 0; count--)
            {
                Send(asked.Dequeue());
            }
        }

        Assert.All(askers, a => Has(a.Value, blobs[a.Key]));
    }

    [Fact]
    public void More_is_asked_for_by_half_shares_and_not_for_each_chunk()
    {
        Start();
        var bytes = Bytes(12);
        var asker = Ask(BlobId.Of(bytes));
        var asked = new List<long>();
        for (var waiting = new Queue<Chunk>(); asked.Count == 0 || waiting.Count > 0; Send(waiting.Dequeue()))
        {
            foreach (var pull in Source.Rest().Cast<Pull>())
            {
                asked.Add(pull.Length / ChunkBytes);
                Array.ForEach(Answer(pull, bytes), waiting.Enqueue);
            }
        }

        Assert.Equal([4, 2, 2, 2, 2], asked);
        Has(asker, bytes);
    }

    [Fact]
    public void A_lost_chunk_is_asked_for_as_soon_as_the_one_behind_it_comes()
    {
        Start();
        var bytes = Bytes(4);
        var asker = Ask(BlobId.Of(bytes));
        var chunks = Answer(Source.Next<Pull>(), bytes);
        Send(chunks[0], chunks[2], chunks[3]);
        var again = Source.Next<Pull>();
        Assert.Equal(ChunkBytes, again.From);
        Source.HearsNothing(); // once, although two came that lie behind the gap
        Send(Answer(again, bytes));
        Has(asker, bytes);
    }

    [Fact]
    public void A_lost_end_is_asked_for_when_nothing_more_comes()
    {
        Start();
        var bytes = Bytes(4);
        var asker = Ask(BlobId.Of(bytes));
        Send(Answer(Source.Next<Pull>(), bytes)[..3]);
        Source.HearsNothing();
        Clock.Advance(Options.RetryAfter * 2);
        Assert.Equal(3L * ChunkBytes, Source.Next<Pull>().From);
        Send(Answer(new(BlobId.Of(bytes), 3L * ChunkBytes, ChunkBytes), bytes));
        Has(asker, bytes);
    }

    [Fact]
    public void A_lost_pull_is_repeated_less_and_less_often()
    {
        Start();
        Ask(BlobId.Of(Bytes(4)));
        var pulls = 0;
        for (var second = 0; second < 50; second++)
        {
            pulls += Source.Rest().Count;
            Clock.Advance(Seconds(1));
        }

        Assert.InRange(pulls, 3, 6);
    }

    [Fact]
    public void Doubled_chunks_change_nothing()
    {
        Start();
        var bytes = Bytes(6);
        var asker = Ask(BlobId.Of(bytes));
        while (Source.HasMessages)
        {
            foreach (var chunk in Answer(Source.Next<Pull>(), bytes))
            {
                Send(chunk, chunk);
            }
        }

        Has(asker, bytes);
        Fetcher.Tell(new DescribeTransfers(), asker.Ref);
        Clock.Settle();
        Assert.Equal((1L, 0L, (long)bytes.Length), asker.Next<TransferReport>() is var r ? (r.Done, r.Failed, r.Bytes) : default);
    }

    [Fact]
    public void A_chunk_that_comes_after_it_was_given_up_is_taken_all_the_same()
    {
        Start();
        var bytes = Bytes(2);
        var asker = Ask(BlobId.Of(bytes));
        var late = Answer(Source.Next<Pull>(), bytes);
        Clock.Advance(Options.RetryAfter * 1.3);
        Send(late);
        Has(asker, bytes);
    }

    [Fact]
    public void A_damaged_chunk_is_asked_for_again()
    {
        Start();
        var bytes = Bytes(3);
        var asker = Ask(BlobId.Of(bytes));
        var chunks = Answer(Source.Next<Pull>(), bytes);
        Send(chunks[0], Bent(chunks[1]));
        Assert.Equal(ChunkBytes, Source.Next<Pull>().From);
        Send(chunks[1], chunks[2]);
        Has(asker, bytes);
    }

    [Fact]
    public void A_source_that_damages_all_is_given_up()
    {
        Start();
        var bytes = Bytes(1);
        var asker = Ask(BlobId.Of(bytes));
        for (var i = 0; i < 3; i++)
        {
            Send(Bent(Answer(Source.Next<Pull>(), bytes)[0]));
        }

        Fails(asker, FetchFault.Corrupt);
        Source.HearsNothing();
        Assert.Equal(0, Drafts.Held);
    }

    [Fact]
    public void Bytes_of_another_hash_never_arrive()
    {
        Start();
        var (wanted, sent) = (BlobId.Of(Bytes(2)), Bytes(2, seed: 2));
        var asker = Ask(wanted);
        for (var i = 0; i < 3; i++)
        {
            var pull = Source.Next<Pull>();
            Assert.Equal(0, pull.From);
            Send(Answer(pull, sent));
        }

        Fails(asker, FetchFault.Corrupt);
        Assert.Equal(0, Drafts.Held);
    }

    [Fact]
    public void A_blob_that_is_not_there_and_one_that_is_too_large_fail_at_once()
    {
        Start();
        var absent = Ask(BlobId.Of([1]));
        Source.Send(Fetcher, new BlobAbsent(Source.Next<Pull>().Blob));
        Clock.Settle();
        Fails(absent, FetchFault.Absent);
        var large = Ask(BlobId.Of([2]));
        Send(Chunk.Of(Source.Next<Pull>().Blob, 0, Options.Largest + 1, Bytes(1)));
        Fails(large, FetchFault.TooLarge);
        Assert.Equal(0, Drafts.Held);
    }

    [Fact]
    public void What_has_no_room_fails_and_the_others_go_on()
    {
        Start();
        var (small, large) = (Bytes(1, 1), BlobId.Of(Bytes(1, 2)));
        var filled = new MemoryBlobDrafts(bound: ChunkBytes);
        (var fetcher, _) = Raise(BlobFetcher.Props(Options, filled), "narrow");
        var (a, b) = (CreateTestProbe(), CreateTestProbe());
        fetcher.Tell(new Fetch(large, Source.Ref), a.Ref);
        Clock.Settle();
        Source.Send(fetcher, Chunk.Of(Source.Next<Pull>().Blob, 0, 2 * ChunkBytes, Bytes(1)));
        Clock.Settle();
        Fails(a, FetchFault.NoRoom);
        fetcher.Tell(new Fetch(BlobId.Of(small), Source.Ref), b.Ref);
        Clock.Settle();
        Array.ForEach(Answer(Source.Next<Pull>(), small), c => Source.Send(fetcher, c));
        Clock.Settle();
        Has(b, small);
    }

    [Fact]
    public void A_source_that_is_silent_too_long_is_given_up_and_another_time_only_the_rest_is_fetched()
    {
        Start();
        var bytes = Bytes(4);
        var asker = Ask(BlobId.Of(bytes));
        Send(Answer(Source.Next<Pull>(), bytes)[..2]);
        Clock.Advance(Options.GiveUpAfter * 1.2);
        Fails(asker, FetchFault.Unreachable);
        Source.Rest();
        var second = Ask(BlobId.Of(bytes));
        Assert.Equal(2L * ChunkBytes, Serve(bytes));
        Has(second, bytes);
    }

    [Fact]
    public void A_source_that_was_started_again_is_asked_for_the_rest_only()
    {
        Start();
        var bytes = Bytes(4);
        var asker = Ask(BlobId.Of(bytes));
        Send(Answer(Source.Next<Pull>(), bytes)[..1]);
        var next = CreateTestProbe("source-2");
        var second = Ask(BlobId.Of(bytes), next);
        var pull = next.Next<Pull>();
        Assert.Equal(ChunkBytes, pull.From);
        Array.ForEach(Answer(pull, bytes), c => next.Send(Fetcher, c));
        Clock.Settle();
        Has(asker, bytes);
        Has(second, bytes);
    }

    [Fact]
    public void A_fetcher_that_was_started_again_goes_on_where_the_one_before_was()
    {
        Start();
        var bytes = Bytes(5);
        Ask(BlobId.Of(bytes));
        Send(Answer(Source.Next<Pull>(), bytes)[..3]);
        Sys.Stop(Fetcher);
        Clock.Settle();
        Source.Rest();
        (var second, _) = Raise(BlobFetcher.Props(Options, Drafts), "fetcher-2");
        var asker = CreateTestProbe();
        second.Tell(new Fetch(BlobId.Of(bytes), Source.Ref), asker.Ref);
        Clock.Settle();
        var pull = Source.Next<Pull>();
        Assert.Equal(3L * ChunkBytes, pull.From);
        Array.ForEach(Answer(pull, bytes), c => Source.Send(second, c));
        Clock.Settle();
        Has(asker, bytes);
    }

    [Fact]
    public void A_draft_that_was_damaged_meanwhile_costs_a_second_download_and_nothing_else()
    {
        var bytes = Bytes(3);
        Drafts.Open(BlobId.Of(bytes)).Append(Bytes(1, seed: 9), bytes.Length);
        Start();
        var asker = Ask(BlobId.Of(bytes));
        Assert.Equal(bytes.Length + (2L * ChunkBytes), Serve(bytes));
        Has(asker, bytes);
    }

    [Fact]
    public void A_draft_that_is_longer_than_the_blob_is_thrown_away()
    {
        var bytes = Bytes(1);
        Drafts.Open(BlobId.Of(bytes)).Append(Bytes(2, seed: 9), 4 * ChunkBytes);
        Start();
        var asker = Ask(BlobId.Of(bytes));
        Source.Send(Fetcher, new BlobAbsent(Source.Next<Pull>().Blob));
        Clock.Settle();
        Serve(bytes);
        Has(asker, bytes);
    }

    [Fact]
    public void A_dead_source_does_not_keep_others_from_their_blobs()
    {
        Start();
        var dead = CreateTestProbe("dead");
        for (var i = 0; i < 5; i++)
        {
            Ask(BlobId.Of(Bytes(4, 100 + i)), dead);
        }

        var bytes = Bytes(6);
        var asker = Ask(BlobId.Of(bytes));
        for (var second = 0; second < 12; second++)
        {
            Serve(bytes);
            Clock.Advance(Seconds(1));
        }

        Has(asker, bytes);
    }

    [Fact]
    public void Nobody_waits_any_more_nothing_is_pulled_any_more()
    {
        Start();
        var bytes = Bytes(8);
        var (left, ended) = (Ask(BlobId.Of(bytes)), Ask(BlobId.Of(bytes)));
        Fetcher.Tell(new StopFetch(BlobId.Of(bytes)), left.Ref);
        Sys.Stop(ended.Ref);
        Clock.Settle();
        Send(Answer(Source.Next<Pull>(), bytes));
        Clock.Advance(Options.GiveUpAfter * 2);
        Source.HearsNothing();
        left.HearsNothing();
        Assert.Equal(0, Drafts.Held);
    }

    [Fact]
    public void Progress_is_published()
    {
        var watcher = CreateTestProbe("watcher");
        Sys.EventStream.Subscribe(watcher.Ref, typeof(TransferProgress));
        Start();
        var bytes = Bytes(2);
        Ask(BlobId.Of(bytes));
        Clock.Advance(Seconds(2));
        Serve(bytes);
        var all = watcher.Rest().Cast<TransferProgress>().ToList();
        Assert.Equal(
            [(ChunkBytes, TransferStage.Running), (bytes.Length, TransferStage.Done)],
            all.Select(p => ((int)p.Have, p.Stage))
        );
        Assert.All(all, p => Assert.Equal((bytes.Length, Seconds(2)), (p.Total, p.Elapsed)));
    }

    private static Chunk Bent(Chunk chunk)
    {
        var bytes = chunk.Bytes.ToArray();
        bytes[^1] ^= 1;
        return chunk with { Bytes = bytes };
    }
}
