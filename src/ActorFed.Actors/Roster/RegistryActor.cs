using System.Collections.Immutable;
using ActorFed.Actors.Wire;
using ActorFed.Training.Federation;
using Akka.Actor;
using static ActorFed.Actors.Roster.RosterProtocol;

namespace ActorFed.Actors.Roster;

/// <summary>Registry → run: who is there now.</summary>
/// <param name="Nodes">The node of every client that can be invited.</param>
/// <param name="Lost">Clients that could be, and no longer can.</param>
/// <param name="Entries">The nodes themselves, by name.</param>
public sealed record RosterChanged(
    ImmutableDictionary<ClientId, IActorRef> Nodes,
    ImmutableArray<ClientId> Lost,
    ImmutableArray<NodeEntry> Entries
) : ILocalMessage;

/// <summary>Run → registry. This server leads in this epoch.</summary>
public sealed record EpochBegun(long Epoch) : ILocalMessage;

/// <summary>A node that is there.</summary>
/// <param name="Address">Where.</param>
/// <param name="Node">What it said of itself.</param>
public sealed record NodeEntry(string Address, RegisterNode Node);

/// <summary>Knows who is there. A client lives on one node; a node that is gone takes its clients with it.</summary>
public sealed class RegistryActor : ReceiveActor
{
    private readonly Dictionary<IActorRef, RegisterNode> _nodes = [];
    private readonly Identity? _expected;
    private long _epoch;
    private ImmutableDictionary<ClientId, IActorRef> _clients = ImmutableDictionary<ClientId, IActorRef>.Empty;

    private RegistryActor(Identity? expected)
    {
        _expected = expected;
        Receive<RegisterNode>(Register);
        Receive<EpochBegun>(m => _epoch = m.Epoch);
        Receive<Terminated>(m => Remove(m.ActorRef));
    }

    /// <summary>How to make one.</summary>
    /// <param name="expected">What every node must be equal in; null where all are of one process.</param>
    public static Props Props(Identity? expected = null) => Akka.Actor.Props.Create(() => new RegistryActor(expected));

    private void Register(RegisterNode m)
    {
        if (_expected?.Against(m.Identity) is { } mismatch)
        {
            Sender.Tell(mismatch);
            return;
        }

        ForgetEarlierIncarnation();
        if (m.Clients.FirstOrDefault(c => !Sender.Equals(_clients.GetValueOrDefault(c, Sender))) is { Value.Length: > 0 } taken)
        {
            Sender.Tell(new NodeRefused(m.Node, taken, _nodes[_clients[taken]].Node));
            return;
        }

        Sender.Tell(new NodeRegistered(m.Node, _epoch));
        if (_nodes.TryGetValue(Sender, out var before) && before.Clients.SequenceEqual(m.Clients))
        {
            return; // a repeat
        }

        var lost = before?.Clients.Except(m.Clients).ToImmutableArray() ?? [];
        Context.Watch(Sender);
        _nodes[Sender] = m;
        var node = Sender;
        _clients = _clients.RemoveRange(lost).SetItems(m.Clients.Select(c => KeyValuePair.Create(c, node)));
        Context.Parent.Tell(new RosterChanged(_clients, lost, Entries()));
    }

    // A node at the path of another is that node, started again: its end will be noticed too, but perhaps much later.
    private void ForgetEarlierIncarnation()
    {
        if (_nodes.Keys.FirstOrDefault(n => n.Path == Sender.Path && !n.Equals(Sender)) is { } earlier)
        {
            Context.Unwatch(earlier);
            Remove(earlier);
        }
    }

    private ImmutableArray<NodeEntry> Entries() =>
        [.. _nodes.Select(n => new NodeEntry(n.Key.Path.Address.ToString(), n.Value)).OrderBy(n => (n.Node.Node, n.Address))];

    private void Remove(IActorRef node)
    {
        if (!_nodes.Remove(node, out var gone))
        {
            return;
        }

        _clients = _clients.RemoveRange(gone.Clients);
        Context.Parent.Tell(new RosterChanged(_clients, gone.Clients, Entries()));
    }
}
