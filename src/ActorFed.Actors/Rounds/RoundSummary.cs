using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Rounds;

/// <summary>Why an update or a client does not count. Numbers are on the wire and in journals: append, never renumber.</summary>
public enum Refusal
{
    /// <summary>Of another run, round or attempt.</summary>
    StaleRound = 1,

    /// <summary>The client was not given work in this round.</summary>
    NotInvited = 2,

    /// <summary>Names, element types, shapes or bytes differ from what was asked for.</summary>
    ShapeMismatch = 3,

    /// <summary>A count of examples that no shard has: below 1, or above <see cref="RoundLedger.MostExamples"/>.</summary>
    NoExamples = 4,

    /// <summary>A NaN or an infinity among the values, the loss or the figures.</summary>
    NotFinite = 5,

    /// <summary>At or after the deadline.</summary>
    Late = 6,

    /// <summary>The round had the updates that it needs: the client was invited in reserve.</summary>
    Surplus = 7,

    /// <summary>Memory did not suffice even for one example at a time.</summary>
    OutOfMemory = 8,

    /// <summary>The client's data cannot be read.</summary>
    CorruptShard = 9,

    /// <summary>No device is left on the client's node.</summary>
    DeviceLost = 10,

    /// <summary>The blob of the update cannot be found, read or decoded.</summary>
    Unreadable = 11,

    /// <summary>The client's state from its last counted round is gone from its node.</summary>
    PersonalStateLost = 12,

    /// <summary>The client's node cannot read or write its files: a full disk, no permission.</summary>
    StorageFailed = 13,

    /// <summary>The update bears no signature, where signatures are asked for.</summary>
    Unsigned = 14,

    /// <summary>The signature is not of this update in this attempt of this round, or not by its client's key.</summary>
    Forged = 15,

    /// <summary>The certificate of the client's node is not accepted any more: revoked, or run out.</summary>
    Untrusted = 16,
}

/// <summary>A client whose work does not count, and why.</summary>
public sealed record RefusedClient(ClientId Client, Refusal Why);

/// <summary>A client whose update counts.</summary>
/// <param name="Client">Who.</param>
/// <param name="Update">The blob of its upload.</param>
/// <param name="Examples">Examples of its shard; at least 1.</param>
/// <param name="Steps">Optimiser steps taken.</param>
/// <param name="TrainLoss">Mean loss over its steps, nats.</param>
/// <param name="Arrived">Time from the round's opening to the update's arrival, on the run's clock.</param>
/// <param name="Metrics">More figures by name.</param>
/// <param name="KeptState">Whether the training left a personal state on the client's node.</param>
public sealed record Contributor(
    ClientId Client,
    BlobId Update,
    long Examples,
    int Steps,
    double TrainLoss,
    TimeSpan Arrived,
    ImmutableSortedDictionary<string, double> Metrics,
    bool KeptState = false
);

/// <summary>What became of one round. Lists are in client order.</summary>
/// <param name="Round">The round.</param>
/// <param name="Attempt">The attempt that closed it.</param>
/// <param name="Contributors">Whose updates count.</param>
/// <param name="Refused">Whose work came, or was given up, and does not count.</param>
/// <param name="Absent">Invited, and never agreed to take part; or their node was lost.</param>
/// <param name="Late">Took part, and had not delivered when the round closed.</param>
/// <param name="TrainLoss">Mean of the contributors' losses, weighted by their examples; nats.</param>
/// <param name="Down">Bytes to the clients.</param>
/// <param name="Up">Bytes from the clients.</param>
/// <param name="Seconds">From invitation to the update that closed the round, on the run's clock: simulated seconds in a simulation. Earlier attempts are added.</param>
/// <param name="Evaluation">The validation of the new model; null in rounds without.</param>
public sealed record RoundSummary(
    RoundId Round,
    int Attempt,
    ImmutableArray<Contributor> Contributors,
    ImmutableArray<RefusedClient> Refused,
    ImmutableArray<ClientId> Absent,
    ImmutableArray<ClientId> Late,
    double TrainLoss,
    Traffic Down,
    Traffic Up,
    double Seconds,
    Evaluation? Evaluation
);
