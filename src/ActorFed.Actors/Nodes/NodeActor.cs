using ActorFed.Actors.Clients;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Supervision;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.Event;
using static ActorFed.Actors.Roster.RosterProtocol;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Nodes;

/// <summary>One node: its devices, and its clients, to whom it passes on what names them. A client's actor exists once it is invited.</summary>
public sealed class NodeActor : ReceiveActor, IWithTimers
{
    private readonly NodeSpec _spec;
    private readonly Dictionary<ClientId, int> _places = [];
    private readonly Dictionary<ClientId, IActorRef> _clients = [];
    private readonly HashSet<IActorRef> _devices = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private NodeActor(NodeSpec spec)
    {
        _spec = spec;
        for (var place = 0; place < spec.Clients.Length; place++)
        {
            _places.Add(spec.Clients[place].Client, place);
        }

        Receive<Invite>(m => Find(m.Client)?.Forward(m));
        Receive<IClientMessage>(m => _clients.GetValueOrDefault(m.Client)?.Forward(m));
        Receive<NodeRegistered>(_ => Timers.Cancel(nameof(Register)));
        Receive<NodeRefused>(m => _log.Error(new NodeRefusedException(m.Node, m.Client, m.HeldBy), "It will ask again."));
        Receive<Register>(_ => SendRegistration());
        Receive<Terminated>(m => Forget(m.ActorRef));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    public static Props Props(NodeSpec spec) => Akka.Actor.Props.Create(() => new NodeActor(spec));

    /// <inheritdoc />
    protected override void PreStart()
    {
        for (var i = 0; i < _spec.Devices.Length; i++)
        {
            _devices.Add(Context.Watch(Context.ActorOf(DeviceActor.Props(_spec.Devices[i], _spec.Work), $"device-{i}")));
        }

        SendRegistration();
        Timers.StartPeriodicTimer(nameof(Register), Register.Instance, _spec.ResendAfter);
    }

    /// <inheritdoc />
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(NodeSupervision.Restarts, NodeSupervision.Window, Decide);

    // To escalate is to tell the run, which fails with the cause; this node is of no use to it any more.
    private Directive Decide(Exception fault)
    {
        var directive = NodeSupervision.Decide(fault);
        if (directive != Directive.Escalate)
        {
            return directive;
        }

        _spec.Server.Tell(new NodeFailed(_spec.Name, fault.ToString()), Self);
        return Directive.Stop;
    }

    private void SendRegistration() =>
        _spec.Server.Tell(
            new RegisterNode(_spec.Name, [.. _spec.Clients.Select(c => c.Client)], _spec.Devices.Sum(d => d.Slots)),
            Self
        );

    private IActorRef? Find(ClientId client)
    {
        if (_clients.TryGetValue(client, out var known) || !_places.TryGetValue(client, out var place))
        {
            return known;
        }

        var actor = Context.Watch(Context.ActorOf(ClientActor.Props(_spec, _spec.Clients[place], place), $"client-{place:D5}"));
        return _clients[client] = actor;
    }

    private void Forget(IActorRef child)
    {
        if (_devices.Remove(child))
        {
            CloseWhenNoDeviceIsLeft();
            return;
        }

        foreach (var client in _clients.Where(c => c.Value.Equals(child)).Select(c => c.Key).ToList())
        {
            _clients.Remove(client);
        }
    }

    private void CloseWhenNoDeviceIsLeft()
    {
        if (_devices.Count == 0)
        {
            _spec.Work.Close(new DeviceLostException(_spec.Name, "no device is left on this node"));
        }
    }

    private sealed record Register : Wire.ILocalMessage
    {
        public static readonly Register Instance = new();
    }
}

/// <summary>The registry refused a node: a client lives on another.</summary>
public sealed class NodeRefusedException(string node, ClientId client, string heldBy)
    : Exception($"Node {node} was refused: {client} lives on {heldBy} already.")
{
    /// <summary>The node that was refused.</summary>
    public string Node => node;

    /// <summary>The client that both claim.</summary>
    public ClientId Client => client;

    /// <summary>The node that has it.</summary>
    public string HeldBy => heldBy;
}
