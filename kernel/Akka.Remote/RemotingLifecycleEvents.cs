using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>What happens between systems, published on the event stream.</summary>
public abstract class RemotingLifecycleEvent
{
    protected RemotingLifecycleEvent() { }

    /// <summary>The level it is logged at when akka.remote.log-remote-lifecycle-events is on.</summary>
    public abstract LogLevel LogLevel();
}

/// <summary>Something about the connections of a pair of systems.</summary>
public abstract class AssociationEvent : RemotingLifecycleEvent
{
    private protected AssociationEvent(Address localAddress, Address remoteAddress, bool inbound) =>
        (LocalAddress, RemoteAddress, IsInbound) = (localAddress, remoteAddress, inbound);

    public Address LocalAddress { get; }

    public Address RemoteAddress { get; }

    /// <summary>Whether the other side has connected.</summary>
    public bool IsInbound { get; }

    private protected string Text(string what) => $"{what} [{LocalAddress}] {(IsInbound ? "<-" : "->")} [{RemoteAddress}]";
}

/// <summary>The first connection to a system stands.</summary>
public sealed class AssociatedEvent : AssociationEvent
{
    public AssociatedEvent(Address localAddress, Address remoteAddress, bool inbound)
        : base(localAddress, remoteAddress, inbound) { }

    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;

    public override string ToString() => Text("Associated");
}

/// <summary>The last connection to a system has ended.</summary>
public sealed class DisassociatedEvent : AssociationEvent
{
    public DisassociatedEvent(Address localAddress, Address remoteAddress, bool inbound)
        : base(localAddress, remoteAddress, inbound) { }

    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;

    public override string ToString() => Text("Disassociated");
}

/// <summary>A system could not be reached, or broke the protocol.</summary>
public sealed class AssociationErrorEvent : AssociationEvent
{
    private readonly LogLevel _level;

    public AssociationErrorEvent(Exception cause, Address localAddress, Address remoteAddress, bool inbound, LogLevel level)
        : base(localAddress, remoteAddress, inbound) => (Cause, _level) = (cause, level);

    public Exception Cause { get; }

    public override LogLevel LogLevel() => _level;

    public override string ToString() => $"{Text("AssociationError")}: {Cause.Message}";
}

/// <summary>This system can be reached now.</summary>
public sealed class RemotingListenEvent : RemotingLifecycleEvent
{
    public RemotingListenEvent(IList<Address> listenAddresses) => ListenAddresses = listenAddresses;

    public IList<Address> ListenAddresses { get; }

    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;

    public override string ToString() => $"Remoting now listens on addresses: [{string.Join(", ", ListenAddresses)}]";
}

/// <summary>Remoting has ended.</summary>
public sealed class RemotingShutdownEvent : RemotingLifecycleEvent
{
    public RemotingShutdownEvent() { }

    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;

    public override string ToString() => "Remoting shut down";
}

/// <summary>Remoting itself failed at something: to listen, or to send a message that can never be sent.</summary>
public sealed class RemotingErrorEvent : RemotingLifecycleEvent
{
    public RemotingErrorEvent(Exception cause) => Cause = cause;

    public Exception Cause { get; }

    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;

    public override string ToString() => $"Remoting error: {Cause.Message}";
}

/// <summary>An incarnation of a system is given up: nothing goes to it or is taken from it any more.</summary>
public sealed class QuarantinedEvent : RemotingLifecycleEvent
{
    public QuarantinedEvent(Address address, int uid) => (Address, Uid) = (address, uid);

    public Address Address { get; }

    public int Uid { get; }

    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;

    public override string ToString() =>
        $"Association to [{Address}] having UID [{Uid}] is irrecoverably failed. UID is now quarantined and all messages to this UID "
        + "will be delivered to dead letters. Remote ActorSystem must be restarted to recover from this situation.";
}

/// <summary>Another system has given this one up: it has to be restarted to be talked to again.</summary>
public sealed class ThisActorSystemQuarantinedEvent : RemotingLifecycleEvent
{
    public ThisActorSystemQuarantinedEvent(Address localAddress, Address remoteAddress) =>
        (LocalAddress, RemoteAddress) = (localAddress, remoteAddress);

    public Address LocalAddress { get; }

    public Address RemoteAddress { get; }

    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;

    public override string ToString() => $"The remote system {RemoteAddress} has quarantined this system {LocalAddress}.";
}

/// <summary>Publishes events and, where the settings say so, logs them.</summary>
internal sealed class EventPublisher(ActorSystem system, ILoggingAdapter log, bool logEvents)
{
    public void Notify(RemotingLifecycleEvent what)
    {
        system.EventStream.Publish(what);
        if (logEvents)
            log.Log(what.LogLevel(), null!, what.ToString()!);
    }
}
