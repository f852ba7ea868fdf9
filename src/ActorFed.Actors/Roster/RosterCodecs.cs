using System.Collections.Immutable;
using ActorFed.Actors.Wire;
using ActorFed.Training.Federation;
using static ActorFed.Actors.Roster.RosterProtocol;

namespace ActorFed.Actors.Roster.Wire;

/// <summary>The wire forms of <see cref="RosterProtocol"/>.</summary>
internal static class RosterCodecs
{
    public static IEnumerable<Codec> All =>
        [
            new Codec<RegisterNode, RegisterNodeWire>("roster.register-node.1", RegisterNodeWire.Parser, To, From),
            new Codec<NodeRegistered, NodeRegisteredWire>(
                "roster.node-registered.1",
                NodeRegisteredWire.Parser,
                m => new() { Node = m.Node },
                w => new(Named(w.Node))
            ),
            new Codec<NodeRefused, NodeRefusedWire>(
                "roster.node-refused.1",
                NodeRefusedWire.Parser,
                m =>
                    new()
                    {
                        Node = m.Node,
                        Client = m.Client.Value,
                        HeldBy = m.HeldBy,
                    },
                w => new(Named(w.Node), new(w.Client), Named(w.HeldBy))
            ),
            new Codec<NodeFailed, NodeFailedWire>(
                "roster.node-failed.1",
                NodeFailedWire.Parser,
                m => new() { Node = m.Node, Detail = m.Detail },
                w => new(Named(w.Node), w.Detail)
            ),
        ];

    private static RegisterNodeWire To(RegisterNode m)
    {
        var wire = new RegisterNodeWire { Node = m.Node, Slots = m.Slots };
        wire.Clients.AddRange(m.Clients.Select(c => c.Value));
        return wire;
    }

    private static RegisterNode From(RegisterNodeWire w) =>
        new(
            Named(w.Node),
            [.. w.Clients.Select(c => new ClientId(c))],
            w.Slots >= 1 ? w.Slots : throw new ArgumentException($"slots is {w.Slots}; a node has at least 1.")
        );

    private static string Named(string node) =>
        node.Length is > 0 and <= 256
            ? node
            : throw new ArgumentException($"a node's name has {node.Length} characters; 1 to 256 are allowed.");
}
