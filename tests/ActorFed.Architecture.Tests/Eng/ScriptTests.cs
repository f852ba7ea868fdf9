namespace ActorFed.Architecture.Tests.Eng;

/// <summary>Each file tests/eng/*.sh is one test: its name is the claim, its exit code the verdict.</summary>
public sealed class ScriptTests
{
    public static TheoryData<string> Scripts =>
        [.. Repository.Files("tests/eng", ".sh").Where(IsTest).Select(path => Path.GetFileName(path))];

    [Theory, MemberData(nameof(Scripts))]
    public void The_scripts_do_what_they_say(string script)
    {
        var path = Path.Combine(Repository.Root, "tests", "eng", script);
        var (code, said) = Command.Run(Repository.Root, new Dictionary<string, string?>(), "bash", path);
        Assert.True(code == 0, said);
    }

    [Fact]
    public void Every_script_of_the_repository_parses()
    {
        var scripts = Repository.Files("eng", ".sh").Concat(Repository.Files(".ci"));
        foreach (
            var script in scripts.Append(Path.Combine(Repository.Root, "test")).Append(Path.Combine(Repository.Root, "actorfed"))
        )
        {
            var (code, said) = Command.Run(Repository.Root, new Dictionary<string, string?>(), "bash", "-n", script);
            Assert.True(code == 0, $"{script}: {said}");
        }
    }

    private static bool IsTest(string path) => !Repository.Relative(path).Contains("/lib/", StringComparison.Ordinal);
}
