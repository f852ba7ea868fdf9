using Akka.Tests.PublicSurface;

namespace TorchSharp.Tests.PublicSurface;

/// <summary>What kernel/TorchSharp shows to its users changes only on purpose; SurfaceTests hold it against what TorchSharp has.</summary>
public sealed class PublicSurfaceTests
{
    [Fact]
    public void The_surface_is_the_approved_one() =>
        new ApprovedSurface("TorchSharp.Tests").Hold("TorchSharp", ApprovedSurface.TypesOf(typeof(torch).Assembly));
}
