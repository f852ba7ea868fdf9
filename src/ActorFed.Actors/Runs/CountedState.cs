using System.Collections.Immutable;
using ActorFed.Actors.Clients;
using ActorFed.Actors.Journal;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Runs;

/// <summary>Which training each client goes on from: a pure function of the commits.</summary>
/// <remarks>A client whose last counted training left no personal state goes on from nothing, whatever older ones left.</remarks>
public static class CountedState
{
    /// <summary>The personal states after these commits, in the order of rounds.</summary>
    public static ImmutableDictionary<ClientId, PersonalKey> After(IEnumerable<RoundCommit> commits) =>
        commits.Aggregate(ImmutableDictionary<ClientId, PersonalKey>.Empty, After);

    /// <summary>The personal states after one more commit.</summary>
    public static ImmutableDictionary<ClientId, PersonalKey> After(
        ImmutableDictionary<ClientId, PersonalKey> before,
        RoundCommit commit
    ) =>
        commit.Summary.Contributors.Aggregate(
            before,
            (states, c) =>
                c.KeptState ? states.SetItem(c.Client, new(c.Client, commit.Round, commit.Attempt)) : states.Remove(c.Client)
        );
}
