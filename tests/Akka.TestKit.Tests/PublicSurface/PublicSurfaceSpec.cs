using Akka.Tests.PublicSurface;

namespace Akka.TestKit.Tests.PublicSurface;

/// <summary>What the test kit shows to its users changes only on purpose, and only to what Akka.NET's has too.</summary>
public sealed class PublicSurfaceSpec
{
    private static readonly ApprovedSurface s_surface = new("Akka.TestKit.Tests");
    private static readonly Type[] s_kit = ApprovedSurface.TypesOf(typeof(TestKitBase).Assembly);
    private static readonly Type[] s_xunit = ApprovedSurface.TypesOf(typeof(Xunit2.TestKit).Assembly);

    [Fact]
    public void The_surfaces_are_the_approved_ones()
    {
        s_surface.Hold("Akka.TestKit", s_kit);
        s_surface.Hold("Akka.TestKit.Xunit2", s_xunit);
    }

    [Fact]
    public void All_of_it_is_listed_or_implied() => s_surface.HoldTo("testkit.txt", "implied.txt", [.. s_kit, .. s_xunit]);
}
