using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Wire;
using Google.Protobuf;
using AkkaSerialization = Akka.Serialization.Serialization;

namespace Akka.Remote.Transport;

/// <summary>Remoting over TCP: one listener, and an association for each system that is talked to.</summary>
internal sealed class TcpRemoting : RemoteTransport
{
    private readonly ActorSystemImpl _system;
    private readonly RemoteActorRefProvider _provider;
    private readonly ConcurrentDictionary<Address, Association> _associations = new();
    private readonly EventPublisher _events;
    private readonly int _uid;
    private Sockets _sockets = null!;
    private Listener _listener = null!;
    private ICancelable? _beat;
    private ICancelable? _resend;
    private Address? _address;
    private IReadOnlySet<Address> _addresses = new HashSet<Address>();
    private volatile bool _ended;

    public TcpRemoting(ActorSystemImpl system, RemoteActorRefProvider provider)
    {
        (_system, _provider, Settings) = (system, provider, provider.RemoteSettings);
        Tcp = new TcpSettings(Settings.Config);
        Log = Logging.GetLogger(system, "remoting");
        UsePassiveConnections = Settings.Config.GetBoolean("akka.remote.use-passive-connections");
        Inbound = new InboundDispatch(system, provider, Log);
        _events = new EventPublisher(system, Log, Settings.LogRemoteLifecycleEvents);
        _uid = AddressUidExtension.Uid(system);
    }

    public RemoteSettings Settings { get; }

    public TcpSettings Tcp { get; }

    public ILoggingAdapter Log { get; }

    public InboundDispatch Inbound { get; }

    public bool UsePassiveConnections { get; }

    public override Address DefaultAddress => _address!;

    public override IReadOnlySet<Address> Addresses => _addresses;

    /// <summary>Time on the scheduler's clock.</summary>
    public TimeSpan Now => _system.Scheduler.MonotonicClock;

    /// <summary>Where it listens, which is not the address where a public port is set.</summary>
    public int BoundPort { get; private set; }

    public void Notify(RemotingLifecycleEvent what) => _events.Notify(what);

    public override void Start()
    {
        var scheduler = _system.Scheduler;
        FailureDetectorLoader.Load(_system, RemoteSettings.TransportFailureDetector); // settings that are wrong are so at the start
        FailureDetectorLoader.Load(_system, RemoteSettings.WatchFailureDetector);
        var tls = Tcp.EnableSsl ? new Tls(_system, Tcp.Ssl, Log) : null;
        _sockets = new Sockets(Tcp, tls, scheduler, Settings.HandshakeTimeout);
        Socket socket;
        try
        {
            socket = _sockets.ListenAsync().WaitAsync(Settings.StartupTimeout).GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            var error = new RemoteTransportException($"Cannot listen on [{Tcp.Hostname}:{Tcp.Port}]: {e.Message}", e);
            Notify(new RemotingErrorEvent(error));
            throw error;
        }
        SetAddress((IPEndPoint)socket.LocalEndPoint!);
        _listener = new Listener(this, _sockets, socket, Settings.MaxInboundConnections);
        _ = _listener.RunAsync();
        var beat = Settings.TransportHeartbeatInterval;
        _beat = scheduler.Advanced.ScheduleRepeatedlyCancelable(beat, beat, () => ForAll(a => a.Beat()));
        var resend = Settings.ResendInterval;
        _resend = scheduler.Advanced.ScheduleRepeatedlyCancelable(resend, resend, () => ForAll(a => a.Resend()));
        Log.Info("Remoting started; listening on addresses : [{0}]", DefaultAddress);
        Notify(new RemotingListenEvent([DefaultAddress]));
    }

    private void SetAddress(IPEndPoint bound)
    {
        BoundPort = bound.Port;
        var host =
            Tcp.PublicHostname.Length > 0 ? Tcp.PublicHostname
            : Tcp.Hostname.Length > 0 && Tcp.Hostname is not ("0.0.0.0" or "::" or "[::]") ? Tcp.Hostname
            : Dns.GetHostName();
        if (host.Contains(':', StringComparison.Ordinal) && host[0] != '[')
            host = $"[{host}]";
        var port = Tcp.PublicPort > 0 ? Tcp.PublicPort : bound.Port;
        _address = new Address(Tcp.Protocol, _system.Name, host, port);
        _addresses = new HashSet<Address> { _address };
    }

    private void ForAll(Action<Association> action)
    {
        foreach (var association in _associations.Values)
            action(association);
    }

    internal Association AssociationWith(Address address) => _associations.GetOrAdd(address, a => new Association(this, a));

