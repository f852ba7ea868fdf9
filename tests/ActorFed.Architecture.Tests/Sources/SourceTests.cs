using System.Text.RegularExpressions;

namespace ActorFed.Architecture.Tests.Sources;

/// <summary>What a reader may rely on in every source file.</summary>
public sealed partial class SourceTests
{
    [Fact]
    public void No_source_reads_the_wall_clock_sleeps_or_draws_unseeded_chance() =>
        Assert.Empty(Repository.Lines(CSharp("src").Concat(CSharp("tests")).Where(IsNotThisFile).Where(IsNotMain), WallClock()));

    [Theory]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("await Task.Delay(10);")]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("var dice = new Random();")]
    [InlineData("#pragma warning disable RS0030")]
    [InlineData("Stopwatch.StartNew()")]
    public void The_rule_sees_each_of_the_forbidden_words(string line) => Assert.Matches(WallClock(), line);

    [Fact]
    public void A_source_file_is_short_enough_to_be_read()
    {
        var long_ = CSharp("src").Where(file => File.ReadLines(file).Count() >= 400).Select(Repository.Relative);
        Assert.Empty(long_);
    }

    [Fact]
    public void Nothing_names_a_path_of_somebodys_machine() =>
        Assert.Empty(Repository.Lines(Repository.Files(".").Where(IsText).Where(IsNotThisFile), MachinePath()));

    [Theory]
    [InlineData("actorfed")]
    [InlineData(".editorconfig")]
    [InlineData(".ci/run")]
    [InlineData("hocon/compare/hafl-modes.rsp")]
    [InlineData("src/ActorFed.Host/Reports/report.html")]
    [InlineData("src/ActorFed.Host/Reports/report.css")]
    [InlineData(".csharpierrc.yaml")]
    public void The_rule_reads_files_of_every_kind(string file) =>
        Assert.Contains(file, Repository.Files(".").Where(IsText).Select(Repository.Relative));

    [Theory]
    [InlineData("\"/root/.cache/actorfed\"")]
    [InlineData("cd /work/main")]
    [InlineData("var path = \"/tmp/run\";")]
    [InlineData("/home/ann/actorfed")]
    [InlineData("https://registry.npmjs.org/uplot")]
    public void The_rule_sees_a_path_of_a_machine(string line) => Assert.Matches(MachinePath(), line);

    [Theory]
    [InlineData("cd ../work/tmp")]
    [InlineData("\"framework/root\"")]
    public void The_rule_leaves_relative_paths_alone(string line) => Assert.DoesNotMatch(MachinePath(), line);

    [Theory]
    [InlineData("ActorFed.Training")]
    [InlineData("ActorFed.Actors")]
    [InlineData("ActorFed.Host")]
    public void A_folder_of_tests_has_the_name_of_the_folder_that_it_tests(string project)
    {
        var source = Folders($"src/{project}", CSharp($"src/{project}")).Append(".");
        // A folder without a test in it is a tool of the tests, and free in its name.
        var tests = Folders(
            $"tests/{project}.Tests",
            CSharp($"tests/{project}.Tests").Where(file => TestMark().IsMatch(File.ReadAllText(file)))
        );
        Assert.Empty(tests.Except(source, StringComparer.Ordinal));
    }

    // The system clock has to be named once; everything else is handed a TimeProvider by it.
    private static bool IsNotMain(string file) => Repository.Relative(file) != "src/ActorFed.Host/Main.cs";

    // What has no lines to read; everything else is text, whatever its name ends with.
    private static readonly string[] Binary = [".safetensors", ".png", ".gz", ".db"];

    private static bool IsText(string path) => !Binary.Contains(Path.GetExtension(path), StringComparer.Ordinal);

    private static IReadOnlyList<string> CSharp(string folder) => Repository.Files(folder, ".cs");

    private static IEnumerable<string> Folders(string project, IEnumerable<string> files) =>
        files
            .Select(file => Path.GetRelativePath(Path.Combine(Repository.Root, project), Path.GetDirectoryName(file)!))
            .Distinct();

    private static bool IsNotThisFile(string path) => !path.EndsWith($"{nameof(SourceTests)}.cs", StringComparison.Ordinal);

    [GeneratedRegex(
        @"Thread\.Sleep|Task\.Delay|DateTime(Offset)?\.(Now|UtcNow|Today)|Random\.Shared|new Random\(\)|Guid\.NewGuid|Environment\.TickCount"
            + @"|Stopwatch|SpinWait|pragma warning disable RS0030"
    )]
    private static partial Regex WallClock();

    [GeneratedRegex(@"(?<![\w.~/})-])/(work|root|tmp|home/\w+)(/|\b)|registry\.npmjs|api\.nuget\.org")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"^\s*\[(Fact|Theory)", RegexOptions.Multiline)]
    private static partial Regex TestMark();
}
