using ActorFed.Actors.Transfer;
using ActorFed.Training.Encoding;
using Akka.Actor;
using Akka.TestKit;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>One real fetcher; the source is a probe, so that the test is the network.</summary>
public abstract class TransferKit : FaultKit
{
    private protected static readonly TransferOptions Options = new(
        Credit: 6 * ChunkBytes,
        PerBlob: 4 * ChunkBytes,
        AtOnce: 3,
        RetryAfter: TimeSpan.FromSeconds(4),
        GiveUpAfter: TimeSpan.FromMinutes(1),
        Largest: 64 * ChunkBytes,
        Keep: 0
    );

    protected TransferKit() => Source = CreateTestProbe("source");

    private protected TestProbe Source { get; }
    private protected MemoryBlobDrafts Drafts { get; init; } = new(bound: 256 * ChunkBytes);
    private protected IActorRef Fetcher { get; private set; } = ActorRefs.Nobody;

    private protected void Start(TransferOptions? options = null) =>
        (Fetcher, _) = Raise(BlobFetcher.Props(options ?? Options, Drafts), "fetcher");

    private protected TestProbe Ask(BlobId blob, TestProbe? source = null)
    {
        var asker = CreateTestProbe();
        Fetcher.Tell(new Fetch(blob, (source ?? Source).Ref), asker.Ref);
        Clock.Settle();
        return asker;
    }

    /// <summary>Bytes that no two chunks share.</summary>
    private protected static byte[] Bytes(double chunks, int seed = 1)
    {
        var bytes = new byte[(int)(chunks * ChunkBytes)];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private protected void Send(params Chunk[] chunks)
    {
        Array.ForEach(chunks, c => Source.Send(Fetcher, c));
        Clock.Settle();
    }

    /// <summary>What an honest source answers.</summary>
    private protected static Chunk[] Answer(Pull pull, byte[] bytes)
    {
        var end = Math.Min(bytes.Length, pull.From + pull.Length);
        return
        [
            .. Enumerable
                .Range(0, (int)((end - pull.From + ChunkBytes - 1) / ChunkBytes))
                .Select(i => pull.From + (i * ChunkBytes))
                .Select(from =>
                    Chunk.Of(pull.Blob, from, bytes.Length, bytes.AsMemory((int)from, (int)Math.Min(ChunkBytes, end - from)))
                ),
        ];
    }

    /// <summary>Answers pulls honestly until there are none; gives their bytes.</summary>
    private protected long Serve(byte[] bytes)
    {
        var pulled = 0L;
        while (Source.HasMessages)
        {
            var pull = Source.Next<Pull>();
            var chunks = Answer(pull, bytes);
            pulled += chunks.Sum(c => c.Bytes.Length);
            Send(chunks);
        }

        return pulled;
    }

    private protected static void Has(TestProbe asker, byte[] bytes)
    {
        var fetched = asker.Next<Fetched>();
        Assert.Equal(BlobId.Of(bytes), fetched.Blob);
        Assert.True(fetched.Bytes.Span.SequenceEqual(bytes));
        asker.HearsNothing();
    }

    private protected static void Fails(TestProbe asker, FetchFault why)
    {
        Assert.Equal(why, asker.Next<FetchFailed>().Why);
        asker.HearsNothing();
    }
}
