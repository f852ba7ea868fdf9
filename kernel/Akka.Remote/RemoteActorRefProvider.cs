using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Remote.Transport;
using Akka.Serialization;

namespace Akka.Remote;

/// <summary>References of this process and of others: akka.actor.provider = remote. The provider of a cluster derives from it.</summary>
public class RemoteActorRefProvider : IRemoteActorRefProvider
{
    private const int MostKnown = 1 << 16;

    private readonly LocalActorRefProvider _local;
    private readonly KnownPaths<RemoteActorRef> _known = new(MostKnown);
    private ActorSystemImpl _system = null!;
    private Information? _information;
    private Address? _transportAddress;

    public RemoteActorRefProvider(string systemName, Settings settings, EventStream eventStream)
    {
        settings.InjectTopLevelFallback(
            ConfigurationFactory.FromResource("Akka.Remote.Configuration.remote.conf", typeof(RemoteActorRefProvider))
        );
        _local = new LocalActorRefProvider(systemName, settings, eventStream, this);
        RemoteSettings = new RemoteSettings(settings.Config);
        RefuseRemoteDeployment(settings.Config);
    }

    internal RemoteSettings RemoteSettings { get; }

    RemoteSettings IRemoteActorRefProvider.RemoteSettings => RemoteSettings;

    internal RemoteTransport Transport { get; private set; } = null!;

    RemoteTransport IRemoteActorRefProvider.Transport => Transport;

    public IActorRef RemoteWatcher { get; private set; } = null!;

    public IInternalActorRef RootGuardian => _local.RootGuardian;

    public LocalActorRef Guardian => _local.Guardian;

    public LocalActorRef SystemGuardian => _local.SystemGuardian;

    public IActorRef DeadLetters => _local.DeadLetters;

    public IActorRef IgnoreRef => _local.IgnoreRef;

    public ActorPath RootPath => _local.RootPath;

    public Settings Settings => _local.Settings;

    public IInternalActorRef TempContainer => _local.TempContainer;

    public Task TerminationTask => _local.TerminationTask;

    public Address DefaultAddress => _transportAddress ?? _local.DefaultAddress;

    public Information SerializationInformation => _information ??= new Information(DefaultAddress, _system);

    EventStream IActorRefProvider.EventStream => _local.EventStream;

    private static void RefuseRemoteDeployment(Config config)
    {
        foreach (var (path, value) in config.GetConfig("akka.actor.deployment")?.AsEnumerable() ?? [])
        {
            if (value.IsObject() && value.Child(["remote"])?.GetString() is { Length: > 0 } remote)
                throw new ConfigurationException(
                    $"akka.actor.deployment.\"{path}\".remote is '{remote}', but this kernel starts no actors on other systems."
                );
        }
    }

    public virtual void Init(ActorSystemImpl system)
    {
        _system = system;
        _local.Init(system);
        Transport = CreateTransport(system);
        Transport.Start();
        _transportAddress = Transport.DefaultAddress;
        _information = null; // what was written before had no address yet
        RemoteWatcher = CreateRemoteWatcher(system);
        system.SystemActorOf(Props.Create(() => new RemotingTerminator(Transport)), "remoting-terminator");
    }

    /// <summary>The way to other systems; a test may bring its own.</summary>
    internal virtual RemoteTransport CreateTransport(ActorSystemImpl system) => new TcpRemoting(system, this);

    protected virtual IActorRef CreateRemoteWatcher(ActorSystemImpl system)
    {
        var detectors = CreateRemoteWatcherFailureDetector(system);
        return system.SystemActorOf(Props.Create(() => new RemoteWatcher(this, detectors)), "remote-watcher");
    }

    protected DefaultFailureDetectorRegistry<Address> CreateRemoteWatcherFailureDetector(ActorSystem system) =>
        new(() => FailureDetectorLoader.Load(system, RemoteSettings.WatchFailureDetector));

    protected virtual IInternalActorRef CreateRemoteRef(ActorPath actorPath, Address localAddress) =>
        new RemoteActorRef(this, actorPath);

    public ActorPath TempPath() => _local.TempPath();

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => _local.RegisterTempActor(actorRef, path);

    public void UnregisterTempActor(ActorPath path) => _local.UnregisterTempActor(path);

    public FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs) => _local.CreateFutureRef(tcs);

    public virtual IInternalActorRef ActorOf(
        ActorSystemImpl system,
        Props props,
        IInternalActorRef supervisor,
        ActorPath path,
        bool systemService,
        Deploy deploy,
        bool lookupDeploy,
        bool async
    ) => _local.ActorOf(system, props, supervisor, path, systemService, deploy, lookupDeploy, async);

    public bool HasAddress(Address address) =>
        address.Equals(_local.DefaultAddress) || (Transport is { } transport && transport.Addresses.Contains(address));

    public Address? GetExternalAddressFor(Address address) =>
        HasAddress(address) ? _local.DefaultAddress
        : address.HasGlobalScope && address.Port is not null ? DefaultAddress
        : null;

    public IActorRef RootGuardianAt(Address address) =>
        HasAddress(address) ? RootGuardian : CreateRemoteRef(new RootActorPath(address), DefaultAddress);

    public IActorRef ResolveActorRef(string path) => _known.TryGet(path, out var known) ? known : ResolveUnknown(path);

    private IActorRef ResolveUnknown(string path) =>
        IgnoreActorRef.IsIgnoreRefPath(path) ? IgnoreRef
        : ActorPath.TryParse(path, out var actorPath) ? ResolveActorRef(actorPath)
        : DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (HasAddress(actorPath.Address))
            return _local.ResolveLocal(actorPath);
        if (actorPath.Address.HasLocalScope) // a system of this name elsewhere, without an address to reach it by
            return _local.ResolveActorRef(actorPath);
        return CreateRemoteRef(actorPath, DefaultAddress);
    }

    public IActorRef InternalResolveActorRef(string path) => ResolveActorRef(path);

    public IInternalActorRef ResolveActorRefWithLocalAddress(string path, Address localAddress) =>
        (IInternalActorRef)ResolveActorRef(path);

    /// <summary>The same reference for each message of a sender, so that what it looks up is looked up once.</summary>
    internal IActorRef ResolveSender(string path)
    {
        if (_known.TryGet(path, out var known))
            return known;
        var sender = ResolveUnknown(path);
        if (sender is RemoteActorRef remote && remote.Path.Depth > 0 && remote.Path.ParentOf(1).Name is not "temp")
            _known.Keep(path, remote);
        return sender;
    }

    public virtual void Quarantine(Address address, int? uid) => Transport.Quarantine(address, uid);
}