    private Association AssociationOf(RemoteActorRef actor)
    {
        if (actor.TransportCache is Association known)
            return known;
        var association = AssociationWith(actor.Path.Address);
        while (!association.TryUse())
        {
            _associations.TryRemove(new(association.Remote, association));
            association = AssociationWith(actor.Path.Address);
        }
        actor.TransportCache = association;
        return association;
    }

    /// <summary>How many systems are known.</summary>
    internal int Associations => _associations.Count;

    internal void ForgetIfUnused(Association association)
    {
        if (association.TryForget())
            _associations.TryRemove(new(association.Remote, association));
    }

    public override void Send(object message, IActorRef? sender, RemoteActorRef recipient)
    {
        Outgoing frame;
        try
        {
            frame = Frame(message, sender, recipient, 0);
        }
        catch (Exception e)
        {
            Unsendable(message, sender, recipient, $"its serializer failed: {e.Message}", e);
            return;
        }
        if (frame.Size > Tcp.MaximumFrameSize)
            TooLarge(frame, Tcp.MaximumFrameSize);
        else if (_ended || recipient.Path.Address is not { Port: not null })
            DeadLetter(frame);
        else
            AssociationOf(recipient)
                .Send(frame, recipient.IsControl || message is IControlMessage ? Channel.Control : Channel.Data);
    }

    public override void SendSystem(ISystemMessage message, RemoteActorRef recipient)
    {
        if (_ended || recipient.Path.Address is not { Port: not null })
            return;
        if (message is not (Watch or Unwatch or DeathWatchNotification or Terminate))
        {
            Log.Debug("System message [{0}] for [{1}] stays here: no other system takes it", message, recipient);
            return;
        }
        AssociationOf(recipient).SendSystem(message, number => Frame(message, null, recipient, number));
    }

    private Outgoing Frame(object message, IActorRef? sender, RemoteActorRef recipient, ulong sequence)
    {
        var serializer = _system.Serialization.FindSerializerFor(message);
        var payload = AkkaSerialization.WithTransport(
            _system,
            (Serializer: serializer, Message: message),
            static s => s.Serializer.ToBinary(s.Message)
        );
        var head = new Parcel
        {
            Recipient = recipient.WirePath,
            Sender = sender is null or Nobody ? "" : SenderPath(sender),
            Serializer = serializer.Identifier,
            Manifest = AkkaSerialization.ManifestFor(serializer, message),
            Sequence = sequence,
        };
        return new Outgoing(recipient, message, sender, head, payload);
    }

    private string SenderPath(IActorRef sender) =>
        sender switch
        {
            RemoteActorRef remote => remote.WirePath,
            IgnoreActorRef => sender.Path.ToSerializationFormat(),
            IInternalActorRef { Provider: var provider } when ReferenceEquals(provider, _provider) =>
                sender.Path.ToSerializationFormatWithAddress(DefaultAddress),
            _ => AkkaSerialization.WithTransport(_system, sender, AkkaSerialization.SerializedActorPath),
        };

    /// <summary>A message that can never be sent: its sender's side says so, loudly.</summary>
    public void TooLarge(Outgoing frame, int limit)
    {
        if (frame is { Message: { } message, Recipient: { } recipient })
            Unsendable(
                message,
                frame.Sender,
                recipient,
                $"it takes {frame.Size} bytes with its envelope, and akka.remote.dot-netty.tcp.maximum-frame-size is {limit}",
                null
            );
    }

    private void Unsendable(object message, IActorRef? sender, RemoteActorRef recipient, string why, Exception? cause)
    {
        var error = new RemoteTransportException(
            $"Message [{message.GetType()}] to [{recipient.Path}] cannot be sent: {why}.",
            cause
        );
        Log.Error(cause!, "{0}", error.Message);
        _system.EventStream.Publish(new RemotingErrorEvent(error));
        DeadLetter(message, sender, recipient);
        if (
            sender is { } asker
            && asker.GetType() is { IsGenericType: true } type
            && type.GetGenericTypeDefinition() == typeof(FutureActorRef<>)
        )
            asker.Tell(new Status.Failure(error), recipient); // an Ask need not wait for its time-out
    }

    public void DeadLetter(Outgoing frame)
    {
        if (frame is { Message: { } message, Recipient: { } recipient })
            DeadLetter(message, frame.Sender, recipient);
    }

    private void DeadLetter(object message, IActorRef? sender, RemoteActorRef recipient)
    {
        var from = sender ?? _provider.DeadLetters;
        _system.EventStream.Publish(
            message is IDeadLetterSuppression quiet
                ? new SuppressedDeadLetter(quiet, from, recipient)
                : (AllDeadLetters)new DeadLetter(message, from, recipient)
        );
    }

