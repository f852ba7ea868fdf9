using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.SBR;
using Akka.Cluster.Tools.Singleton;
using Akka.Remote;

namespace Akka.Cluster.Tests.Simulation;

/// <summary>One incarnation of a node: membership, resolver and singleton as in an actor system, with default intervals.</summary>
internal sealed class SimulatedNode : IMembershipWorld
{
    /// <summary>How long a node that exits waits for another to take over, and how long its end takes.</summary>
    private const long ExitingTimeout = 10_000;
    private const long TimeToEnd = 500;
    private const long Round = 1000;

    private readonly SimulatedNetwork _network;
    private readonly SplitBrainResolverLogic _resolver;
    private readonly SingletonLogic _singleton;
    private bool _confirmed;
    private long? _exitingSince;

    public SimulatedNode(SimulatedNetwork network, UniqueAddress self, SimulatedSettings settings)
    {
        (_network, Self) = (network, self);
        Clock clock = () => network.Now;
        var detectors = new DefaultFailureDetectorRegistry<Address>(() =>
            new PhiAccrualFailureDetector(
                8.0,
                100,
                TimeSpan.FromMilliseconds(100),
                TimeSpan.FromSeconds(3),
                TimeSpan.FromSeconds(1),
                clock
            )
        );
        Membership = new MembershipNode(
            self,
            [],
            new MembershipSettings
            {
                RetryUnsuccessfulJoinAfter = TimeSpan.FromSeconds(2),
                MonitoredByNrOfMembers = settings.MonitoredBy,
            },
            detectors,
            this
        )
        {
            Changed = Changed,
            Expelled = () => Downed(),
        };
        _resolver = new SplitBrainResolverLogic(settings.Strategy, settings.StableAfter, settings.StableAfter * 0.75);
        _singleton = new SingletonLogic("", settings.StableAfter);
        network.Listen(self.Address, Receive);
        network.After(network.Chance.Next((int)Round), Tick);
    }

    public UniqueAddress Self { get; }

    public MembershipNode Membership { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>It crashed, rather than ended itself.</summary>
    public bool HasCrashed { get; private set; }

    public bool RunsSingleton => IsAlive && _singleton.IsRunning;

    public MemberStatus? Status => IsAlive ? Membership.State.SelfMember?.Status : null;

    TimeSpan IMembershipWorld.Now => Time;

    long IMembershipWorld.Date => _network.Now;

    double IMembershipWorld.Chance() => _network.Chance.NextDouble();

    private TimeSpan Time => TimeSpan.FromMilliseconds(_network.Now);

    void IMembershipWorld.Send(Address to, IClusterMessage message)
    {
        if (IsAlive)
            _network.Send(Self.Address, to, message);
    }

    /// <summary>fault: kill -9.</summary>
    public void Crash() => (IsAlive, HasCrashed) = (false, true);

    private void Receive(object message)
    {
        if (!IsAlive)
            return;
        switch (message)
        {
            case IClusterMessage wire:
                Membership.Receive(wire);
                break;
            case SingletonMessage { IsDone: false } asked:
                Do(_singleton.HandOverAsked(asked.From, Time));
                break;
            case SingletonMessage done:
                Do(_singleton.HandedOver(done.From, Time));
                break;
        }
    }

    private void Tick()
    {
        if (!IsAlive)
            return;
        Membership.HeartbeatTick();
        Membership.ReaperTick();
        Membership.GossipTick();
        if (Membership.IsGossipUrgent)
        {
            _network.After(Round / 3, Membership.GossipTick);
            _network.After(Round * 2 / 3, Membership.GossipTick);
        }
        Membership.LeaderTick();
        Membership.JoinTick();
        foreach (var member in _resolver.Decide(Time)?.ToDown ?? [])
            Membership.Down(member.Address);
        Do(_singleton.Tick(Time));
        ExitIfDone();
        _network.After(Round, Tick);
    }

    private void Changed(MembershipState before, MembershipState after)
    {
        if (!IsAlive)
            return;
        _resolver.Observe(after, Time);
        Do(_singleton.Observe(after, Time));
        if (after.SelfMember is { Status: MemberStatus.Down })
            Downed();
    }

    // The system of a node that is downed ends, and its singleton with it, after a moment.
    private void Downed()
    {
        Membership.Stop();
        _network.After(TimeToEnd, () => IsAlive = false);
    }

    // As the coordinated shutdown: others take over first, then the node says that it is done, then it ends.
    private void ExitIfDone()
    {
        if (Status != MemberStatus.Exiting || _confirmed)
            return;
        _exitingSince ??= _network.Now;
        if (_singleton.IsRunning && _network.Now - _exitingSince < ExitingTimeout)
            return;
        _confirmed = true;
        Membership.ConfirmExiting();
        _network.After(2 * Round, () => IsAlive = false);
    }

    private void Do(IEnumerable<SingletonStep> steps)
    {
        foreach (var step in steps.ToList())
        {
            switch (step)
            {
                case SingletonStep.Stop:
                    _network.After(_network.Chance.Next(1, 300), () => Do(_singleton.Stopped(Time)));
                    break;
                case SingletonStep.AskToHandOver ask:
                    Say(ask.Of, new SingletonMessage(Self, IsDone: false));
                    break;
                case SingletonStep.SayDone done:
                    Say(done.To, new SingletonMessage(Self, IsDone: true));
                    break;
            }
        }
    }

    private void Say(UniqueAddress to, SingletonMessage message)
    {
        if (IsAlive)
            _network.Send(Self.Address, to.Address, message);
    }

    private sealed record SingletonMessage(UniqueAddress From, bool IsDone);
}

/// <param name="Strategy">Of the resolver.</param>
/// <param name="StableAfter">Of the resolver, and the removal margin of the singleton; above what detection and gossip take.</param>
/// <param name="MonitoredBy">How many watch each node.</param>
internal sealed record SimulatedSettings(DowningStrategy Strategy, TimeSpan StableAfter, int MonitoredBy = 9);
