namespace ActorFed.Actors.Transfer;

/// <summary>How one process fetches blobs. All bounds are of the process, not of one blob.</summary>
/// <param name="Credit">Bytes that may be on their way here at a time. It bounds the memory of every sender's queue too, and what a heartbeat on the same connection may wait behind.</param>
/// <param name="PerBlob">Bytes of one blob that may be on their way here at a time.</param>
/// <param name="AtOnce">Blobs that are fetched at a time; the others wait.</param>
/// <param name="RetryAfter">Bytes that have not come by then are asked for again; each time that nothing comes twice as late, up to 8 times.</param>
/// <param name="GiveUpAfter">A blob of which nothing came for so long is given up.</param>
/// <param name="Largest">A blob with more bytes is refused; at most 2^31 - 1.</param>
/// <param name="Keep">Bytes of fetched blobs that are kept: another client that needs the same blob has it at once.</param>
public sealed record TransferOptions(
    int Credit,
    int PerBlob,
    int AtOnce,
    TimeSpan RetryAfter,
    TimeSpan GiveUpAfter,
    long Largest,
    long Keep
)
{
    /// <summary>Whether sources on other machines are asked for packed forms: fewer bytes for some work on both sides.</summary>
    public bool Packed { get; init; } = true;

    /// <summary>Bytes from which on a node keeps what it downloads as a file until it is whole; less is in memory, and begins again when the node does.</summary>
    public long OnDiskFrom { get; init; } = 8L << 20;

    /// <summary>2.6 MB on their way, 1 MB of one blob: 100 Mbit/s carries that in 0.2 s, so that no failure detector notices.</summary>
    public static TransferOptions Standard { get; } =
        new(
            Credit: 32 * TransferProtocol.ChunkBytes,
            PerBlob: 12 * TransferProtocol.ChunkBytes,
            AtOnce: 8,
            RetryAfter: TimeSpan.FromSeconds(5),
            GiveUpAfter: TimeSpan.FromMinutes(2),
            Largest: 1L << 30,
            Keep: 256L << 20
        );

    /// <exception cref="ArgumentOutOfRangeException">A bound leaves no room for a chunk, or more than can be asked for.</exception>
    internal void ThrowUnlessSound()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Credit, TransferProtocol.ChunkBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(PerBlob, TransferProtocol.ChunkBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PerBlob, TransferProtocol.LongestPull);
        ArgumentOutOfRangeException.ThrowIfLessThan(AtOnce, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Largest, int.MaxValue);
    }
}
