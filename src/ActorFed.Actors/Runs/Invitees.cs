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
    /// <param name="nodes">The nodes that are there; a client of none of them is invited nowhere, and absent.</param>
    public static ImmutableArray<Invitee> Of(
        IEnumerable<ClientId> cohort,
        ImmutableArray<ClientProfile> clients,
        ImmutableDictionary<ClientId, PersonalKey> counted,
        ImmutableArray<NodeEntry> nodes
    )
    {
        var profiles = clients.ToDictionary(c => c.Client);
        var homes = nodes
            .SelectMany(n => n.Node.Clients.Select(c => (Client: c, Node: n)))
            .ToDictionary(h => h.Client, h => h.Node);
        return
        [
            .. cohort
                .Order()
                .Select(c => new Invitee(
                    profiles[c],
                    homes.GetValueOrDefault(c)?.Actor ?? ActorRefs.Nobody,
                    counted.TryGetValue(c, out var kept) ? kept : null,
                    homes.GetValueOrDefault(c)?.Key
                )),
        ];
    }
}
