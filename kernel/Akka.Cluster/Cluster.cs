using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>The cluster as one of its nodes sees it: an extension of the actor system, there with akka.actor.provider = cluster.</summary>
public class Cluster : IExtension
{
    private readonly IActorRef _daemon;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILoggingAdapter _log;
    private volatile MembershipState _state;
    private volatile bool _terminated;

    public Cluster(ActorSystemImpl system)
    {
        if (system.Provider is not ClusterActorRefProvider provider)
            throw new ConfigurationException(
                $"ActorSystem [{system}] needs to have 'akka.actor.provider' set to 'cluster', currently uses [{system.Provider.GetType().FullName}]."
            );
        System = system;
        Settings = new ClusterSettings(system.Settings.Config, system.Name);
        SelfUniqueAddress = new UniqueAddress(provider.DefaultAddress, AddressUidExtension.Uid(system));
        _log = Logging.GetLogger(system, $"Cluster({SelfAddress.HostPort()})");
        _state = new MembershipState(Gossip.Empty, SelfUniqueAddress);
        FailureDetectorLoader.Load(system, ClusterSettings.FailureDetector); // settings that are wrong are so at the start
        FailureDetector = new(() => FailureDetectorLoader.Load(system, ClusterSettings.FailureDetector));
        DowningProvider = TypeName.Construct<IDowningProvider>(
            Settings.DowningProviderType,
            "akka.cluster.downing-provider-class",
            system,
            this
        );
        var daemon = Props
            .Create(() => new ClusterDaemon(this, DowningProvider.DowningActorProps))
            .WithDispatcher(Settings.UseDispatcher);
        _daemon = system.SystemActorOf(daemon, "cluster");
        ClusterShutdown.Register(this, CoordinatedShutdown.Get(system));
        Subscribe(provider.RemoteWatcher, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
        if (Settings.SeedNodes.Count > 0)
            JoinSeedNodes(Settings.SeedNodes);
    }

    public static Cluster Get(ActorSystem system) => new ClusterExtension().Apply(system);

    public ExtendedActorSystem System { get; }

    public ClusterSettings Settings { get; }

    public UniqueAddress SelfUniqueAddress { get; }

    public Address SelfAddress => SelfUniqueAddress.Address;

    public ImmutableHashSet<string> SelfRoles => Settings.Roles;

    /// <summary>This node as a member; its status is removed when it is none.</summary>
    public Member SelfMember => _state.SelfMember ?? Member.Removed(SelfUniqueAddress);

    public ClusterEvent.CurrentClusterState State => _state.ToCurrent();

    public bool IsUp => _state.SelfMember is { Status: MemberStatus.Up };

    /// <summary>Whether this node has ended its part of the cluster; it cannot join again.</summary>
    public bool IsTerminated => _terminated;

    public DefaultFailureDetectorRegistry<Address> FailureDetector { get; }

    public IDowningProvider DowningProvider { get; }

    internal MembershipState Membership => _state;

    internal Task Ended => _ended.Task;

    /// <summary>Joins the cluster of a member; the own address founds one. Nothing happens if this node is a member already.</summary>
    public void Join(Address address) => _daemon.Tell(new ClusterDaemon.JoinTo(Local(address)), ActorRefs.NoSender);

    /// <summary>The same; the task completes when this node is up.</summary>
    /// <exception cref="ClusterJoinFailedException">The cluster of this node has ended before.</exception>
    public Task JoinAsync(Address address, CancellationToken token = default)
    {
        var up = WhenUp(token);
        Join(address);
        return up;
    }

    /// <summary>Joins whichever seed node is a member; the first of the list founds a cluster when no other one is.</summary>
    public void JoinSeedNodes(IEnumerable<Address> seedNodes) =>
        _daemon.Tell(new ClusterDaemon.JoinSeeds([.. seedNodes.Select(Local)]), ActorRefs.NoSender);

    /// <summary>The same; the task completes when this node is up.</summary>
    /// <exception cref="ClusterJoinFailedException">No seed node has let it in, or the cluster of this node has ended before.</exception>
    public Task JoinSeedNodesAsync(IEnumerable<Address> seedNodes, CancellationToken token = default)
    {
        var up = WhenUp(token);
        JoinSeedNodes(seedNodes);
        return up;
    }

    /// <summary>Asks a member to leave; any node may ask any.</summary>
    public void Leave(Address address) => _daemon.Tell(new ClusterDaemon.Leave(Local(address)), ActorRefs.NoSender);

    /// <summary>Leaves; the task completes when this node has left.</summary>
    public Task LeaveAsync() => LeaveAsync(CancellationToken.None);

    public Task LeaveAsync(CancellationToken cancellationToken)
    {
        if (_terminated)
            return Task.CompletedTask;
        Leave(SelfAddress);
        return Ended.WaitAsync(cancellationToken);
    }

    /// <summary>Marks a member as gone, without its leave: it is removed when all agree, and ends itself when it hears of it.</summary>
    public void Down(Address address) => _daemon.Tell(new ClusterDaemon.Down(Local(address)), ActorRefs.NoSender);

    /// <summary>Sends the events of the given classes, and first the state as a <see cref="ClusterEvent.CurrentClusterState"/>.</summary>
    public void Subscribe(IActorRef subscriber, params Type[] to) =>
        Subscribe(subscriber, ClusterEvent.InitialStateAsSnapshot, to);

    /// <exception cref="ArgumentException">There is no class, or one that is no <see cref="ClusterEvent.IClusterDomainEvent"/>.</exception>
    public void Subscribe(IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode initialStateMode, params Type[] to)
    {
        if (to.Length == 0)
            throw new ArgumentException("At least one class of IClusterDomainEvent is needed.", nameof(to));
        if (Array.Find(to, t => !typeof(ClusterEvent.IClusterDomainEvent).IsAssignableFrom(t)) is { } wrong)
            throw new ArgumentException($"{wrong} is no IClusterDomainEvent.", nameof(to));
        _daemon.Tell(new ClusterDaemon.Subscribe(subscriber, initialStateMode, [.. to]), ActorRefs.NoSender);
    }

    public void Unsubscribe(IActorRef subscriber) => Unsubscribe(subscriber, null!);

    public void Unsubscribe(IActorRef subscriber, Type to) =>
        _daemon.Tell(new ClusterDaemon.Unsubscribe(subscriber, to), ActorRefs.NoSender);

    /// <summary>Sends the state as a <see cref="ClusterEvent.CurrentClusterState"/>.</summary>
    public void SendCurrentClusterState(IActorRef receiver) => receiver.Tell(State, ActorRefs.NoSender);

    /// <summary>Runs once when this node is up; at once if it is. Not on the caller's thread.</summary>
    public void RegisterOnMemberUp(Action callback) => _daemon.Tell(new ClusterDaemon.UpCallback(callback), ActorRefs.NoSender);

    /// <summary>Runs once when this node is a member no more; if it is that already, at once.</summary>
    public void RegisterOnMemberRemoved(Action callback)
    {
        if (_terminated)
            callback();
        else
            _ = RunAfterEndAsync(callback);
    }

    private async Task RunAfterEndAsync(Action callback)
    {
        await Ended.ConfigureAwait(false);
        try
        {
            callback();
        }
        catch (Exception e)
        {
            _log.Error(e, "[{0}] callback failed with [{1}]", nameof(RegisterOnMemberRemoved), e.Message);
        }
    }

    /// <summary>The path of an actor as other nodes have to write it.</summary>
    public ActorPath RemotePathOf(IActorRef actorRef) =>
        actorRef.Path.Address.HasLocalScope
            ? ActorPath.Parse(actorRef.Path.ToSerializationFormatWithAddress(SelfAddress))
            : actorRef.Path;

    private Address Local(Address address)
    {
        if (!address.HasLocalScope)
            return address;
        return address.System == System.Name
            ? SelfAddress
            : throw new ArgumentException($"{address} is neither this system nor the address of another one.", nameof(address));
    }

    private async Task WhenUp(CancellationToken token)
    {
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        RegisterOnMemberUp(() => up.TrySetResult());
        var first = await Task.WhenAny(up.Task, Ended).WaitAsync(token).ConfigureAwait(false);
        if (first != up.Task)
            throw new ClusterJoinFailedException($"Node [{SelfAddress}] was shut down before it was up.");
    }

    internal void Log(string template, params object[] args)
    {
        if (Settings.LogInfo)
            _log.Info(template, args);
    }

    internal void Warn(string template, params object[] args) => _log.Warning(template, args);

    internal void Publish(MembershipState state) => _state = state;

    /// <summary>Ends the daemon, and with it this node's part.</summary>
    internal void Shutdown() => System.Stop(_daemon);

    internal void Tell(object message) => _daemon.Tell(message, ActorRefs.NoSender);

    internal void HasEnded()
    {
        _state = new MembershipState(Gossip.Empty, SelfUniqueAddress);
        _terminated = true;
        _ended.TrySetResult();
    }
}

internal sealed class ClusterExtension : ExtensionIdProvider<Cluster>
{
    public override Cluster CreateExtension(ExtendedActorSystem system) => new((ActorSystemImpl)system);
}
