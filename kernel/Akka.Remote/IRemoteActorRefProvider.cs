using Akka.Actor;

namespace Akka.Remote;

/// <summary>What a provider can do whose references reach into other systems.</summary>
public interface IRemoteActorRefProvider : IActorRefProvider
{
    internal RemoteSettings RemoteSettings { get; }

    internal RemoteTransport Transport { get; }

    /// <summary>The actor that watches other systems for the watches of this one.</summary>
    IActorRef RemoteWatcher { get; }

    /// <summary>Whether an address is one of this system.</summary>
    bool HasAddress(Address address);

    IActorRef InternalResolveActorRef(string path);

    IInternalActorRef ResolveActorRefWithLocalAddress(string path, Address localAddress);

    /// <summary>Gives up an incarnation of a system; without its number only until it is met again.</summary>
    void Quarantine(Address address, int? uid);
}
