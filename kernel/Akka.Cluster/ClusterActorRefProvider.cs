using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>References of a node of a cluster: akka.actor.provider = cluster.</summary>
internal class ClusterActorRefProvider : RemoteActorRefProvider
{
    public ClusterActorRefProvider(string systemName, Settings settings, EventStream eventStream)
        : base(systemName, WithDefaults(settings), eventStream) { }

    private static Settings WithDefaults(Settings settings)
    {
        settings.InjectTopLevelFallback(
            ConfigurationFactory.FromResource("Akka.Cluster.Configuration.cluster.conf", typeof(ClusterActorRefProvider))
        );
        return settings;
    }

    public override void Init(ActorSystemImpl system)
    {
        base.Init(system);
        Cluster.Get(system);
    }

    protected override IActorRef CreateRemoteWatcher(ActorSystemImpl system)
    {
        var detectors = CreateRemoteWatcherFailureDetector(system);
        return system.SystemActorOf(Props.Create(() => new ClusterRemoteWatcher(this, detectors)), "remote-watcher");
    }
}
