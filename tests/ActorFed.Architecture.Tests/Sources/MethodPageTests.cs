using System.Text.RegularExpressions;

namespace ActorFed.Architecture.Tests.Sources;

/// <summary>docs/methods.md says which function does which equation: a function that moved must not leave its name there.</summary>
public sealed partial class MethodPageTests
{
    private static readonly Lazy<ILookup<string, string>> Sources = new(() =>
        Repository
            .Files("src", ".cs")
            .ToLookup(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText, StringComparer.Ordinal)
    );

    [Fact]
    public void Every_function_that_the_page_names_is_in_the_file_of_its_type()
    {
        var named = Named().ToList();
        Assert.True(named.Count > 40, $"only {named.Count} functions found on the page");
        Assert.All(named, n => Assert.True(Exists(n.Type, n.Member), $"{n.Type}.{n.Member}"));
    }

    [Theory]
    [InlineData("Ravan", "Extract", true)]
    [InlineData("Ravan", "Extracts", false)]
    [InlineData("Ravana", "Extract", false)]
    public void The_rule_sees_what_is_not_there(string type, string member, bool there) =>
        Assert.Equal(there, Exists(type, member));

    [Fact]
    public void Every_source_file_that_the_page_names_is_there()
    {
        var files = SourceFile().Matches(Page()).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.True(Sources.Value.Contains(f), f));
    }

    private static string Page() => File.ReadAllText(Path.Combine(Repository.Root, "docs", "methods.md"));

    private static IEnumerable<(string Type, string Member)> Named() =>
        from span in Code().Matches(Page())
        from Match name in Function().Matches(span.Value)
        select (name.Groups["type"].Value, name.Groups["member"].Value);

    private static bool Exists(string type, string member) =>
        Sources
            .Value[type]
            .Any(text => Regex.IsMatch(text, $@"\b{member}\s*(\(|\{{|=)", RegexOptions.None, TimeSpan.FromSeconds(5)));

    [GeneratedRegex(@"`[^`\n]+`")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<![\w.])(?<type>(?!ActorFed)[A-Z]\w+)\.(?<member>[A-Z]\w+)")]
    private static partial Regex Function();

    [GeneratedRegex(@"(?<name>\w+)\.cs\b")]
    private static partial Regex SourceFile();
}
