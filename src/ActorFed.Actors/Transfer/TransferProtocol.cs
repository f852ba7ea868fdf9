using System.Collections.Immutable;
using ActorFed.Actors.Wire;
using ActorFed.Training.Encoding;
using Akka.Actor;

namespace ActorFed.Actors.Transfer;

/// <summary>How a blob gets from one process to another: the receiver pulls, and never has more on its way than it has room for.</summary>
/// <remarks>
/// asker -> fetcher: fetch; fetcher -> source: ask packed; source -> fetcher: packed form; fetcher -> source: pull; source -> fetcher: chunk, chunk, ... | absent; fetcher -> asker: fetched | failed.
/// A source remembers nothing: a pull that is lost is repeated, and one to a source that was started again is answered like the first.
/// </remarks>
public static class TransferProtocol
{
    /// <summary>Most bytes of a blob in one chunk. With its envelope it fits the default frame of remoting, 128,000 bytes, and stays below the 85,000 at which .NET takes an array for a large object: those are collected so late that beside a store of 480 MB as much again was garbage.</summary>
    public const int ChunkBytes = 80 * 1024;

    /// <summary>Most bytes that one pull is answered with: a source never queues more for one request.</summary>
    public const int LongestPull = 64 * ChunkBytes;

    /// <summary>Fetcher → source. Send these bytes of this blob; more than there are is no error.</summary>
    /// <param name="Blob">Which blob.</param>
    /// <param name="From">The first byte that is wanted.</param>
    /// <param name="Length">Bytes that the fetcher has room for; 1 to <see cref="LongestPull"/>.</param>
    public sealed record Pull(BlobId Blob, long From, long Length) : IWireMessage;

    /// <summary>Source → fetcher. A part of a blob. A lost one is pulled again, a second one is ignored.</summary>
    /// <param name="Blob">Which blob.</param>
    /// <param name="From">Place of the first byte.</param>
    /// <param name="Total">Bytes that the blob has.</param>
    /// <param name="Bytes">At most <see cref="ChunkBytes"/>.</param>
    /// <param name="Checksum">CRC-32C of the bytes: a damaged chunk is found before the whole blob is here.</param>
    public sealed record Chunk(BlobId Blob, long From, long Total, ReadOnlyMemory<byte> Bytes, uint Checksum) : IWireMessage
    {
        /// <summary>The chunk of these bytes.</summary>
        public static Chunk Of(BlobId blob, long from, long total, ReadOnlyMemory<byte> bytes) =>
            new(blob, from, total, bytes, Crc32C.Of(bytes.Span));

        /// <summary>Whether the bytes are those that were sent.</summary>
        public bool IsWhole => Checksum == Crc32C.Of(Bytes.Span);
    }

    /// <summary>Source → fetcher. The blob is not here.</summary>
    public sealed record BlobAbsent(BlobId Blob) : IWireMessage;

    /// <summary>Fetcher → source. Is there a packed form of this blob? Answered with <see cref="PackedForm"/>; one who asks does not wait for ever.</summary>
    /// <param name="Blob">Which blob.</param>
    /// <param name="Bases">Blobs that the fetcher has, the last used one first; at most <see cref="MostBases"/>.</param>
    public sealed record AskPacked(BlobId Blob, ImmutableArray<BlobId> Bases) : IWireMessage
    {
        /// <summary>Most bases that can be named.</summary>
        public const int MostBases = 16;
    }

    /// <summary>Source → fetcher. Pull the form instead, and unpack it: docs/decisions/0006-packed-forms.md.</summary>
    /// <param name="Blob">Which blob.</param>
    /// <param name="Form">Name of the form, which is a blob itself; null: pull the blob as it is.</param>
    /// <param name="Base">What the form is a change of; null for nothing.</param>
    public sealed record PackedForm(BlobId Blob, BlobId? Form, BlobId? Base) : IWireMessage
    {
        /// <summary>There is none, or it is not worth it.</summary>
        public static PackedForm None(BlobId blob) => new(blob, null, null);
    }

    /// <summary>Asker → fetcher. Get me this blob. Answered once, with <see cref="Fetched"/> or <see cref="FetchFailed"/>.</summary>
    /// <param name="Blob">Which.</param>
    /// <param name="Source">Who has it: takes <see cref="Pull"/>, or passes it on to a source.</param>
    public sealed record Fetch(BlobId Blob, ICanTell Source) : ILocalMessage;

    /// <summary>Asker → fetcher. No longer needed: no answer will come. What is here already is kept for another time.</summary>
    public sealed record StopFetch(BlobId Blob) : ILocalMessage;

    /// <summary>Fetcher → asker. The bytes have the hash that names them.</summary>
    public sealed record Fetched(BlobId Blob, ReadOnlyMemory<byte> Bytes) : ILocalMessage;

    /// <summary>Fetcher → asker.</summary>
    public sealed record FetchFailed(BlobId Blob, FetchFault Why, string Detail) : ILocalMessage;

    /// <summary>What is being fetched? Answered with <see cref="TransferReport"/>.</summary>
    public sealed record DescribeTransfers : ILocalMessage;
}

/// <summary>Why a blob could not be fetched.</summary>
public enum FetchFault
{
    /// <summary>The source has no such blob.</summary>
    Absent = 1,

    /// <summary>The source did not answer for <see cref="TransferOptions.GiveUpAfter"/>. What is here is kept.</summary>
    Unreachable = 2,

    /// <summary>What the source sends does not have the hash, again and again.</summary>
    Corrupt = 3,

    /// <summary>It has more bytes than <see cref="TransferOptions.Largest"/>.</summary>
    TooLarge = 4,

    /// <summary>The bytes cannot be kept here: memory's bound or the disk.</summary>
    NoRoom = 5,
}
