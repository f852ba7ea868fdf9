using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster.Tests;

/// <summary>The provider of a cluster whose messages to some systems are lost on purpose.</summary>
internal sealed class CuttableProvider : ClusterActorRefProvider
{
    private CuttableTransport _transport = null!;

    public CuttableProvider(string systemName, Settings settings, EventStream eventStream)
        : base(systemName, settings, eventStream) { }

    public static CuttableTransport Of(ActorSystem system) =>
        ((CuttableProvider)((ExtendedActorSystem)system).Provider)._transport;

    internal override RemoteTransport CreateTransport(ActorSystemImpl system) =>
        _transport = new CuttableTransport(base.CreateTransport(system));
}

/// <summary>TCP, but what goes to an address that is cut off is lost without a sign.</summary>
internal sealed class CuttableTransport(RemoteTransport inner) : RemoteTransport
{
    private readonly ConcurrentDictionary<Address, bool> _cut = new();

    public override Address DefaultAddress => inner.DefaultAddress;

    public override IReadOnlySet<Address> Addresses => inner.Addresses;

    public void Cut(Address address) => _cut[address] = true;

    public void Heal() => _cut.Clear();

    public override void Start() => inner.Start();

    public override Task ShutdownAsync() => inner.ShutdownAsync();

    public override void Send(object message, IActorRef? sender, RemoteActorRef recipient)
    {
        if (!_cut.ContainsKey(recipient.Path.Address))
            inner.Send(message, sender, recipient);
    }

    public override void SendSystem(ISystemMessage message, RemoteActorRef recipient)
    {
        if (!_cut.ContainsKey(recipient.Path.Address))
            inner.SendSystem(message, recipient);
    }

    public override void Quarantine(Address address, int? uid) => inner.Quarantine(address, uid);
}
