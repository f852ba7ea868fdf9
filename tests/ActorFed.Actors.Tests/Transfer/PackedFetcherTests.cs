using System.Runtime.InteropServices;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Actors.Transfer;
using ActorFed.Training.Encoding;
using Akka.Actor;
using Akka.TestKit;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Tests.Transfer;

/// <summary>One real fetcher that asks for packed forms; the source is a probe, or the real one where both sides are meant.</summary>
public sealed class PackedFetcherTests : FaultKit
{
    private static readonly TransferOptions Options = TransferOptions.Standard with { Keep = 1 << 24 };

    private readonly byte[] _first = Adapter(seed: 1, of: null);
    private readonly byte[] _next;
    private readonly TestProbe _source;
    private readonly IActorRef _fetcher;

    public PackedFetcherTests()
    {
        _next = Adapter(seed: 2, of: _first);
        _source = CreateTestProbe("source");
        _fetcher = Sys.ActorOf(PackedFetcher.Props(Options, new MemoryBlobDrafts(1 << 24)), "fetcher");
    }

    [Fact]
    public void The_next_round_comes_as_a_change_of_the_last_one()
    {
        var source = Sys.ActorOf(BlobSource.Props(Blobs, keep: 1 << 24));
        var link = new Link(this, source);
        Has(Ask(Blobs.Put(_first), link.Ref), _first);
        var (asked, bytes) = link.Pass();
        Assert.Empty(asked.Bases);
        Assert.InRange(bytes, 1, 0.9 * _first.Length);

        Blobs.Drop(BlobId.Of(_first)); // a round that is over lets go of its model; its source does not yet
        var asker = Ask(Blobs.Put(_next), link.Ref);
        (asked, bytes) = link.Pass();
        Assert.Equal(BlobId.Of(_first), Assert.Single(asked.Bases));
        Assert.InRange(bytes, 1, 0.75 * _next.Length);
        Has(asker, _next);
        Has(Ask(BlobId.Of(_next), link.Ref), _next); // kept
    }

    [Fact]
    public void Without_a_form_the_blob_itself_is_pulled()
    {
        var asker = Ask(BlobId.Of(_first));
        _source.Next<AskPacked>();
        Tell(PackedForm.None(BlobId.Of(_first)));
        Serve(_first);
        Has(asker, _first);
    }

    [Fact]
    public void A_source_that_does_not_answer_is_pulled_from_without_a_form()
    {
        var asker = Ask(BlobId.Of(_first));
        _source.Next<AskPacked>(); // fault: it is lost, or of another version
        _source.HearsNothing();
        Clock.Advance(Options.RetryAfter);
        Serve(_first);
        Has(asker, _first);
    }

    [Fact]
    public void A_form_that_gives_other_bytes_costs_a_plain_download_and_nothing_more()
    {
        var form = PackedBlob.Pack(_next, []); // fault: of another blob
        var asker = Ask(BlobId.Of(_first));
        _source.Next<AskPacked>();
        Tell(new PackedForm(BlobId.Of(_first), BlobId.Of(form), null));
        Serve(form);
        asker.HearsNothing();
        Serve(_first);
        Has(asker, _first);
    }

    [Fact]
    public void A_form_of_a_base_that_is_not_here_is_not_even_pulled()
    {
        var asker = Ask(BlobId.Of(_next));
        _source.Next<AskPacked>();
        Tell(new PackedForm(BlobId.Of(_next), BlobId.Of([1]), BlobId.Of(_first))); // fault: nobody named it
        Serve(_next);
        Has(asker, _next);
    }

    [Fact]
    public void A_form_that_its_source_has_forgotten_costs_a_plain_download()
    {
        var asker = Ask(BlobId.Of(_first));
        _source.Next<AskPacked>();
        Tell(new PackedForm(BlobId.Of(_first), BlobId.Of([1]), null));
        Assert.Equal(BlobId.Of([1]), _source.Next<Pull>().Blob);
        Reply(new BlobAbsent(BlobId.Of([1]))); // fault
        Serve(_first);
        Has(asker, _first);
    }

    [Fact]
    public void A_blob_that_is_nowhere_fails_under_its_own_name()
    {
        var asker = Ask(BlobId.Of(_first));
        _source.Next<AskPacked>();
        Tell(PackedForm.None(BlobId.Of(_first)));
        _source.Next<Pull>();
        Reply(new BlobAbsent(BlobId.Of(_first))); // fault
        Assert.Equal((BlobId.Of(_first), FetchFault.Absent), asker.Next<FetchFailed>() is var f ? (f.Blob, f.Why) : default);
    }

