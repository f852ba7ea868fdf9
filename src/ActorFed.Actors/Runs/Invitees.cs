using System.Collections.Immutable;
using ActorFed.Actors.Clients;
using ActorFed.Actors.Roster;
using ActorFed.Actors.Rounds;
using ActorFed.Training.Federation;
using Akka.Actor;

namespace ActorFed.Actors.Runs;

/// <summary>Who is invited to a round, and where each of them lives. Pure.</summary>
internal static class Invitees
{
    /// <param name="cohort">Who was drawn.</param>
    /// <param name="clients">Every client of the run.</param>
    /// <param name="counted">Of each, the training whose personal state counts.</param>
    /// <param name="homes">Where each client lives; one that is not here is invited nowhere, and absent.</param>
    /// <param name="nodes">The nodes that are there.</param>
    public static ImmutableArray<Invitee> Of(
        IEnumerable<ClientId> cohort,
        ImmutableArray<ClientProfile> clients,
        ImmutableDictionary<ClientId, PersonalKey> counted,
        ImmutableDictionary<ClientId, IActorRef> homes,
        ImmutableArray<NodeEntry> nodes
    )
    {
        var profiles = clients.ToDictionary(c => c.Client);
        var keys = nodes.ToDictionary(n => n.Actor, n => n.Key);
        return
        [
            .. cohort
                .Order()
                .Select(c => new Invitee(
                    profiles[c],
                    homes.GetValueOrDefault(c, ActorRefs.Nobody),
                    counted.TryGetValue(c, out var kept) ? kept : null,
                    homes.TryGetValue(c, out var node) ? keys[node] : null
                )),
        ];
    }
}
