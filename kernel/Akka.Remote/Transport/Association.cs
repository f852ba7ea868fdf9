using System.Buffers;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Wire;
using Google.Protobuf;

namespace Akka.Remote.Transport;

/// <summary>This system and another one: two lanes, their connections, and which incarnation of it is talked to.</summary>
internal sealed class Association : ILinkReader
{
    private const long Open = long.MinValue;

    private readonly TcpRemoting _remoting;
    private readonly Lock _gate = new();
    private readonly List<Link> _links = [];
    private readonly Link?[] _reading = new Link?[2]; // by channel: whose messages are taken
    private readonly Lane _control;
    private readonly Lane _data;
    private readonly SystemDelivery _system;
    private readonly InboundWatches _watches = new();
    private int? _uid;
    private int? _quarantined;
    private long _gatedUntil = Open; // ticks of the scheduler's clock
    private bool _ended;
    private bool _used;
    private bool _forgotten;
    private long _refused;
    private volatile TaskCompletionSource? _closed;

    public Association(TcpRemoting remoting, Address remote)
    {
        (_remoting, Remote) = (remoting, remote);
        var (tcp, settings) = (remoting.Tcp, remoting.Settings);
        _control = new Lane(this, Channel.Control, tcp.HighWaterMark, tcp.LowWaterMark, TimeSpan.Zero);
        _data = new Lane(this, Channel.Data, tcp.HighWaterMark, tcp.LowWaterMark, settings.OutboundWait);
        _system = new SystemDelivery(_control, settings.SystemMessageBufferSize, settings.ResendLimit);
    }

    public Address Remote { get; }

    public InboundWatches Watches => _watches;

    /// <summary>Keeps the association: something here has its address. False if it has just been forgotten.</summary>
    public bool TryUse()
    {
        lock (_gate)
        {
            _used |= !_forgotten;
            return !_forgotten;
        }
    }

    /// <summary>Whether it may be forgotten: nothing here ever sent to it, and nothing of it is left. Addresses come from outside.</summary>
    public bool TryForget()
    {
        lock (_gate)
        {
            _forgotten |= !_used && _links.Count == 0 && _quarantined is null && _watches.IsEmpty;
            return _forgotten;
        }
    }

    /// <summary>Whether one more refusal is to be logged: the first hundred, then each time that their number has doubled.</summary>
    public bool CountRefusal(out long count)
    {
        count = Interlocked.Increment(ref _refused);
        return count <= 100 || long.IsPow2(count);
    }

    /// <summary>Bytes of user messages that wait to be sent.</summary>
    public long WaitingBytes => _data.Bytes;

    private Lane LaneOf(Channel channel) => channel == Channel.Control ? _control : _data;

    /// <summary>No message is accepted: the last attempt to connect has failed a short while ago.</summary>
    private bool IsGated => Volatile.Read(ref _gatedUntil) is var until and not Open && _remoting.Now.Ticks < until;

    public void Send(Outgoing frame, Channel channel)
    {
        if (IsGated || !LaneOf(channel).Send(frame))
            _remoting.DeadLetter(frame);
    }

    public void SendSystem(ISystemMessage message, Func<ulong, Outgoing> frame)
    {
        if (message is DeathWatchNotification died)
            _watches.Remove(died.Actor);
        bool refused;
        lock (_gate)
            refused = _ended || (_quarantined is not null && _quarantined == _uid);
        if (refused)
            return;
        if (!_system.Send(frame, _remoting.Now))
        {
            _remoting.Log.Error("Too many system messages to [{0}] wait for acknowledgement; it is given up", Remote);
            GiveUp();
        }
        else if (!_control.HasLink && !IsGated)
            Connect(_control);
    }

    /// <summary>Makes a connection for a lane that has none; one attempt at a time.</summary>
    public void Connect(Lane lane)
    {
        lock (_gate)
        {
            if (_ended || lane.IsConnecting || lane.HasLink)
                return;
            lane.IsConnecting = true;
        }
        _ = ConnectAsync(lane);
    }

