using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Remote;

/// <summary>Carries messages to other systems: over sockets, or over whatever a test puts here.</summary>
internal abstract class RemoteTransport
{
    /// <summary>The address that references of this system are written with.</summary>
    public abstract Address DefaultAddress { get; }

    public abstract IReadOnlySet<Address> Addresses { get; }

    public abstract void Start();

    /// <summary>Sends what waits to be sent, says goodbye, and ends; at most shutdown-timeout.</summary>
    public abstract Task ShutdownAsync();

    /// <summary>A user message. What cannot be sent is a dead letter; nothing is thrown.</summary>
    public abstract void Send(object message, IActorRef? sender, RemoteActorRef recipient);

    /// <summary>A system message: sent until the other system has acknowledged it, or is given up.</summary>
    public abstract void SendSystem(ISystemMessage message, RemoteActorRef recipient);

    public abstract void Quarantine(Address address, int? uid);
}

/// <summary>A message that goes on the control connection, past user data. It must be small, and is a dead letter when that is full.</summary>
internal interface IControlMessage;
