namespace ActorFed.Actors.Transfer;

/// <summary>What a process needs to fetch blobs from others.</summary>
/// <param name="Options">Its bounds.</param>
/// <param name="Drafts">Where blobs are that are not whole yet.</param>
public sealed record TransferPorts(TransferOptions Options, IBlobDrafts Drafts);
