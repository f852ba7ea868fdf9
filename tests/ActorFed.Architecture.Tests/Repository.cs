using System.Text.RegularExpressions;

namespace ActorFed.Architecture.Tests;

/// <summary>The checkout that these tests were built from, and the files that a person wrote in it.</summary>
internal static partial class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>Files under <paramref name="folder"/> whose name ends as said; no build output, no run, no version control.</summary>
    public static IReadOnlyList<string> Files(string folder, params string[] endings)
    {
        var top = Path.Combine(Root, folder);
        if (!Directory.Exists(top))
            return [];
        return
        [
            .. Directory
                .EnumerateFiles(top, "*", SearchOption.AllDirectories)
                .Where(path => !Generated().IsMatch(Relative(path)))
                .Where(path => endings.Length == 0 || endings.Any(end => path.EndsWith(end, StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The path as a reader of the repository would write it.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>Every line that matches, as "file:line: text".</summary>
    public static IEnumerable<string> Lines(IEnumerable<string> files, Regex pattern) =>
        from file in files
        from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
        where pattern.IsMatch(line.Text)
        select $"{Relative(file)}:{line.Number}: {line.Text.Trim()}";

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "ActorFed.sln")))
                return at.FullName;
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds ActorFed.sln.");
    }

    [GeneratedRegex(@"(^|/)(\.git|bin|obj|runs|TestResults|native/build)(/|$)")]
    private static partial Regex Generated();
}
