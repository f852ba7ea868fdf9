using ActorFed.Training.Encoding;

namespace ActorFed.Actors.Transfer;

/// <summary>Blobs that are not whole yet. A break costs what was on its way; what was kept here is not sent again.</summary>
/// <remarks>Called by one fetcher at a time. The implementation in memory is here, the one on disk is the host's.</remarks>
public interface IBlobDrafts
{
    /// <summary>What is here of this blob; empty if nothing is.</summary>
    /// <exception cref="IOException">The disk cannot be read.</exception>
    IBlobDraft Open(BlobId blob);
}

/// <summary>The first bytes of one blob.</summary>
public interface IBlobDraft
{
    /// <summary>How many there are.</summary>
    long Length { get; }

    /// <summary>The bytes themselves.</summary>
    ReadOnlyMemory<byte> Read();

    /// <summary>Adds the bytes that come next.</summary>
    /// <param name="bytes">They are copied.</param>
    /// <param name="total">Bytes that the blob will have; the same with every call.</param>
    /// <exception cref="Store.BlobStoreFullException">The bound of memory.</exception>
    /// <exception cref="IOException">The bound of the disk.</exception>
    void Append(ReadOnlySpan<byte> bytes, long total);

    /// <summary>Forgets them: they are whole and elsewhere, or wrong.</summary>
    void Discard();

    /// <summary>Keeps them for another time.</summary>
    void Leave();
}
