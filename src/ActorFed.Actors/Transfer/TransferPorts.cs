using Akka.Actor;

namespace ActorFed.Actors.Transfer;

/// <summary>What a process needs to fetch blobs from others.</summary>
/// <param name="Options">Its bounds.</param>
/// <param name="Drafts">Where blobs are that are not whole yet.</param>
public sealed record TransferPorts(TransferOptions Options, IBlobDrafts Drafts)
{
    /// <summary>Bytes of blobs that others asked for, and again of their packed forms, that are kept for the next one who asks.</summary>
    public long KeepSent { get; init; } = Options.Keep;

    internal Props Fetcher => Options.Packed ? PackedFetcher.Props(Options, Drafts) : BlobFetcher.Props(Options, Drafts);
}
