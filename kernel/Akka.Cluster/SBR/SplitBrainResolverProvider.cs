using Akka.Actor;

namespace Akka.Cluster.SBR;

/// <summary>The split brain resolver, as akka.cluster.split-brain-resolver sets it.</summary>
public class SplitBrainResolverProvider : IDowningProvider
{
    private readonly Cluster _cluster;
    private readonly SplitBrainResolverSettings _settings;

    public SplitBrainResolverProvider(ActorSystem system, Cluster cluster) =>
        (_cluster, _settings) = (cluster, new SplitBrainResolverSettings(system.Settings.Config));

    /// <summary>As long as the other side of a split may need to come to its decision.</summary>
    public TimeSpan DownRemovalMargin => _cluster.Settings.DownRemovalMargin ?? _settings.DowningStableAfter;

    public Props DowningActorProps
    {
        get
        {
            var (cluster, settings) = (_cluster, _settings);
            return Props.Create(() => new SplitBrainResolver(cluster, settings));
        }
    }
}
