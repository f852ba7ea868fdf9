using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Akka.Cluster.Tests;

/// <summary>Nodes of a cluster in one process, each listening on a free port of the loopback interface, with quick settings.</summary>
public abstract class ClusterSpec : TestKit.Xunit2.TestKit
{
    // Reachability that does not come to rest for 3.5 s is no reason to down everybody here: a busy machine may make it so, and these tests
    // ask what a strategy decides once it has.
    private const string Common = """
        akka {
          loglevel = WARNING
          stdout-loglevel = OFF
          loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]
          log-dead-letters = off
          test.single-expect-default = 15s
          test.default-timeout = 30s
          coordinated-shutdown { run-by-clr-shutdown-hook = off, run-by-actor-system-terminate = off }
          remote {
            log-remote-lifecycle-events = off
            retry-gate-closed-for = 200 ms
            flush-wait-on-shutdown = 200 ms
            dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          }
          cluster {
            log-info = off
            gossip-interval = 100 ms
            leader-actions-interval = 100 ms
            unreachable-nodes-reaper-interval = 100 ms
            periodic-tasks-initial-delay = 100 ms
            retry-unsuccessful-join-after = 1 s
            seed-node-timeout = 1 s
            failure-detector { heartbeat-interval = 200 ms, acceptable-heartbeat-pause = 1500 ms, expected-response-after = 500 ms }
            split-brain-resolver { stable-after = 2 s, down-all-when-unstable = off, active-strategy = keep-majority }
          }
        }
        """;

    private readonly List<ActorSystem> _others = [];

    protected ClusterSpec(string hocon = "")
        : base(Settings(hocon), "cluster") { }

    protected static Config Settings(string hocon) =>
        ConfigurationFactory
            .ParseString(hocon)
            .WithFallback(
                ConfigurationFactory.ParseString($"akka.actor.provider = \"{typeof(CuttableProvider).AssemblyQualifiedName}\"")
            )
            .WithFallback(ConfigurationFactory.ParseString(Common));

    protected static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30); // only a broken kernel waits this long

    protected Cluster Here => Cluster.Get(Sys);

    /// <summary>Another node, ended with the test; it is a member of nothing yet.</summary>
    protected Cluster NewNode(string hocon = "")
    {
        var system = ActorSystem.Create("cluster", Settings(hocon).WithFallback(DefaultConfig));
        _others.Add(system);
        return Cluster.Get(system);
    }

    /// <summary>The kit's node and others, all up; the kit's is the oldest.</summary>
    protected async Task<Cluster[]> UpAsync(int others, string hocon = "")
    {
        await Here.JoinAsync(Here.SelfAddress).WaitAsync(Patience);
        var nodes = Enumerable.Range(0, others).Select(_ => NewNode(hocon)).ToArray();
        foreach (var node in nodes)
            await node.JoinAsync(Here.SelfAddress).WaitAsync(Patience);
        AwaitAll([Here, .. nodes]);
        return nodes;
    }

    /// <summary>Waits until each of the nodes sees all of them as up, and nobody else.</summary>
    protected void AwaitAll(params Cluster[] nodes) =>
        AwaitAssert(() =>
        {
            var expected = nodes.Select(n => n.SelfAddress).ToHashSet();
            foreach (var node in nodes)
            {
                var state = node.State;
                Assert.True(
                    expected.SetEquals(state.Members.Select(m => m.Address)),
                    $"{node.SelfAddress}: {string.Join(", ", state.Members)}; unreachable: {string.Join(", ", state.Unreachable)}"
                );
                Assert.All(state.Members, m => Assert.Equal(MemberStatus.Up, m.Status));
                Assert.Empty(state.Unreachable);
            }
        });

    /// <summary>Nothing passes between the nodes and all others, in neither direction: a split, or for one node all that others see of a crash.</summary>
    protected void Split(IEnumerable<Cluster> side, params IEnumerable<Cluster> otherSide)
    {
        foreach (var (a, b) in from a in side from b in otherSide select (a, b))
        {
            CuttableProvider.Of(a.System).Cut(b.SelfAddress);
            CuttableProvider.Of(b.System).Cut(a.SelfAddress);
        }
    }

    protected static void Heal(params IEnumerable<Cluster> nodes)
    {
        foreach (var node in nodes)
            CuttableProvider.Of(node.System).Heal();
    }

    protected static Task EndOf(Cluster node) => node.System.WhenTerminated.WaitAsync(Patience);

    protected override void AfterAll()
    {
        foreach (var system in _others)
            Assert.True(system.Terminate().Wait(Patience), $"The system {system} did not end.");
        base.AfterAll();
    }
}
