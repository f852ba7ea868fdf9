using ActorFed.Actors.Store;
using ActorFed.Training.Encoding;
using Akka.Actor;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Transfer;

/// <summary>Sends parts of blobs to whoever pulls them. A blob's name is what allows to have it. Packed forms are made when somebody on another machine asks, and may be forgotten at any time.</summary>
public sealed class BlobSource : ReceiveActor
{
    private const int LeastWorth = 4096;
    private const double Worth = 0.9;
    private const int MostKnown = 4096;

    private readonly IBlobStore _blobs;
    private readonly long _keep;
    private readonly RecentBlobs _asked;
    private readonly RecentBlobs _forms;
    private readonly Dictionary<Packing, BlobId?> _known = []; // null: not worth it
    private readonly Dictionary<Packing, List<IActorRef>> _making = [];
    private readonly Lazy<IActorRef> _packer;
    private readonly string? _host;

    private BlobSource(IBlobStore blobs, long keep)
    {
        (_blobs, _keep, _asked, _forms) = (blobs, keep, new(keep), new(keep));
        var context = Context;
        _packer = new(() => context.ActorOf(BlobPacker.Props(), "packer"));
        _host = ((ExtendedActorSystem)context.System).Provider.DefaultAddress.Host;
        Receive<Pull>(Answer);
        Receive<AskPacked>(Offer);
        Receive<BlobPacker.Made>(Remember);
    }

    /// <summary>How to make one.</summary>
    /// <param name="blobs">What it sends.</param>
    /// <param name="keep">Bytes of blobs that were asked for, and again of their packed forms, that are kept; 0: nothing is packed.</param>
    public static Props Props(IBlobStore blobs, long keep = 0) => Akka.Actor.Props.Create(() => new BlobSource(blobs, keep));

    private void Answer(Pull m)
    {
        // Forms first: the store says by an exception that it has no such blob.
        if ((_forms.Find(m.Blob) ?? Find(m.Blob)) is not { } bytes || m.From > bytes.Length)
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

    private void Offer(AskPacked m)
    {
        if (!IsFar(Sender) || Find(m.Blob) is not { Length: >= LeastWorth } bytes || bytes.Length > _keep)
        {
            Sender.Tell(PackedForm.None(m.Blob));
            return;
        }

        _asked.Add(m.Blob, bytes);
        var (basis, from) = BaseFor(m, bytes.Length);
        var packing = new Packing(m.Blob, basis);
        if (_known.TryGetValue(packing, out var form) && (form is not { } made || _forms.Find(made) is not null))
        {
            Sender.Tell(packing.As(form));
        }
        else if (_making.TryGetValue(packing, out var waiting))
        {
            waiting.Add(Sender);
        }
        else
        {
            _making.Add(packing, [Sender]);
            _packer.Value.Tell(new BlobPacker.Make(packing, bytes, from));
        }
    }

    // On one machine the memory is faster than any compressor.
    private bool IsFar(IActorRef asker) => _host is null || asker.Path.Address.Host != _host;

    // The one that the asker had last: a form of another shape would be no change but noise.
    private (BlobId? Base, ReadOnlyMemory<byte> Bytes) BaseFor(AskPacked m, int length) =>
        m
            .Bases.Where(b => b != m.Blob)
            .Select(b => ((BlobId?)b, _asked.Find(b) ?? Find(b) ?? default))
            .FirstOrDefault(b => b.Item2.Length == length);

    private void Remember(BlobPacker.Made m)
    {
        if (_known.Count >= MostKnown)
        {
            _known.Clear();
        }

        BlobId? form = null;
        if (m.Form.Length <= Worth * m.Whole)
        {
            form = BlobId.Of(m.Form);
            _forms.Add(form.Value, m.Form);
        }

        _known[m.Packing] = form;
        _making.Remove(m.Packing, out var waiting);
        foreach (var asker in waiting ?? [])
        {
            asker.Tell(m.Packing.As(form));
        }
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

/// <summary>What is packed, and as a change of what.</summary>
internal sealed record Packing(BlobId Blob, BlobId? Base)
{
    public PackedForm As(BlobId? form) => form is null ? PackedForm.None(Blob) : new(Blob, form, Base);
}
