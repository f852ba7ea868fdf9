namespace ActorFed.Actors.Tests.Rounds;

/// <summary>The example of the page is the test beside this file, to the letter; so it compiles, runs and cannot rot.</summary>
public sealed class FaultTestsPageTests
{
    [Fact]
    public void The_example_of_the_page_is_the_one_that_runs()
    {
        var page = Read("docs", "fault-tests.md");
        var example = Read("tests", "ActorFed.Actors.Tests", "Rounds", "MedianUnderFaultTests.cs");
        Assert.Contains($"```csharp\n{example}```\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_test_that_the_page_names_is_there()
    {
        var page = Read("docs", "fault-tests.md");
        var named = page.Split('`').Where(word => word.EndsWith("Tests", StringComparison.Ordinal)).Distinct().ToList();
        Assert.True(named.Count > 8);
        var there = typeof(FaultTestsPageTests).Assembly.GetTypes().Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(named, name => Assert.Contains(name, there));
    }

    private static string Read(params string[] path)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "ActorFed.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("These tests read the checkout that they were built from.");
        }

        return File.ReadAllText(Path.Combine([root.FullName, .. path])).ReplaceLineEndings("\n");
    }
}
