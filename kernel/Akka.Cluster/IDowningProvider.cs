using Akka.Actor;

namespace Akka.Cluster;

/// <summary>Decides what becomes of members out of reach; akka.cluster.downing-provider-class names it.</summary>
public interface IDowningProvider
{
    /// <summary>How long after the removal of a downed member its work may be taken over: until then it has noticed itself.</summary>
    TimeSpan DownRemovalMargin { get; }

    /// <summary>The actor that decides, a child of the cluster's; null if nothing does.</summary>
    Props? DowningActorProps { get; }
}

/// <summary>Members out of reach stay until somebody calls <see cref="Cluster.Down"/>.</summary>
public sealed class NoDowning : IDowningProvider
{
    public NoDowning(ActorSystem system, Cluster cluster) =>
        DownRemovalMargin = new ClusterSettings(system.Settings.Config, system.Name).DownRemovalMargin ?? TimeSpan.Zero;

    public TimeSpan DownRemovalMargin { get; }

    public Props? DowningActorProps => null;
}
