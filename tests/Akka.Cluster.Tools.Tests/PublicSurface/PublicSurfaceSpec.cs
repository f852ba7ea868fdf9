using Akka.Cluster.Hosting;
using Akka.Cluster.Tools.Singleton;
using Akka.Tests.PublicSurface;

namespace Akka.Cluster.Tools.Tests.PublicSurface;

/// <summary>What singletons and hosting show to their users changes only on purpose, and only to what the libraries have too.</summary>
public sealed class PublicSurfaceSpec
{
    private static readonly ApprovedSurface s_surface = new("Akka.Cluster.Tools.Tests");
    private static readonly Type[] s_tools = ApprovedSurface.TypesOf(typeof(ClusterSingletonManager).Assembly);
    private static readonly Type[] s_hosting = ApprovedSurface.TypesOf(typeof(ClusterOptions).Assembly);

    [Fact]
    public void The_surface_of_the_tools_is_the_approved_one() => s_surface.Hold("Akka.Cluster.Tools", s_tools);

    [Fact]
    public void All_of_the_tools_is_listed_or_implied() => s_surface.HoldTo("tools.txt", "implied-tools.txt", s_tools);

    [Fact]
    public void The_surface_of_hosting_is_the_approved_one() => s_surface.Hold("Akka.Cluster.Hosting", s_hosting);

    [Fact]
    public void All_of_hosting_is_listed_or_implied() => s_surface.HoldTo("hosting.txt", "implied-hosting.txt", s_hosting);
}
