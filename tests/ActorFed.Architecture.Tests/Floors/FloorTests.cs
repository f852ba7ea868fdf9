using System.Reflection;

namespace ActorFed.Architecture.Tests.Floors;

public sealed class FloorTests
{
    [Theory]
    [InlineData("ActorFed.Training", new string[0])] // floor 0: numbers only
    [InlineData("ActorFed.Actors", new[] { "ActorFed.Training", "ActorFed.Kernel.VirtualTime" })] // floor 1
    [InlineData("ActorFed.Host", new[] { "ActorFed.Actors", "ActorFed.Training", "ActorFed.Kernel.VirtualTime" })] // floor 2
    public void A_project_sees_only_the_floors_below(string project, string[] allowed)
    {
        var seen = Assembly
            .Load(project)
            .GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(name => name.StartsWith("ActorFed.", StringComparison.Ordinal));
        Assert.Empty(seen.Except(allowed, StringComparer.Ordinal));
    }

    [Fact]
    public void The_numbers_see_no_actor_and_no_console() =>
        Assert.DoesNotContain(
            TypesUsed.By("ActorFed.Training"),
            type => StartsWithAny(type, "Akka.", "System.Console", "Microsoft.Extensions.")
        );

    [Fact]
    public void The_actors_see_no_file_no_device_and_no_console() =>
        Assert.DoesNotContain(TypesUsed.By("ActorFed.Actors"), IsOfTheWorld);

    [Fact]
    public void The_kernel_knows_nothing_of_what_stands_on_it()
    {
        var kernel = Repository.Files("kernel", ".csproj").Select(Path.GetFileNameWithoutExtension).ToArray();
        Assert.Contains("Akka", kernel);
        foreach (var project in Repository.Files("kernel", ".csproj"))
            Assert.DoesNotContain("src/", File.ReadAllText(project), StringComparison.Ordinal);
    }

    [Fact]
    public void The_reader_of_used_types_sees_what_this_very_assembly_uses()
    {
        var used = TypesUsed.By(typeof(FloorTests).Assembly.GetName().Name!);
        Assert.Contains("System.IO.File", used); // else the rules above could not fail
        Assert.DoesNotContain("System.Console", used);
    }

    // Compiler-made attributes of Microsoft.CodeAnalysis are in every assembly; an exception may be named in order to be handled.
    private static bool IsOfTheWorld(string type) =>
        StartsWithAny(type, "TorchSharp.", "System.Console", "System.IO.File", "System.IO.Directory", "System.Net.", "Microsoft.")
        && !StartsWithAny(type, "Microsoft.CodeAnalysis.", "System.IO.FileNotFound", "System.IO.DirectoryNotFound");

    private static bool StartsWithAny(string type, params string[] beginnings) =>
        beginnings.Any(beginning => type.StartsWith(beginning, StringComparison.Ordinal));
}
