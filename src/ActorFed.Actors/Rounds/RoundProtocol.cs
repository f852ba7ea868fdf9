using System.Collections.Immutable;
using ActorFed.Actors.Clients;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Trust;
using ActorFed.Actors.Wire;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Rounds;

/// <summary>All that a round manager and its clients may say to each other. Tensors are named by blob, never carried.</summary>
/// <remarks>
/// Manager to client: sent to the client's node, which passes them on by <see cref="IClientMessage.Client"/>.
/// invite -> accept -> assign -> submit | abandon -> received -> over.
/// </remarks>
public static class RoundProtocol
{
    /// <summary>A message that names the client it is for or from.</summary>
    public interface IClientMessage : IRoundMessage
    {
        /// <summary>Which client.</summary>
        ClientId Client { get; }
    }

    /// <summary>Manager → client. Will you take part? A client that is away does not answer.</summary>
    public sealed record Invite(RoundKey Key, ClientId Client) : IClientMessage;

    /// <summary>Client → manager. Yes; a repeat is answered with the same assignment.</summary>
    public sealed record InviteAccepted(RoundKey Key, ClientId Client) : IClientMessage;

    /// <summary>Manager → client. Train this.</summary>
    /// <param name="Key">Which run, round and attempt.</param>
    /// <param name="Client">Who.</param>
    /// <param name="Start">Blob of the tensors to start from.</param>
    /// <param name="Plan">What may be trained, and how.</param>
    /// <param name="UploadBytes">Payload that is expected back.</param>
    /// <param name="Counted">The training whose personal state the client goes on from: the last that counted, if it left one.</param>
    public sealed record AssignWork(
        RoundKey Key,
        ClientId Client,
        BlobId Start,
        LocalPlan Plan,
        long UploadBytes,
        PersonalKey? Counted
    ) : IClientMessage;

    /// <summary>Client → manager. Counted at most once per client and round; a repeat is answered, not counted.</summary>
    /// <param name="Key">Which run, round and attempt.</param>
    /// <param name="Client">Who.</param>
    /// <param name="Update">Blob of the upload.</param>
    /// <param name="Examples">Examples of the shard.</param>
    /// <param name="Steps">Optimiser steps taken.</param>
    /// <param name="TrainLoss">Mean loss over the steps, nats.</param>
    /// <param name="KeptState">Whether the training left a personal state on the client's node.</param>
    /// <param name="Metrics">More figures by name.</param>
    /// <param name="Signature">Of all of the above, by the key of the client's node; null where nobody asks for it.</param>
    public sealed record SubmitUpdate(
        RoundKey Key,
        ClientId Client,
        BlobId Update,
        long Examples,
        int Steps,
        double TrainLoss,
        bool KeptState,
        ImmutableSortedDictionary<string, double> Metrics,
        Signature? Signature = null
    ) : IClientMessage;

    /// <summary>Client → manager. Final: no update will come from this client in this attempt.</summary>
    public sealed record AbandonWork(RoundKey Key, ClientId Client, Refusal Why, string Detail) : IClientMessage;

    /// <summary>Client → manager. Final: a fault that nobody foresaw, a bug of ours. The run fails with it.</summary>
    public sealed record ReportBug(RoundKey Key, ClientId Client, string Detail) : IClientMessage;

    /// <summary>Manager → client. The update is here; whether it counts is said when the round is over.</summary>
    public sealed record UpdateReceived(RoundKey Key, ClientId Client) : IClientMessage;

    /// <summary>Manager → client. Final: sending the same update again cannot succeed.</summary>
    public sealed record UpdateRefused(RoundKey Key, ClientId Client, Refusal Why) : IClientMessage;

    /// <summary>Manager → client. Final, and only after the commit: whether the client's work was counted. What still runs is in vain.</summary>
    public sealed record RoundOver(RoundKey Key, ClientId Client, bool Counted) : IClientMessage;
}
