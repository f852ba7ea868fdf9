using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace Akka.Remote.Tests;

/// <summary>The kit's system and others, each listening on a free port of the loopback interface.</summary>
public abstract class RemoteSpec : TestKit.Xunit2.TestKit
{
    private const string Common = """
        akka {
          actor.provider = remote
          loglevel = WARNING
          stdout-loglevel = OFF
          loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]
          log-dead-letters = off
          test.single-expect-default = 40s
          test.default-timeout = 20s
          remote {
            log-remote-lifecycle-events = off
            retry-gate-closed-for = 1 s
            dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          }
        }
        """;

    private readonly List<ActorSystem> _others = [];

    protected RemoteSpec(string hocon = "")
        : base(Settings(hocon), "here") { }

    protected static Config Settings(string hocon) =>
        ConfigurationFactory.ParseString(hocon).WithFallback(ConfigurationFactory.ParseString(Common));

    protected static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60); // only a broken kernel waits this long

    /// <summary>Another system of this process, ended with the test.</summary>
    protected ActorSystem NewSystem(string name = "there", string hocon = "") => NewSystem(name, Settings(hocon));

    protected ActorSystem NewSystem(string name, Config config)
    {
        var system = ActorSystem.Create(name, config.WithFallback(DefaultConfig));
        _others.Add(system);
        return system;
    }

    protected static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    /// <summary>The reference that another system has to an actor.</summary>
    protected static IActorRef Seen(ActorSystem from, IActorRef actor, ActorSystem home)
    {
        var path = actor.Path.ToSerializationFormatWithAddress(AddressOf(home));
        return ((ExtendedActorSystem)from).Provider.ResolveActorRef(path);
    }

    /// <summary>A probe on a system, and the reference that the kit's system has to it.</summary>
    protected (TestProbe Probe, IActorRef Seen) ProbeOn(ActorSystem system, string? name = null)
    {
        var probe = CreateTestProbe(system, name);
        return (probe, Seen(Sys, probe.Ref, system));
    }

    protected override void AfterAll()
    {
        foreach (var system in _others)
            Assert.True(system.Terminate().Wait(Patience), $"The system {system.Name} did not end.");
        base.AfterAll();
    }

    protected sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(m => Sender.Tell(m));
    }
}
