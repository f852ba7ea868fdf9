namespace ActorFed.Training.Federation;

/// <summary>
/// The server's side of a federated method: pure functions over values. Same arguments, same bits, whatever the order in which
/// contributions arrived.
/// </summary>
public interface IFederatedMethod
{
    /// <summary>The method's name in settings and results, e.g. fedit.</summary>
    string Name { get; }

    /// <summary>The state before the first round.</summary>
    ServerState Initialise();

    /// <summary>What this client gets in this round.</summary>
    /// <param name="state">The state after the round before.</param>
    /// <param name="client">Its profile: the budget decides ranks, heads, components.</param>
    /// <param name="round">The round that begins.</param>
    Assignment Assign(ServerState state, ClientProfile client, RoundId round);

    /// <summary>The state after a round.</summary>
    /// <param name="state">The state after the round before.</param>
    /// <param name="round">The round that closes.</param>
    /// <param name="contributions">At least one, in any order.</param>
    /// <exception cref="ArgumentException">None, one client twice, shapes that differ, a count below 1, or a value that is not finite.</exception>
    ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions);

    /// <summary>Whether this round asks every client instead of a sampled cohort.</summary>
    bool InvitesEverybody(RoundId round) => false;

    /// <summary>The last round in which the method does anything; null for no end. A run does no more rounds than this.</summary>
    int? LastRound => null;
}
