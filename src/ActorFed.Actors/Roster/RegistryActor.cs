using System.Collections.Immutable;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Trust;
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
/// <param name="Actor">The node.</param>
/// <param name="Key">What its clients' updates are held against; null where nothing is signed.</param>
public sealed record NodeEntry(string Address, RegisterNode Node, IActorRef Actor, IUpdateKey? Key);

/// <summary>Knows who is there. A client lives on one node; a node that is gone takes its clients with it.</summary>
public sealed class RegistryActor : ReceiveActor
{
    private readonly Dictionary<IActorRef, (RegisterNode Said, IUpdateKey? Key)> _nodes = [];
    private readonly Identity? _expected;
    private readonly IGatekeeper? _gate;
    private long _epoch;
    private ImmutableDictionary<ClientId, IActorRef> _clients = ImmutableDictionary<ClientId, IActorRef>.Empty;

    private RegistryActor(Identity? expected, IGatekeeper? gate)
    {
        (_expected, _gate) = (expected, gate);
        Receive<RegisterNode>(Register);
        Receive<EpochBegun>(m => _epoch = m.Epoch);
        Receive<Terminated>(m => Remove(m.ActorRef));
    }

    /// <summary>How to make one.</summary>
    /// <param name="expected">What every node must be equal in; null where all are of one process.</param>
    /// <param name="gate">Who may take part; null for everybody.</param>
    public static Props Props(Identity? expected = null, IGatekeeper? gate = null) =>
        Akka.Actor.Props.Create(() => new RegistryActor(expected, gate));

    private void Register(RegisterNode m)
    {
        if (!IsAdmitted(m, out var key))
        {
            Remove(Sender); // a node whose certificate was revoked is put out when it registers the next time
            return;
        }

        if (_expected?.Against(m.Identity) is { } mismatch)
        {
            Sender.Tell(mismatch);
            return;
        }

        ForgetEarlierIncarnation();
        if (m.Clients.FirstOrDefault(c => !Sender.Equals(_clients.GetValueOrDefault(c, Sender))) is { Value.Length: > 0 } taken)
        {
            Sender.Tell(new NodeRefused(m.Node, taken, _nodes[_clients[taken]].Said.Node));
            return;
        }

        Sender.Tell(new NodeRegistered(m.Node, _epoch));
        if (_nodes.TryGetValue(Sender, out var before) && before.Said.Clients.SequenceEqual(m.Clients))
        {
            return; // a repeat
        }

        var lost = before.Said?.Clients.Except(m.Clients).ToImmutableArray() ?? [];
        Context.Watch(Sender);
        _nodes[Sender] = (m, key);
        var node = Sender;
        _clients = _clients.RemoveRange(lost).SetItems(m.Clients.Select(c => KeyValuePair.Create(c, node)));
        Context.Parent.Tell(new RosterChanged(_clients, lost, Entries()));
        Publish(run => new NodeCame(run, Entry(node)));
    }

    private bool IsAdmitted(RegisterNode m, out IUpdateKey? key)
    {
        key = null;
        if (_gate is null)
        {
            return true;
        }

        switch (_gate.Admit(m.Node, m.Clients, m.Proof, Statements.Of(m, Sender.Path.ToSerializationFormat())))
        {
            case Admission.Granted granted:
                key = granted.Key;
                return true;
            case Admission.Denied denied:
                Sender.Tell(new NodeMismatched("certificate", $"a rule: {denied.Rule}", denied.Shown));
                var address = Sender.Path.Address.ToString();
                Publish(run => new NodeDenied(run, m.Node, address, denied.Rule, denied.Shown));
                return false;
            default:
                throw new InvalidOperationException("an admission is granted or denied.");
        }
    }

    // Within one process nodes neither come nor go.
    private void Publish(Func<RunId, IRunEvent> what)
    {
        if (_expected is { Run: var run })
        {
            Context.System.EventStream.Publish(what(run));
        }
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

    private ImmutableArray<NodeEntry> Entries() => [.. _nodes.Keys.Select(Entry).OrderBy(n => (n.Node.Node, n.Address))];

    private NodeEntry Entry(IActorRef node) => new(node.Path.Address.ToString(), _nodes[node].Said, node, _nodes[node].Key);

    private void Remove(IActorRef node)
    {
        if (!_nodes.TryGetValue(node, out var gone))
        {
            return;
        }

        var entry = Entry(node);
        _nodes.Remove(node);
        Context.Unwatch(node);
        _clients = _clients.RemoveRange(gone.Said.Clients);
        Context.Parent.Tell(new RosterChanged(_clients, gone.Said.Clients, Entries()));
        Publish(run => new NodeGone(run, entry));
    }
}
