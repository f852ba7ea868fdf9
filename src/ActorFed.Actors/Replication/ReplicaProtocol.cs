using ActorFed.Actors.Runs;
using ActorFed.Actors.Wire;
using ActorFed.Training.Encoding;

namespace ActorFed.Actors.Replication;

/// <summary>All that the leading server and its standbys say to each other. Tensors and entries are pulled as blobs from the leader.</summary>
/// <remarks>follow -> (replicate -> replicated)* -> in step; then replicate -> replicated for every entry before it counts.</remarks>
public static class ReplicaProtocol
{
    /// <summary>Standby → leader. Send me what I do not have. Repeated; a repeat changes nothing.</summary>
    /// <param name="Run">Which run.</param>
    /// <param name="Epoch">The highest that the standby has seen.</param>
    /// <param name="Have">Entries that it has.</param>
    /// <param name="Global">The model after its last round: whether it is the same run's past; null without a round.</param>
    public sealed record Follow(RunId Run, long Epoch, int Have, BlobId? Global) : IWireMessage;

    /// <summary>Leader → standby. Fetch this entry from me, and write it.</summary>
    /// <param name="Run">Which run.</param>
    /// <param name="Epoch">The leader's.</param>
    /// <param name="Place">Of the entry; from 1.</param>
    /// <param name="Record">Blob of the entry.</param>
    /// <param name="Global">Blob of the model after a round; null where there is none to send.</param>
    /// <param name="Memory">Blob of the server's memory after it; null with the model.</param>
    public sealed record Replicate(RunId Run, long Epoch, int Place, BlobId Record, BlobId? Global, BlobId? Memory)
        : IWireMessage;

    /// <summary>Standby → leader. It is durable here.</summary>
    public sealed record Replicated(long Epoch, int Place) : IWireMessage;

    /// <summary>Leader → standby. You have everything; from now on nothing counts that you do not have.</summary>
    public sealed record InStep(long Epoch, int Have) : IWireMessage;

    /// <summary>Either → the other. No. With a higher epoch than the other's: its time is over.</summary>
    /// <param name="Epoch">The highest that was seen here.</param>
    /// <param name="Why">For people.</param>
    public sealed record ReplicaRefused(long Epoch, string Why) : IWireMessage;

    /// <summary>Replicator → run. So many standbys have everything.</summary>
    public sealed record StandbysInStep(int Count) : ILocalMessage;
}