    [Fact]
    public void Who_asks_at_the_same_time_shares_one_download_and_a_new_source_is_asked_anew()
    {
        var other = CreateTestProbe();
        TestProbe[] askers = [Ask(BlobId.Of(_first)), Ask(BlobId.Of(_first)), Ask(BlobId.Of(_first), other.Ref)];
        _source.Next<AskPacked>();
        _source.HearsNothing();
        other.Next<AskPacked>();
        other.Send(_fetcher, PackedForm.None(BlobId.Of(_first)));
        Clock.Settle();
        Serve(_first, other);
        Array.ForEach(askers, a => Has(a, _first));
    }

    [Fact]
    public void What_nobody_wants_any_more_is_not_asked_for_again()
    {
        var asker = Ask(BlobId.Of(_first));
        _source.Next<AskPacked>();
        _fetcher.Tell(new StopFetch(BlobId.Of(_first)), asker.Ref);
        Clock.Advance(Options.RetryAfter * 3);
        Tell(PackedForm.None(BlobId.Of(_first)));
        _source.HearsNothing();
        asker.HearsNothing();
    }

    [Fact]
    public void What_a_stopped_actor_asked_for_is_not_fetched_on()
    {
        var asker = Ask(BlobId.Of(_first));
        _source.Next<AskPacked>();
        Tell(PackedForm.None(BlobId.Of(_first)));
        _source.Next<Pull>();
        Sys.Stop(asker.Ref);
        Clock.Settle();
        Clock.Advance(Options.RetryAfter * 3);
        _source.HearsNothing();
    }

    private TestProbe Ask(BlobId blob, IActorRef? source = null)
    {
        var asker = CreateTestProbe();
        _fetcher.Tell(new Fetch(blob, source ?? _source.Ref), asker.Ref);
        Clock.Settle();
        return asker;
    }

    private void Tell(object message)
    {
        _source.Send(_fetcher, message);
        Clock.Settle();
    }

    // To whoever pulled.
    private void Reply(object message)
    {
        _source.Reply(message);
        Clock.Settle();
    }

    private void Serve(byte[] bytes, TestProbe? source = null)
    {
        var from = source ?? _source;
        var pull = from.Next<Pull>();
        Assert.Equal(BlobId.Of(bytes), pull.Blob);
        from.Reply(Chunk.Of(pull.Blob, pull.From, bytes.Length, bytes.AsMemory((int)pull.From))); // one chunk has room for all
        Clock.Settle();
    }

    private static void Has(TestProbe asker, byte[] bytes)
    {
        var fetched = asker.Next<Fetched>();
        Assert.Equal(BlobId.Of(bytes), fetched.Blob);
        Assert.True(fetched.Bytes.Span.SequenceEqual(bytes));
        asker.HearsNothing();
    }

    // 20,000 numbers, fewer bytes than a chunk has; the second set moved by a hundredth from the first.
    private static byte[] Adapter(int seed, byte[]? of)
    {
        var chance = new Random(seed);
        var before = of is null ? new float[20_000] : MemoryMarshal.Cast<byte, float>(of).ToArray();
        var scale = of is null ? 0.1 : 0.001;
        return MemoryMarshal
            .AsBytes(before.Select(x => (float)(x + (scale * (chance.NextDouble() - 0.5)))).ToArray().AsSpan())
            .ToArray();
    }

    /// <summary>Between the fetcher and a real source: passes everything, and counts.</summary>
    private sealed class Link
    {
        private readonly List<object> _up = [];
        private long _bytes;

        public Link(PackedFetcherTests test, IActorRef source) =>
            Ref = test.Sys.ActorOf(Props.Create(() => new Wire(this, source)));

        public IActorRef Ref { get; }

        public (AskPacked Asked, long Bytes) Pass()
        {
            var told = (_up.OfType<AskPacked>().Last(), _bytes);
            _bytes = 0;
            return told;
        }

        private sealed class Wire : ReceiveActor
        {
            private IActorRef _fetcher = ActorRefs.Nobody;

            public Wire(Link link, IActorRef source)
            {
                Receive<Chunk>(m =>
                {
                    link._bytes += m.Bytes.Length;
                    _fetcher.Tell(m);
                });
                ReceiveAny(m =>
                {
                    var isAnswer = Sender.Equals(source);
                    _fetcher = isAnswer ? _fetcher : Sender;
                    link._up.Add(m);
                    (isAnswer ? _fetcher : source).Tell(m, Self);
                });
            }
        }
    }
}
