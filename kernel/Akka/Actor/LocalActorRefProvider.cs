using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Serialization;

namespace Akka.Actor;

/// <summary>References of one process.</summary>
internal class LocalActorRefProvider : IActorRefProvider
{
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IActorRefProvider _self; // what references of this process name as their provider
    private readonly ActorPath _tempNode;
    private readonly Deployer _deployer;
    private VirtualPathContainer _tempContainer = null!;
    private ActorSystemImpl _system = null!;
    private long _nextTemp;
    private Information? _information;

    public LocalActorRefProvider(string systemName, Settings settings, EventStream eventStream)
        : this(systemName, settings, eventStream, null) { }

    /// <param name="outer">A provider that serves the system and leaves its own process to this one; null is none.</param>
    internal LocalActorRefProvider(string systemName, Settings settings, EventStream eventStream, IActorRefProvider? outer)
    {
        (RootPath, Settings, EventStream) = (new RootActorPath(new Address("akka", systemName)), settings, eventStream);
        _self = outer ?? this;
        _tempNode = RootPath / "temp";
        _deployer = new Deployer(settings);
        DeadLetters = new DeadLetterActorRef(_self, RootPath / "deadLetters", eventStream);
        IgnoreRef = new IgnoreActorRef(_self);
    }

    public LocalActorRef RootGuardian { get; private set; } = null!;

    IInternalActorRef IActorRefProvider.RootGuardian => RootGuardian;

    public LocalActorRef Guardian { get; private set; } = null!;

    public LocalActorRef SystemGuardian { get; private set; } = null!;

    public IActorRef DeadLetters { get; }

    public IActorRef IgnoreRef { get; }

    public ActorPath RootPath { get; }

    public Settings Settings { get; }

    public EventStream EventStream { get; }

    public IInternalActorRef TempContainer => _tempContainer;

    public Task TerminationTask => _terminated.Task;

    public Address DefaultAddress => RootPath.Address;

    public Information SerializationInformation => _information ??= new Information(DefaultAddress, _system);

    public void Init(ActorSystemImpl system)
    {
        _system = system;
        var dispatcher = system.Dispatchers.InternalDispatcher;
        var mailbox = new UnboundedMailbox();
        var above = new BubbleWalker(_self, RootPath / "bubble-walker", _terminated, EventStream);
        RootGuardian = new RootGuardianRef(
            system,
            Props.Create<RootGuardianActor>().WithSupervisorStrategy(GuardianStrategies.Stopping),
            dispatcher,
            mailbox,
            above,
            RootPath,
            this
        );
        _tempContainer = new VirtualPathContainer(_self, _tempNode, RootGuardian);
        Guardian = MakeGuardian(
            "user",
            Props.Create<UserGuardianActor>().WithSupervisorStrategy(UserStrategy()),
            dispatcher,
            mailbox
        );
        SystemGuardian = MakeGuardian(
            "system",
            Props.Create<SystemGuardianActor>(Guardian).WithSupervisorStrategy(GuardianStrategies.System),
            dispatcher,
            mailbox
        );
        RootGuardian.Start();
        Guardian.Start();
        SystemGuardian.Start();
        system.StartEventStream();
    }

    private SupervisorStrategy UserStrategy()
    {
        var name = Settings.SupervisorStrategyClass;
        var type =
            TypeName.Find(name)
            ?? throw new ConfigurationException($"akka.actor.guardian-supervisor-strategy: no type is named '{name}'.");
        return TypeName.Construct<SupervisorStrategyConfigurator>(type, "akka.actor.guardian-supervisor-strategy").Create();
    }

    private LocalActorRef MakeGuardian(string name, Props props, MessageDispatcher dispatcher, MailboxType mailbox)
    {
        var guardian = new LocalActorRef(_system, props, dispatcher, mailbox, RootGuardian, RootPath / name);
        RootGuardian.Cell.Adopt(name, guardian);
        return guardian;
    }

    public ActorPath TempPath() => _tempNode / $"${Interlocked.Increment(ref _nextTemp)}";

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => _tempContainer.Add(path.Name, actorRef);

    public void UnregisterTempActor(ActorPath path) => _tempContainer.Remove(path.Name);

    public FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs) => new(tcs, _self);

    public virtual IActorRef RootGuardianAt(Address address) =>
        address.Equals(DefaultAddress) ? RootGuardian : new EmptyLocalActorRef(_self, new RootActorPath(address), EventStream);

    public virtual Address? GetExternalAddressFor(Address address) => address.Equals(DefaultAddress) ? address : null;

    public IActorRef ResolveActorRef(string path)
    {
        if (IgnoreActorRef.IsIgnoreRefPath(path))
            return IgnoreRef;
        return ActorPath.TryParse(path, out var actorPath) ? ResolveActorRef(actorPath) : DeadLetters;
    }

    public virtual IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (!actorPath.Address.Equals(DefaultAddress))
            return new EmptyLocalActorRef(_self, actorPath, EventStream);
        return ResolveLocal(actorPath);
    }

    internal IInternalActorRef ResolveLocal(ActorPath actorPath)
    {
        var elements = actorPath.Elements;
        if (elements.Count == 0)
            return RootGuardian;
        var found = (IInternalActorRef)RootGuardian.GetChild(elements);
        var same = found is not Nobody && (actorPath.Uid == 0 || found.Path.Uid == actorPath.Uid);
        return same ? found : new EmptyLocalActorRef(_self, actorPath, EventStream);
    }

    public virtual IInternalActorRef ActorOf(
        ActorSystemImpl system,
        Props props,
        IInternalActorRef supervisor,
        ActorPath path,
        bool systemService,
        Deploy deploy,
        bool lookupDeploy,
        bool async
    )
    {
        if (lookupDeploy && _deployer.Lookup(path) is { } configured)
            props = props.WithDeploy(configured.WithFallback(props.Deploy));
        var dispatchers = system.Dispatchers;
        var id = systemService && props.Deploy.Dispatcher.Length == 0 ? Dispatchers.InternalDispatcherId : props.Dispatcher;
        if (!dispatchers.HasDispatcher(id))
            throw new ConfigurationException($"Dispatcher [{id}] not configured for path {path}");
        try
        {
            var dispatcher = dispatchers.Lookup(id);
            var mailbox = system.Mailboxes.GetMailboxType(props, dispatcher.OwnMailboxConfig);
            return new LocalActorRef(system, props, dispatcher, mailbox, supervisor, path);
        }
        catch (Exception e) when (e is not ConfigurationException)
        {
            throw new ConfigurationException(
                $"Configuration problem while creating [{path}] with dispatcher [{id}]: {e.Message}",
                e
            );
        }
    }
}

/// <summary>The root knows two names that are no actors: temp and deadLetters.</summary>
internal sealed class RootGuardianRef(
    ActorSystemImpl system,
    Props props,
    MessageDispatcher dispatcher,
    MailboxType mailboxType,
    IInternalActorRef supervisor,
    ActorPath path,
    LocalActorRefProvider provider
) : LocalActorRef(system, props, dispatcher, mailboxType, supervisor, path)
{
    public override IInternalActorRef Parent => this;

    internal override IInternalActorRef? Single(string name) =>
        name switch
        {
            "temp" => provider.TempContainer,
            "deadLetters" => (IInternalActorRef)provider.DeadLetters,
            _ => base.Single(name),
        };
}
