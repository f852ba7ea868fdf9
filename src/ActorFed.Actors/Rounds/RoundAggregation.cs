using System.Collections.Immutable;
using ActorFed.Actors.Wire;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Rounds;

/// <summary>Aggregates one attempt. An update that the method cannot read is the fault of its client, and must not end the run.</summary>
internal static class RoundAggregation
{
    /// <summary>The round's state, or the clients without whose updates there would be one.</summary>
    /// <exception cref="Exception">What the method threw, when no update or every update is the cause.</exception>
    public static ILocalMessage Of(
        IFederatedMethod method,
        ServerState state,
        RoundId round,
        IReadOnlyList<Contribution> contributions
    )
    {
        try
        {
            return new Aggregated(Hashed(method.Aggregate(state, round, contributions)));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var misread = contributions.Where(c => !IsReadable(method, state, round, c)).Select(c => c.Client).ToImmutableArray();
            if (misread.IsEmpty || misread.Length == contributions.Count)
            {
                throw;
            }

            return new Misread(misread);
        }
    }

    // Aggregation is a pure function, so that trying it has no effect.
    private static bool IsReadable(IFederatedMethod method, ServerState state, RoundId round, Contribution contribution)
    {
        try
        {
            method.Aggregate(state, round, [contribution]);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
    }

    // Encoding and hash are kept by the set: made here, off the mailbox, they are there when commit and checkpoint ask for them.
    private static ServerState Hashed(ServerState state)
    {
        _ = state.Global.Id;
        _ = state.Memory.Id;
        return state;
    }

    public sealed record Aggregated(ServerState State) : ILocalMessage;

    public sealed record Misread(ImmutableArray<ClientId> Clients) : ILocalMessage;
}