    private async Task ConnectAsync(Lane lane)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var (link, reader) = await _remoting.ConnectAsync(Remote, lane.Channel).ConfigureAwait(false);
            lock (_gate)
                lane.IsConnecting = false;
            if (!Adopt(link, reader))
                throw new RemoteTransportException($"UID [{link.Peer.Uid}] of [{Remote}] is quarantined, or this system ends.");
        }
        catch (Exception e)
        {
            ConnectFailed(lane, e);
        }
    }

    private void ConnectFailed(Lane lane, Exception cause)
    {
        var gate = _remoting.Settings.RetryGateClosedFor;
        lock (_gate)
        {
            lane.IsConnecting = false;
            if (_ended)
                return;
            if (_links.Count == 0) // else it is there, and takes what the other lane brings
                Volatile.Write(ref _gatedUntil, (_remoting.Now + gate).Ticks);
        }
        if (cause is HandshakeRefused { Refusal: Refusal.Quarantined })
            _remoting.Notify(new ThisActorSystemQuarantinedEvent(_remoting.DefaultAddress, Remote));
        var error = new RemoteTransportException(
            $"Association with remote system {Remote} has failed; address is now gated for {gate.TotalMilliseconds:0} ms. "
                + $"Reason: [{cause.Message}]",
            cause
        );
        _remoting.Notify(new AssociationErrorEvent(error, _remoting.DefaultAddress, Remote, false, LogLevel.WarningLevel));
        DropWaiting();
    }

    /// <summary>What waits in lanes without a connection becomes dead letters; system messages are kept elsewhere.</summary>
    private void DropWaiting(bool end = false)
    {
        foreach (var lane in (Lane[])[_control, _data])
        {
            if (end || !lane.HasLink)
                DeadLetters(lane.Fail(end));
        }
    }

    private void DeadLetters(IEnumerable<Outgoing> frames)
    {
        foreach (var frame in frames.Where(f => !f.IsSystem))
            _remoting.DeadLetter(frame);
    }

    /// <summary>Takes a connection whose handshake is done; false if its other end is given up.</summary>
    public bool Adopt(Link link, FrameReader reader)
    {
        var forgotten = false;
        var first = false;
        lock (_gate)
        {
            if (_ended || _forgotten || _quarantined == link.Peer.Uid)
            {
                link.Close(null);
                return false;
            }
            forgotten = _uid is not null && _uid != link.Peer.Uid;
            _uid = link.Peer.Uid;
            _quarantined = null;
            if (forgotten)
                CloseAll(null);
            first = _links.All(l => l.IsClosed);
            _links.Add(link);
            Volatile.Write(ref _gatedUntil, Open);
        }
        if (forgotten)
        {
            ForgetIncarnation();
            _remoting.SystemReplaced(Remote);
        }
        if (first)
            _remoting.Notify(new AssociatedEvent(_remoting.DefaultAddress, Remote, link.IsInbound));
        WriteOn(link);
        _ = ReadAsync(link, reader);
        return true;
    }

    private void WriteOn(Link link)
    {
        if (link.IsInbound && !_remoting.UsePassiveConnections)
            return;
        if (LaneOf(link.Channel).Attach(link) && link.Channel == Channel.Control)
            _system.LinkUp();
    }

    private async Task ReadAsync(Link link, FrameReader reader)
    {
        var cause = await link.ReadAsync(reader, this).ConfigureAwait(false);
        if (cause is FrameException)
            _remoting.Notify(
                new AssociationErrorEvent(cause, _remoting.DefaultAddress, Remote, link.IsInbound, LogLevel.ErrorLevel)
            );
        LinkEnded(link);
    }

    private void LinkEnded(Link link)
    {
        Link? other;
        bool last;
        lock (_gate)
        {
            _links.Remove(link);
            other = _links.Find(l => l.Channel == link.Channel && !l.IsClosed);
            last = _links.Count == 0;
        }
        var lane = LaneOf(link.Channel);
        if (lane.Detach(link))
        {
            if (link.Channel == Channel.Control)
                _system.LinkDown();
            if (other is not null)
                WriteOn(other);
            else if (lane.IsWaiting)
                Connect(lane);
        }
        _remoting.LinkEnded(link);
        if (last)
        {
            _closed?.TrySetResult();
            _remoting.Notify(new DisassociatedEvent(_remoting.DefaultAddress, Remote, link.IsInbound));
            _remoting.ForgetIfUnused(this);
        }
    }

    /// <summary>What was known of the incarnation before: its messages, its watches.</summary>
    private void ForgetIncarnation()
    {
        _system.Reset();
        _watches.End();
    }

    private void CloseAll(Exception? cause)
    {
        foreach (var link in _links)
            link.Close(cause);
    }

    public void Read(Link link, FrameKind kind, ReadOnlySequence<byte> body)
    {
        switch (kind)
        {
            case FrameKind.Parcel:
                ReadParcel(link, Parcel.Parser.ParseFrom(body));
                break;
            case FrameKind.Ack:
                _system.Acknowledged(Ack.Parser.ParseFrom(body).Sequence, _remoting.Now);
                break;
            case FrameKind.Heartbeat:
                break;
            case FrameKind.Goodbye:
                ReadGoodbye(link, Goodbye.Parser.ParseFrom(body));
                break;
            default:
                throw new FrameException($"A {kind} in the middle of a connection.");
        }
    }

    private void ReadParcel(Link link, Parcel parcel)
    {
        ref var current = ref _reading[(int)link.Channel];
        if (!ReferenceEquals(current, link) && !Supersede(link))
            return;
        if (parcel.Sequence == 0)
            _remoting.Inbound.Deliver(this, parcel);
        else if (link.Channel != Channel.Control)
            throw new FrameException("A system message on the data connection.");
        else if (_system.IsNext(parcel.Sequence))
            _remoting.Inbound.DeliverSystem(this, parcel);
    }

    /// <summary>The other side writes on this connection now. What another one still holds would arrive out of order, and is dropped.</summary>
    private bool Supersede(Link link)
    {
        lock (_gate)
        {
            if (link.IsSuperseded || link.IsClosed)
                return false;
            if (_reading[(int)link.Channel] is { } before)
                before.IsSuperseded = true;
            _reading[(int)link.Channel] = link;
            return true;
        }
    }

    public void Pause(Link link)
    {
        if (link.Channel == Channel.Control && _system.TakeAcknowledgement() is var number and > 0)
            _control.Send(new Outgoing(FrameKind.Ack, new Ack { Sequence = number }));
    }

    private void ReadGoodbye(Link link, Goodbye goodbye)
    {
        if (goodbye.Quarantined)
            _remoting.Notify(new ThisActorSystemQuarantinedEvent(_remoting.DefaultAddress, Remote));
        else if (link.Channel == Channel.Control)
        {
            _watches.End();
            _remoting.SystemGone(Remote);
            _system.Reset();
        }
        lock (_gate)
            Volatile.Write(ref _gatedUntil, (_remoting.Now + _remoting.Settings.RetryGateClosedFor).Ticks);
        link.Close(null);
        DeadLetters(LaneOf(link.Channel).Fail());
    }

    /// <summary>Gives up an incarnation. Without its number nothing is known to refuse: the address is only gated.</summary>
    public void Quarantine(int? uid)
    {
        int? known;
        List<Link> links;
        lock (_gate)
        {
            known = uid ?? _uid;
            if (_ended || (known is not null && (_quarantined == known || (_uid is not null && _uid != known))))
                return; // done already, or about an incarnation before the present one
            _quarantined = known;
            _uid ??= known;
            links = [.. _links];
            links.ForEach(l => l.IsSuperseded = true); // from here on nothing of it is taken
            Array.Clear(_reading);
            Volatile.Write(ref _gatedUntil, (_remoting.Now + _remoting.Settings.RetryGateClosedFor).Ticks);
        }
        foreach (var lane in (Lane[])[_control, _data])
            DropAndSay(lane, new Goodbye { Quarantined = true });
        _ = CloseSoonAsync(links);
        ForgetIncarnation();
        if (known is { } number)
            _remoting.Notify(new QuarantinedEvent(Remote, number));
    }

    private void DropAndSay(Lane lane, Goodbye goodbye)
    {
        DeadLetters(lane.Fail());
        if (lane.HasLink)
            lane.Send(new Outgoing(FrameKind.Goodbye, goodbye));
    }

    /// <summary>Lets the last word out, if the other side takes it at all.</summary>
    private async Task CloseSoonAsync(List<Link> links)
    {
        await _remoting
            .AtMost(Task.WhenAll(_control.WhenIdle(), _data.WhenIdle()), _remoting.Settings.FlushWait)
            .ConfigureAwait(false);
        links.ForEach(l => l.Close(null));
    }

    private void GiveUp()
    {
        Quarantine(null);
        _remoting.SystemGone(Remote);
    }

    public bool IsQuarantined(int uid)
    {
        lock (_gate)
            return _quarantined == uid;
    }

    /// <summary>Every transport heartbeat: says that it is there, and closes what has been silent for too long.</summary>
    public void Beat()
    {
        List<Link> silent;
        lock (_gate)
        {
            silent = _links.FindAll(l => l.Channel == Channel.Control && !l.Detector.IsAvailable);
            if (silent.Count > 0)
                silent = [.. _links];
        }
        foreach (var link in silent)
            link.Close(new TimeoutException("No heartbeat from the other side."));
        if (_control.HasLink)
            _control.Send(new Outgoing(FrameKind.Heartbeat, new Heartbeat()));
    }

    /// <summary>Every resend interval.</summary>
    public void Resend()
    {
        var now = _remoting.Now;
        if (_system.WaitingSince is { } since && now - since > _remoting.Settings.SystemMessageDeliveryTimeout)
        {
            _remoting.Log.Error("System messages to [{0}] are unacknowledged since {1}; it is given up", Remote, now - since);
            _system.Reset();
            GiveUp();
        }
        else if (_system.Resend(now, _remoting.Settings.ResendInterval) && !IsGated)
            Connect(_control);
    }

    public void TooLarge(Outgoing frame, int limit) => _remoting.TooLarge(frame, limit);

    public void Stalled(TimeSpan wait, long bytes) =>
        _remoting.Log.Warning(
            "{0} bytes wait to be sent to [{1}], and for {2} nothing could be added: messages to it are dead letters until it takes some",
            bytes,
            Remote,
            wait
        );

    /// <summary>Sends what waits, says goodbye, and waits until the other side has closed.</summary>
    public async Task ShutdownAsync(TimeSpan flush)
    {
        var goodbye = new Goodbye();
        foreach (var lane in (Lane[])[_data, _control])
        {
            if (lane.HasLink)
            {
                await _remoting.AtMost(lane.WhenIdle(), flush).ConfigureAwait(false);
                lane.Send(new Outgoing(FrameKind.Goodbye, goodbye));
            }
        }
        await _remoting.AtMost(Task.WhenAll(_control.WhenIdle(), _data.WhenIdle()), flush).ConfigureAwait(false);
        await _remoting.AtMost(WhenClosed(), flush).ConfigureAwait(false);
        End();
    }

    private Task WhenClosed()
    {
        lock (_gate)
            return _links.Count == 0
                ? Task.CompletedTask
                : (_closed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    private void End()
    {
        lock (_gate)
        {
            _ended = true;
            CloseAll(null);
        }
        DropWaiting(end: true);
    }
}
