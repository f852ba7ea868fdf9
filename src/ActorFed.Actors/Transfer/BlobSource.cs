using ActorFed.Actors.Store;
using ActorFed.Training.Encoding;
using Akka.Actor;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Transfer;

/// <summary>Sends parts of blobs to whoever pulls them, and remembers nothing of it. A blob's name is what allows to have it.</summary>
public sealed class BlobSource : ReceiveActor
{
    private readonly IBlobStore _blobs;

    private BlobSource(IBlobStore blobs)
    {
        _blobs = blobs;
        Receive<Pull>(Answer);
    }

    /// <summary>How to make one.</summary>
    public static Props Props(IBlobStore blobs) => Akka.Actor.Props.Create(() => new BlobSource(blobs));

    private void Answer(Pull m)
    {
        if (Find(m.Blob) is not { } bytes || m.From > bytes.Length)
        {
            Sender.Tell(new BlobAbsent(m.Blob));
            return;
        }

        var from = (int)m.From;
        var end = (int)Math.Min(bytes.Length, m.From + Math.Min(m.Length, LongestPull));
        do
        {
            var part = bytes[from..Math.Min(end, from + ChunkBytes)];
            Sender.Tell(Chunk.Of(m.Blob, from, bytes.Length, part));
            from += part.Length;
        } while (from < end);
    }

    private ReadOnlyMemory<byte>? Find(BlobId blob)
    {
        try
        {
            return _blobs.Get(blob);
        }
        catch (Exception e) when (e is BlobMissingException or BlobCorruptException)
        {
            return null;
        }
    }
}
