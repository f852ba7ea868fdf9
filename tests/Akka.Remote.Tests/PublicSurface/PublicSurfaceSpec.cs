using Akka.Remote.Hosting;
using Akka.Tests.PublicSurface;

namespace Akka.Remote.Tests.PublicSurface;

/// <summary>What remoting shows to its users changes only on purpose, and only to what Akka.Remote has too.</summary>
public sealed class PublicSurfaceSpec
{
    private static readonly ApprovedSurface s_surface = new("Akka.Remote.Tests");
    private static readonly Type[] s_remote = ApprovedSurface.TypesOf(typeof(AddressUid).Assembly);
    private static readonly Type[] s_hosting = ApprovedSurface.TypesOf(typeof(RemoteOptions).Assembly);

    [Fact]
    public void The_surface_of_remoting_is_the_approved_one() => s_surface.Hold("Akka.Remote", s_remote);

    [Fact]
    public void All_of_remoting_is_listed_or_implied() => s_surface.HoldTo("remote.txt", "implied.txt", s_remote);

    [Fact]
    public void The_surface_of_hosting_is_the_approved_one() => s_surface.Hold("Akka.Remote.Hosting", s_hosting);

    [Fact]
    public void All_of_hosting_is_listed_or_implied() => s_surface.HoldTo("hosting.txt", "implied-hosting.txt", s_hosting);
}
