using System.Collections.Immutable;
using ActorFed.Actors.Wire;
using ActorFed.Training.Encoding;

namespace ActorFed.Actors.Transfer;

/// <summary>One blob on its way here. Published on the event stream with every chunk; it stays in the process.</summary>
/// <param name="Blob">Which.</param>
/// <param name="Have">Bytes that are here.</param>
/// <param name="Total">Bytes that it has; null until the first chunk says so.</param>
/// <param name="Elapsed">Since it was first asked for.</param>
/// <param name="Stage">How it is going.</param>
public sealed record TransferProgress(BlobId Blob, long Have, long? Total, TimeSpan Elapsed, TransferStage Stage) : ILocalMessage;

/// <summary>How the transfer of one blob is going.</summary>
public enum TransferStage
{
    /// <summary>Others go first.</summary>
    Waiting = 1,

    /// <summary>Bytes come, or are asked for.</summary>
    Running = 2,

    /// <summary>Nothing came for a while; it will be asked for again.</summary>
    Stalled = 3,

    /// <summary>It is here.</summary>
    Done = 4,

    /// <summary>It was given up.</summary>
    Failed = 5,
}

/// <summary>Fetcher → whoever asked.</summary>
/// <param name="Current">Blobs on their way.</param>
/// <param name="Done">Blobs that came, since the start.</param>
/// <param name="Failed">Blobs that did not.</param>
/// <param name="Bytes">Bytes that came, since the start.</param>
public sealed record TransferReport(ImmutableArray<TransferProgress> Current, long Done, long Failed, long Bytes) : ILocalMessage;
