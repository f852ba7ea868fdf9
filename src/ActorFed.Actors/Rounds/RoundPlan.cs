using System.Collections.Immutable;
using ActorFed.Actors.Clients;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Trust;
using ActorFed.Actors.Wire;
using ActorFed.Training.Federation;
using Akka.Actor;

namespace ActorFed.Actors.Rounds;

/// <summary>A client that is invited.</summary>
/// <param name="Profile">Who.</param>
/// <param name="Node">Where it can be reached.</param>
/// <param name="Counted">The training whose personal state it goes on from.</param>
/// <param name="Key">What its update is held against; null where nothing is signed.</param>
public sealed record Invitee(ClientProfile Profile, IActorRef Node, PersonalKey? Counted, IUpdateKey? Key = null);

/// <summary>What earlier attempts of the same round cost; the summary of the attempt that closes it includes them.</summary>
/// <param name="Down">Bytes to the clients, as retries.</param>
/// <param name="Up">Bytes from the clients, as retries.</param>
/// <param name="Seconds">On the run's clock.</param>
public sealed record EarlierAttempts(Traffic Down, Traffic Up, double Seconds)
{
    /// <summary>There were none.</summary>
    public static EarlierAttempts None { get; } = new(Traffic.None, Traffic.None, 0);
}

/// <summary>One attempt of one round, fully described.</summary>
/// <param name="Key">Which.</param>
/// <param name="Options">How it is held.</param>
/// <param name="State">The state after the round before.</param>
/// <param name="Cohort">Who is invited.</param>
/// <param name="Method">What is computed.</param>
/// <param name="Blobs">Where tensors are.</param>
/// <param name="Validate">Whether the new model is evaluated before the commit.</param>
/// <param name="Earlier">What earlier attempts cost.</param>
/// <param name="Fetcher">Gets updates from the nodes; null where their blob store is this one.</param>
public sealed record RoundPlan(
    RoundKey Key,
    RoundOptions Options,
    ServerState State,
    ImmutableArray<Invitee> Cohort,
    IFederatedMethod Method,
    IBlobStore Blobs,
    bool Validate,
    EarlierAttempts Earlier,
    IActorRef? Fetcher = null
);

/// <summary>What a round manager tells its run.</summary>
public static class ManagerProtocol
{
    /// <summary>Manager → run. The round is committed.</summary>
    public sealed record RoundDone(RoundKey Key, RoundCommit Commit, ServerState State) : ILocalMessage;

    /// <summary>Manager → run. Fewer updates than the quorum: nothing was counted.</summary>
    /// <param name="Key">Which attempt.</param>
    /// <param name="Summary">What became of each client.</param>
    /// <param name="Words">What the first client that gave up said, after its name; null when none did.</param>
    public sealed record QuorumMissed(RoundKey Key, RoundSummary Summary, string? Words = null) : ILocalMessage;

    /// <summary>Run → manager. These clients' node is gone.</summary>
    public sealed record ClientsLost(ImmutableArray<ClientId> Clients) : ILocalMessage;
}
