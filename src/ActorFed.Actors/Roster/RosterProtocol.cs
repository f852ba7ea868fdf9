using System.Collections.Immutable;
using ActorFed.Actors.Wire;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Roster;

/// <summary>All that a node and the registry may say to each other.</summary>
public static class RosterProtocol
{
    /// <summary>Node → registry. These clients live here, and this many of them can train at a time. A repeat replaces.</summary>
    public sealed record RegisterNode(string Node, ImmutableArray<ClientId> Clients, int Slots) : IWireMessage;

    /// <summary>Registry → node. The clients may be invited from now on.</summary>
    public sealed record NodeRegistered(string Node) : IWireMessage;

    /// <summary>Registry → node. Another node holds <paramref name="Client"/>: no client lives twice. The node asks again, in case the other is gone by then.</summary>
    public sealed record NodeRefused(string Node, ClientId Client, string HeldBy) : IWireMessage;

    /// <summary>Node → registry. Final: a fault on the node that nobody foresaw. The run fails with it.</summary>
    public sealed record NodeFailed(string Node, string Detail) : IWireMessage;
}
