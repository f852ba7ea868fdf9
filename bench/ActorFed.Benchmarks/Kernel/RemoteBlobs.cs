using System.Diagnostics;
using ActorFed.Actors.Store;
using ActorFed.Actors.Transfer;
using ActorFed.Training.Encoding;
using Akka.Actor;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Benchmarks.Kernel;

/// <summary>Blobs of one mebibyte from another process, by the transfer that runs use: pulled in chunks, checked, hashed.</summary>
internal static class RemoteBlobs
{
    /// <summary>Bytes of each.</summary>
    public const int Size = 1 << 20;

    private const int Different = 64;
    private const int AtOnce = 16;
    private const int Seed = 11;

    /// <summary>The same on both sides.</summary>
    public static MemoryBlobStore Store()
    {
        var store = new MemoryBlobStore((long)Different * Size);
        foreach (var blob in Contents())
            store.Put(blob);
        return store;
    }

    /// <summary>Their names.</summary>
    public static BlobId[] Names() => [.. Contents().Select(c => BlobId.Of(c))];

    private static IEnumerable<byte[]> Contents()
    {
        var chance = new Random(Seed);
        for (var i = 0; i < Different; i++)
        {
            var bytes = new byte[Size];
            chance.NextBytes(bytes);
            yield return bytes;
        }
    }

    /// <summary>Seconds to fetch a number of blobs; nothing that was fetched is kept.</summary>
    public static double Fetch(ActorSystem system, IActorRef source, BlobId[] names, int count)
    {
        using var done = new ManualResetEventSlim();
        var ports = new TransferPorts(TransferOptions.Standard with { Keep = 0 }, new MemoryBlobDrafts(1L << 30));
        var fetcher = system.ActorOf(BlobFetcher.Props(ports.Options, ports.Drafts));
        var begin = Stopwatch.GetTimestamp();
        var asker = system.ActorOf(Props.Create(() => new Asker(fetcher, source, names, count, done)));
        done.Wait();
        var time = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        system.Stop(asker);
        system.Stop(fetcher);
        return time;
    }

    /// <summary>Asks for one blob after the other, some at a time.</summary>
    private sealed class Asker : ReceiveActor
    {
        private readonly Action _askNext;
        private int _asked;
        private int _here;

        public Asker(IActorRef fetcher, IActorRef source, BlobId[] names, int count, ManualResetEventSlim done)
        {
            _askNext = () => fetcher.Tell(new Fetch(names[_asked++ % names.Length], source));
            Receive<Fetched>(_ =>
            {
                if (++_here == count)
                    done.Set();
                else if (_asked < count)
                    _askNext();
            });
            Receive<FetchFailed>(m => Environment.FailFast(m.Detail)); // a figure without its bytes is none
        }

        protected override void PreStart()
        {
            for (var i = 0; i < AtOnce; i++)
                _askNext();
        }
    }
}
