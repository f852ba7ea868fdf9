using Akka.Actor;
using Akka.Cluster.Tools.Singleton.Serialization;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>What managers and proxies share.</summary>
internal static class Singletons
{
    /// <summary>Gives a system the default settings and the serializer, if it has been started without them.</summary>
    public static void Prepare(ActorSystem system)
    {
        system.Settings.InjectTopLevelFallback(ClusterSingletonManager.DefaultConfig());
        var serialization = ((ExtendedActorSystem)system).Serialization;
        if (serialization.FindSerializerForType(typeof(HandOverToMe)) is ClusterSingletonMessageSerializer)
            return;
        var serializer = new ClusterSingletonMessageSerializer((ExtendedActorSystem)system);
        serialization.AddSerializer("akka-singleton", serializer);
        serialization.AddSerializationMap(typeof(IClusterSingletonMessage), serializer);
    }

    /// <summary>Null where there is none.</summary>
    public static string? RoleOf(Config config) => config.GetString("role") is { Length: > 0 } role ? role : null;

    /// <exception cref="ArgumentException">This node has not the role, so nothing would ever run here.</exception>
    public static void CheckRole(Cluster cluster, string? role)
    {
        if (!string.IsNullOrEmpty(role) && !cluster.SelfRoles.Contains(role))
            throw new ArgumentException(
                $"This cluster member [{cluster.SelfAddress}] doesn't have the role [{role}]; its roles are [{string.Join(", ", cluster.SelfRoles)}].",
                nameof(role)
            );
    }
}