    /// <summary>Connects to a system and does the handshake.</summary>
    public async Task<(Link Link, FrameReader Reader)> ConnectAsync(Address to, Channel channel)
    {
        var socket = await _sockets.ConnectAsync(to).ConfigureAwait(false);
        using var limit = _sockets.HandshakeLimit();
        try
        {
            var opened = await _sockets.OpenAsync(socket, to.Host, to.ToString(), limit.Token).ConfigureAwait(false);
            var hello = new Hello
            {
                Version = Handshake.Version,
                From = DefaultAddress.ToString(),
                Uid = _uid,
                To = to.ToString(),
                Channel = channel,
                MaxFrame = (uint)Tcp.MaximumFrameSize,
            };
            var reply = await Handshake
                .ConnectAsync(hello, opened.Stream, opened.Reader, opened.Writer, Tcp.BigEndian, limit.Token)
                .ConfigureAwait(false);
            return MakeLink(opened, new LinkPeer(to, reply.Uid, channel, PeerLimit(reply.MaxFrame), false));
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (limit.IsOver)
                throw new TimeoutException($"No handshake with [{to}] within {Settings.HandshakeTimeout}.", e);
            throw;
        }
    }

    /// <summary>Judges a connection from elsewhere: the answer, and where it comes from if it is let in.</summary>
    public (HelloReply Reply, Address? From) Judge(Hello hello)
    {
        var reply = new HelloReply
        {
            Version = Handshake.Version,
            From = DefaultAddress.ToString(),
            Uid = _uid,
            MaxFrame = (uint)Tcp.MaximumFrameSize,
        };
        if (hello.Version != Handshake.Version)
            return Refused(
                reply,
                Refusal.Version,
                $"{hello.From} speaks version {hello.Version}, {DefaultAddress} {Handshake.Version}"
            );
        if (!Handshake.IsUsable(hello.From, out var from) || HasAddress(from) || from.Protocol != DefaultAddress.Protocol)
            return Refused(reply, Refusal.Address, $"[{hello.From}] is no address of another system");
        if (!Address.TryParse(hello.To, out var to) || !HasAddress(to))
            return Refused(reply, Refusal.Address, $"[{hello.To}] was looked for, and this is [{DefaultAddress}]");
        if (_ended)
            return Refused(reply, Refusal.ShuttingDown, $"{DefaultAddress} is shutting down");
        if (_associations.TryGetValue(from, out var known) && known.IsQuarantined(hello.Uid))
            return Refused(reply, Refusal.Quarantined, $"{DefaultAddress} has quarantined {from} with UID {hello.Uid}");
        return (reply, from);
    }

    private bool HasAddress(Address address) => _addresses.Contains(address);

    private static (HelloReply Reply, Address? From) Refused(HelloReply reply, Refusal why, string reason)
    {
        (reply.Refusal, reply.Reason) = (why, reason);
        return (reply, null);
    }

    public (Link Link, FrameReader Reader) MakeLink(Sockets.Opened opened, LinkPeer peer)
    {
        var link = new Link(opened.Socket, opened.Stream, opened.Reader, opened.Writer, peer)
        {
            Detector = FailureDetectorLoader.Load(_system, RemoteSettings.TransportFailureDetector),
        };
        return (link, new FrameReader(Tcp.MaximumFrameSize, Tcp.BigEndian));
    }

    public int PeerLimit(uint announced) => (int)Math.Min(announced, int.MaxValue);

    public void LinkEnded(Link link)
    {
        if (link.IsInbound)
            _listener.Ended();
    }

    /// <summary>A system has ended, or is given up: who watches an actor there is told.</summary>
    public void SystemGone(Address address) =>
        _provider.RemoteWatcher?.Tell(new RemoteWatcher.SystemGone(address), ActorRefs.NoSender);

    /// <summary>Another incarnation is at an address: it answers for the actors of the one before.</summary>
    public void SystemReplaced(Address address) =>
        _provider.RemoteWatcher?.Tell(new RemoteWatcher.SystemReplaced(address), ActorRefs.NoSender);

    public override void Quarantine(Address address, int? uid) => AssociationWith(address).Quarantine(uid);

    /// <summary>Waits for a task, but not for ever: time is the scheduler's.</summary>
    public async Task AtMost(Task task, TimeSpan time)
    {
        if (task.IsCompleted)
            return;
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var timer = _system.Scheduler.Advanced.ScheduleOnceCancelable(time, () => over.TrySetResult());
        await Task.WhenAny(task, over.Task).ConfigureAwait(false);
        timer.Cancel();
    }

    public override async Task ShutdownAsync()
    {
        _beat?.Cancel();
        _resend?.Cancel();
        _listener.Close();
        var all = _associations.Values.Select(a => a.ShutdownAsync(Settings.FlushWait)).ToArray();
        await AtMost(Task.WhenAll(all), Settings.ShutdownTimeout).ConfigureAwait(false);
        _ended = true;
        Notify(new RemotingShutdownEvent());
    }
}
