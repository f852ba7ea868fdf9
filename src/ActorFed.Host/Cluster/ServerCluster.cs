using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using ClusterOf = Akka.Cluster.Cluster;

namespace ActorFed.Host.Cluster;

/// <summary>Servers and nodes of a run as one cluster: the run is a singleton among the servers, and everybody speaks to it through a proxy.</summary>
internal static class ServerCluster
{
    private const string Role = "server";
    private const string Manager = "server";
    private const string Run = "run";

    // Members gossip, watch each other and hand the singleton over: that is what untrusted mode is against. Certificates keep others out.
    private const string Trust = "remote.untrusted-mode = off";

    /// <summary>Over the settings of a server that is one of several.</summary>
    public static Config ServerConfig { get; } =
        ConfigurationFactory.ParseString($"akka {{ actor.provider = cluster, cluster.roles = [{Role}], {Trust} }}");

    /// <summary>Over the settings of a node in a run of several servers. Its votes count when they are split.</summary>
    public static Config NodeConfig { get; } = ConfigurationFactory.ParseString($"akka {{ actor.provider = cluster, {Trust} }}");

    /// <summary>Starts the singleton's manager. The run's actor is /user/server/run, on the oldest server.</summary>
    public static void StartManager(ActorSystem system, Props run) =>
        system.ActorOf(
            ClusterSingletonManager.Props(
                run,
                ClusterSingletonManagerSettings.Create(system).WithRole(Role).WithSingletonName(Run)
            ),
            Manager
        );

    /// <summary>Starts /user/run, which passes everything on to the run, wherever it is.</summary>
    public static IActorRef StartProxy(ActorSystem system) =>
        system.ActorOf(
            ClusterSingletonProxy.Props(
                $"/user/{Manager}",
                ClusterSingletonProxySettings.Create(system).WithRole(Role).WithSingletonName(Run)
            ),
            Run
        );

    /// <summary>Joins the cluster of these, or founds one where there is none to join.</summary>
    public static void Join(ActorSystem system, ImmutableArray<ActorPath> seeds)
    {
        var cluster = ClusterOf.Get(system);
        if (seeds.IsEmpty)
        {
            cluster.Join(cluster.SelfAddress);
        }
        else
        {
            cluster.JoinSeedNodes(seeds.Select(s => s.Address));
        }
    }
}
