using ActorFed.Actors.Clients;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Supervision;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Trust;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.Event;
using static ActorFed.Actors.Roster.RosterProtocol;
using static ActorFed.Actors.Rounds.RoundProtocol;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Nodes;

/// <summary>One node: its devices, and its clients, to whom it passes on what names them. A client's actor exists once it is invited.</summary>
public sealed class NodeActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan SlowestPace = TimeSpan.FromSeconds(5);

    private readonly NodeSpec _spec;
    private readonly Dictionary<ClientId, int> _places = [];
    private readonly Dictionary<ClientId, IActorRef> _clients = [];
    private readonly HashSet<IActorRef> _devices = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRef _source;
    private readonly IActorRef? _fetcher;
    private IActorRef? _registry;
    private long _epoch;

    private NodeActor(NodeSpec spec)
    {
        _spec = spec;
        for (var place = 0; place < spec.Clients.Length; place++)
        {
            _places.Add(spec.Clients[place].Client, place);
        }

        _source = Context.ActorOf(BlobSource.Props(spec.Blobs, spec.Membership?.Transfer.KeepSent ?? 0), "blobs");
        _fetcher = spec.Membership is { Transfer: var t } ? Context.ActorOf(t.Fetcher, "fetcher") : null;
        Receive<Invite>(m => IsOfServer(Sender), m => Find(m.Client)?.Forward(m));
        Receive<Invite>(_ => { }); // a server whose time is over
        Receive<IClientMessage>(m => _clients.GetValueOrDefault(m.Client)?.Forward(m));
        Receive<Pull>(m => _source.Forward(m));
        Receive<AskPacked>(m => _source.Forward(m));
        Receive<NodeRegistered>(Join);
        Receive<NodeRefused>(m =>
        {
            _log.Error(new NodeRefusedException(m.Node, m.Client, m.HeldBy), "It will ask again.");
            Publish(new NodeWaits(m));
        });
        Receive<NodeMismatched>(m =>
        {
            Timers.Cancel(nameof(Register));
            Publish(new NodeTurnedAway(m));
        });
        Receive<RunEnded>(m => Publish(new NodeDismissed(m)));
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
        AskAgain();
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

    private void SendRegistration()
    {
        var registration = new RegisterNode(
            _spec.Name,
            [.. _spec.Clients.Select(c => c.Client)],
            _spec.Devices.Sum(d => d.Slots),
            _spec.Membership?.Identity,
            _spec.Membership?.Capacity
        );
        _spec.Server.Tell(registration with { Proof = _spec.Membership?.Signer?.Prove(Statements.Of(registration, Me)) }, Self);
    }

    // As the server sees this actor.
    private string Me =>
        Self.Path.ToSerializationFormatWithAddress(((ExtendedActorSystem)Context.System).Provider.DefaultAddress);

    private void AskAgain() => Timers.StartPeriodicTimer(nameof(Register), Register.Instance, Pace);

    // A server that comes back should not wait for its nodes as long as an update may wait for its answer.
    private TimeSpan Pace => _spec.ResendAfter < SlowestPace ? _spec.ResendAfter : SlowestPace;

    // Within one process server and node end together. Elsewhere a server may be started again and not know us then, and it may not
    // be watched where it runs in untrusted mode: so the node goes on to register.
    private void Join(NodeRegistered m)
    {
        if (m.Epoch < _epoch)
        {
            _log.Warning("{0} leads in epoch {1}; epoch {2} was heard of.", Sender.Path.Address, m.Epoch, _epoch);
            return;
        }

        _epoch = m.Epoch;
        if (_spec.Membership is null)
        {
            Timers.Cancel(nameof(Register));
        }
        else if (Sender.Equals(_registry))
        {
            return;
        }
        else
        {
            Context.Unwatch(_registry ?? ActorRefs.Nobody);
            _registry = Context.Watch(Sender);
        }

        Publish(new NodeJoined(m.Node));
    }

    private bool IsOfServer(IActorRef sender) =>
        _spec.Membership is null || (_registry is { } registry && registry.Path.Address == sender.Path.Address);

    private static void Publish(INodeEvent what) => Context.System.EventStream.Publish(what);

    private IActorRef? Find(ClientId client)
    {
        if (_clients.TryGetValue(client, out var known) || !_places.TryGetValue(client, out var place))
        {
            return known;
        }

        var actor = Context.Watch(
            Context.ActorOf(ClientActor.Props(_spec, _spec.Clients[place], place, _fetcher), $"client-{place:D5}")
        );
        return _clients[client] = actor;
    }

    private void Forget(IActorRef child)
    {
        if (child.Equals(_registry))
        {
            _registry = null;
            Publish(new ServerLost(_spec.Name));
            AskAgain();
            return;
        }

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
