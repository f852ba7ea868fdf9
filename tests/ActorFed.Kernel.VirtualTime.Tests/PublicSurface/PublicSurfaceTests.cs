using Akka.Tests.PublicSurface;

namespace ActorFed.Kernel.VirtualTime.Tests.PublicSurface;

/// <summary>What virtual time shows to its users changes only on purpose.</summary>
public sealed class PublicSurfaceTests
{
    [Fact]
    public void The_surface_is_the_approved_one() =>
        new ApprovedSurface("ActorFed.Kernel.VirtualTime.Tests").Hold(
            "ActorFed.Kernel.VirtualTime",
            ApprovedSurface.TypesOf(typeof(VirtualScheduler).Assembly)
        );
}
