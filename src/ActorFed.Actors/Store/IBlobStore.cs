using ActorFed.Training.Encoding;

namespace ActorFed.Actors.Store;

/// <summary>Bytes by their hash. Every <see cref="Put"/> is one reference, every <see cref="Drop"/> gives one back.</summary>
/// <remarks>Safe for any thread. Bytes that were put are never changed afterwards, by anybody.</remarks>
public interface IBlobStore
{
    /// <summary>Keeps these bytes (without a copy where it can) and counts one reference more.</summary>
    /// <exception cref="BlobStoreFullException">The bound of the store would be passed.</exception>
    BlobId Put(ReadOnlyMemory<byte> bytes);

    /// <summary>Keeps the encoding of a set under the hash that the set knows: it is not hashed again.</summary>
    /// <exception cref="BlobStoreFullException">The bound of the store would be passed.</exception>
    BlobId Put(TensorSet tensors);

    /// <summary>The bytes of this name.</summary>
    /// <exception cref="BlobMissingException">They are not here.</exception>
    /// <exception cref="BlobCorruptException">They no longer have this hash.</exception>
    ReadOnlyMemory<byte> Get(BlobId id);

    /// <summary>Whether the bytes are here.</summary>
    bool Contains(BlobId id);

    /// <summary>Gives one reference back; the bytes go with the last. Nothing happens for a blob that is not here.</summary>
    void Drop(BlobId id);
}

/// <summary>A blob was asked for that is not in the store.</summary>
public sealed class BlobMissingException(BlobId id) : Exception($"Blob {id} is not in the store.")
{
    /// <summary>Which blob.</summary>
    public BlobId Id => id;
}

/// <summary>A blob's bytes do not have the hash that names it.</summary>
public sealed class BlobCorruptException(BlobId id, BlobId found)
    : Exception($"Blob {id} is corrupt: its bytes have the hash {found}.")
{
    /// <summary>The name asked for.</summary>
    public BlobId Id => id;

    /// <summary>The hash of the bytes found.</summary>
    public BlobId Found => found;
}

/// <summary>A store's bound would be passed.</summary>
public sealed class BlobStoreFullException(long held, long wanted, long bound)
    : Exception($"The blob store holds {held} bytes; {wanted} more pass its bound of {bound}.")
{
    /// <summary>Bytes held.</summary>
    public long Held => held;

    /// <summary>Bytes to be added.</summary>
    public long Wanted => wanted;

    /// <summary>Most bytes that it holds.</summary>
    public long Bound => bound;
}
