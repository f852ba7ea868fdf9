using ActorFed.Training.Encoding;

namespace ActorFed.Actors.Store;

/// <summary>Blobs of rounds in flight, in memory: reference-counted, bounded, nothing copied.</summary>
/// <param name="bound">Most bytes held; 1 or more.</param>
public sealed class MemoryBlobStore(long bound) : IBlobStore
{
    private readonly Dictionary<BlobId, Entry> _blobs = [];
    private readonly Lock _gate = new();
    private long _held;

    /// <summary>Bytes held now.</summary>
    public long Held
    {
        get
        {
            lock (_gate)
            {
                return _held;
            }
        }
    }

    /// <inheritdoc />
    public BlobId Put(ReadOnlyMemory<byte> bytes) => Put(BlobId.Of(bytes.Span), bytes); // outside the lock: hashing is the expensive part

    /// <inheritdoc />
    public BlobId Put(TensorSet tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return Put(tensors.Id, tensors.Encoded);
    }

    private BlobId Put(BlobId id, ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            var known = _blobs.TryGetValue(id, out var entry);
            if (!known && _held + bytes.Length > bound)
            {
                throw new BlobStoreFullException(_held, bytes.Length, bound);
            }

            _blobs[id] = known ? entry with { References = entry.References + 1 } : new(bytes, 1);
            _held += known ? 0 : bytes.Length;
            return id;
        }
    }

    /// <inheritdoc />
    public ReadOnlyMemory<byte> Get(BlobId id)
    {
        lock (_gate)
        {
            return _blobs.TryGetValue(id, out var entry) ? entry.Bytes : throw new BlobMissingException(id);
        }
    }

    /// <inheritdoc />
    public bool Contains(BlobId id)
    {
        lock (_gate)
        {
            return _blobs.ContainsKey(id);
        }
    }

    /// <inheritdoc />
    public void Drop(BlobId id)
    {
        lock (_gate)
        {
            if (!_blobs.TryGetValue(id, out var entry))
            {
                return;
            }

            if (entry.References > 1)
            {
                _blobs[id] = entry with { References = entry.References - 1 };
                return;
            }

            _blobs.Remove(id);
            _held -= entry.Bytes.Length;
        }
    }

    private readonly record struct Entry(ReadOnlyMemory<byte> Bytes, int References);
}
