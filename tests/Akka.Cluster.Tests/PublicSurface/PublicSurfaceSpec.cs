using Akka.Tests.PublicSurface;

namespace Akka.Cluster.Tests.PublicSurface;

/// <summary>What the cluster shows to its users changes only on purpose, and only to what Akka.Cluster has too.</summary>
public sealed class PublicSurfaceSpec
{
    private static readonly ApprovedSurface s_surface = new("Akka.Cluster.Tests");
    private static readonly Type[] s_cluster = ApprovedSurface.TypesOf(typeof(Cluster).Assembly);

    [Fact]
    public void The_surface_is_the_approved_one() => s_surface.Hold("Akka.Cluster", s_cluster);

    [Fact]
    public void All_of_it_is_listed_or_implied() => s_surface.HoldTo("cluster.txt", "implied.txt", s_cluster);
}
