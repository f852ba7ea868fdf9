using ActorFed.Training.Encoding;

namespace ActorFed.Actors.Transfer;

/// <summary>The blobs that were fetched last, up to a number of bytes.</summary>
internal sealed class RecentBlobs(long bound)
{
    private readonly Dictionary<BlobId, LinkedListNode<(BlobId Blob, ReadOnlyMemory<byte> Bytes)>> _places = [];
    private readonly LinkedList<(BlobId Blob, ReadOnlyMemory<byte> Bytes)> _order = new(); // least recently used first
    private long _held;

    /// <summary>Their names, the last used one first.</summary>
    public IEnumerable<BlobId> Latest
    {
        get
        {
            for (var place = _order.Last; place is not null; place = place.Previous)
            {
                yield return place.Value.Blob;
            }
        }
    }

    public void Add(BlobId blob, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > bound || _places.ContainsKey(blob))
        {
            return;
        }

        _held += bytes.Length;
        _places[blob] = _order.AddLast((blob, bytes));
        while (_held > bound)
        {
            var (oldest, content) = _order.First!.Value;
            _order.RemoveFirst();
            _places.Remove(oldest);
            _held -= content.Length;
        }
    }

    public ReadOnlyMemory<byte>? Find(BlobId blob)
    {
        if (!_places.TryGetValue(blob, out var place))
        {
            return null;
        }

        _order.Remove(place);
        _order.AddLast(place);
        return place.Value.Bytes;
    }
}
