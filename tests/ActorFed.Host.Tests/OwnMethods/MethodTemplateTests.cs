using ActorFed.Host.Verbs;

namespace ActorFed.Host.Tests.OwnMethods;

/// <summary>The files of <c>new method</c>. That they build and run: OwnMethodTests of the simulation, and the template's own tests here.</summary>
public sealed class MethodTemplateTests : IDisposable
{
    private readonly TestWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task It_writes_a_method_its_test_and_projects_under_the_name_that_was_asked_for()
    {
        Assert.Equal(0, await RunAsync("new", "method", "fed-average-2"));

        string[] expected =
        [
            "Directory.Build.props",
            "FedAverage2.Tests/FedAverage2.Tests.csproj",
            "FedAverage2.Tests/FedAverage2Tests.cs",
            "FedAverage2/FedAverage2.cs",
            "FedAverage2/FedAverage2.csproj",
            "README.md",
        ];
        Assert.Equal(expected, Files("fed-average-2"));
        var all = string.Concat(expected.Select(f => File.ReadAllText(Path.Combine(_world.In("fed-average-2"), f))));
        Assert.DoesNotContain("my-method", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("MyMethod", all, StringComparison.Ordinal);
        Assert.DoesNotMatch("@[A-Za-z.]+@", all);
        Assert.Contains($">{AppContext.BaseDirectory.TrimEnd('/')}</ActorFed>", all, StringComparison.Ordinal);
        Assert.Contains("\"fed-average-2.step\"", all, StringComparison.Ordinal);
        Assert.Contains("PackageReference Include=\"xunit\" Version=\"2.", all, StringComparison.Ordinal);
        Assert.Contains("dotnet test", _world.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_writes_where_it_is_told_and_over_nothing()
    {
        Directory.CreateDirectory(_world.In("mine"));
        Assert.Equal(0, await RunAsync("new", "method", "own", "--out", "mine"));

        Assert.Equal(2, await RunAsync("new", "method", "own", "--out", "mine")); // fault: there is something already

        Assert.Contains($"{_world.In("mine")} is there and not empty", _world.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Own")]
    [InlineData("own_method")]
    [InlineData("own-")]
    [InlineData("2own")]
    [InlineData("../own")]
    public async Task A_name_that_no_method_can_have_is_refused(string name)
    {
        Assert.Equal(2, await RunAsync("new", "method", name));

        Assert.Contains("small letters, digits and dashes", _world.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_world.Folder));
    }

    [Theory]
    [InlineData("hetlora", "there is a method hetlora already")]
    [InlineData("method-entry", "its class MethodEntry would hide one of ActorFed.Training")]
    public async Task A_name_that_is_taken_is_refused(string name, string why)
    {
        Assert.Equal(2, await RunAsync("new", "method", name));

        Assert.Contains(why, _world.Error.ToString(), StringComparison.Ordinal);
    }

    private IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(_world.In(folder), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(_world.In(folder), f))
            .Order(StringComparer.Ordinal);

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, _world.World);
}
