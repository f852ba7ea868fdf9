using ActorFed.Actors.Store;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Rounds;

/// <summary>The tensors that one attempt moves: what was given to whom, what came back, and how many bytes that was.</summary>
/// <param name="blobs">Where tensors are.</param>
internal sealed class RoundTraffic(IBlobStore blobs)
{
    private readonly Dictionary<ClientId, (Assignment Work, BlobId Start)> _given = [];
    private readonly Dictionary<TensorSet, BlobId> _starts = []; // by reference: methods that send all the same give all the same set
    private readonly Dictionary<ClientId, TensorSet> _uploads = [];

    public Traffic Down { get; private set; } = Traffic.None;
    public Traffic Up { get; private set; } = Traffic.None;

    /// <summary>What a client was given; made once, however often it is asked for.</summary>
    public (Assignment Work, BlobId Start) Give(ClientId client, Func<Assignment> assign)
    {
        if (_given.TryGetValue(client, out var before))
        {
            return before;
        }

        var work = assign();
        if (!_starts.TryGetValue(work.Download, out var start))
        {
            start = blobs.Put(work.Download);
            _starts.Add(work.Download, start);
        }

        Down = Down.Plus(Traffic.Of(work.Download));
        return _given[client] = (work, start);
    }

    /// <summary>Reads and judges one upload; it is kept when nothing is wrong with it.</summary>
    /// <param name="client">Whose.</param>
    /// <param name="update">Its name.</param>
    /// <param name="fetched">Its bytes, where they came from another process; null where they are in the store, or nowhere.</param>
    public Refusal? Inspect(ClientId client, BlobId update, ReadOnlyMemory<byte>? fetched = null)
    {
        if (Read(update, fetched) is not { } upload)
        {
            return Refusal.Unreadable;
        }

        Up = Up.Plus(Traffic.Of(upload.Tensors, upload.Bytes));
        var why = UpdateInspection.Judge(_given[client].Work, upload.Tensors);
        if (why is null)
        {
            _uploads[client] = upload.Tensors;
        }

        return why;
    }

    /// <summary>What aggregation sees of these contributors.</summary>
    public List<Contribution> Contributions(IEnumerable<Contributor> taken) =>
        [.. taken.Select(c => new Contribution(c.Client, _uploads[c.Client], c.Examples))];

    /// <summary>Lets go of every tensor and blob.</summary>
    public void Release()
    {
        foreach (var start in _starts.Values)
        {
            blobs.Drop(start);
        }

        _starts.Clear();
        _given.Clear();
        _uploads.Clear();
    }

    private (TensorSet Tensors, long Bytes)? Read(BlobId update, ReadOnlyMemory<byte>? fetched)
    {
        try
        {
            var bytes = fetched ?? blobs.Get(update);
            return (Safetensors.Decode(bytes), bytes.Length);
        }
        catch (Exception e) when (e is BlobMissingException or BlobCorruptException or InvalidDataException or ArgumentException)
        {
            return null;
        }
    }
}
