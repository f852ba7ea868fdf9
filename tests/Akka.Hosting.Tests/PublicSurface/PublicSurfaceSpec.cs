using Akka.Tests.PublicSurface;

namespace Akka.Hosting.Tests.PublicSurface;

/// <summary>What hosting shows to its users changes only on purpose, and only to what Akka.Hosting has too.</summary>
public sealed class PublicSurfaceSpec
{
    private static readonly ApprovedSurface s_surface = new("Akka.Hosting.Tests");
    private static readonly Type[] s_types = ApprovedSurface.TypesOf(typeof(AkkaConfigurationBuilder).Assembly);

    [Fact]
    public void The_surface_is_the_approved_one() => s_surface.Hold("Akka.Hosting", s_types);

    [Fact]
    public void All_of_it_is_listed_or_implied() => s_surface.HoldTo("hosting.txt", "implied.txt", s_types);
}
