using System.Reflection;
using Akka.Tests.PublicSurface;

namespace ActorFed.Architecture.Tests.PublicSurface;

/// <summary>What the floors show to their users changes only on purpose.</summary>
public sealed class PublicSurfaceTests
{
    private static readonly ApprovedSurface s_surface = new("ActorFed.Architecture.Tests");

    [Theory]
    [InlineData("ActorFed.Training")]
    [InlineData("ActorFed.Actors")]
    [InlineData("ActorFed.Host")]
    public void The_surface_is_the_approved_one(string assembly) =>
        s_surface.Hold(assembly, ApprovedSurface.TypesOf(Assembly.Load(assembly)));
}
