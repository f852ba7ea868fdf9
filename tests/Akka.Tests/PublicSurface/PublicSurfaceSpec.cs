using Akka.Actor;

namespace Akka.Tests.PublicSurface;

/// <summary>What kernel/Akka shows to its users changes only on purpose, and only to what Akka.NET has too.</summary>
public sealed class PublicSurfaceSpec
{
    private static readonly ApprovedSurface s_surface = new("Akka.Tests");
    private static readonly Type[] s_types = ApprovedSurface.TypesOf(typeof(ActorSystem).Assembly);

    [Fact]
    public void The_surface_is_the_approved_one() => s_surface.Hold("PublicSurface", s_types);

    [Fact]
    public void All_of_it_is_listed_or_implied() => s_surface.HoldTo("akka.txt", "implied.txt", s_types);
}
