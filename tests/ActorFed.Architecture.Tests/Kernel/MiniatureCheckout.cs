using System.IO.Compression;
using System.Text.RegularExpressions;

namespace ActorFed.Architecture.Tests.Kernel;

/// <summary>
/// The project files of this repository without their sources, beside a package feed in a folder that has an empty package for every
/// pinned version: restores run as they do in the real checkout, without a network and without the real packages.
/// </summary>
/// <remarks>The limit: empty packages depend on nothing, so whether the real ones' own dependencies agree with our pins is not seen here.</remarks>
internal sealed partial class MiniatureCheckout : IDisposable
{
    private static readonly string[] Shared =
    [
        "global.json",
        "Directory.Build.props",
        "Directory.Build.targets",
        "Directory.Packages.props",
        "ActorFed.sln",
        "eng/LeftOut.targets",
        "kernel/Directory.Build.props",
        "tests/Directory.Build.props",
    ];
    private readonly TemporaryFolder _home = new();

    public MiniatureCheckout()
    {
        Directory.CreateDirectory(PathOf("tmp"));
        foreach (var file in Shared.Select(name => Path.Combine(Repository.Root, name)))
            Copy(file);
        foreach (var project in Projects)
            Copy(project);
        foreach (var (id, version) in PinnedPackages())
            Pack(id, version);
        File.WriteAllText(
            PathOf("NuGet.config"),
            """<configuration><packageSources><clear /><add key="feed" value="feed" /></packageSources></configuration>"""
        );
    }

    /// <summary>Every project of the repository.</summary>
    public static IReadOnlyList<string> Projects { get; } =
    [.. new[] { "src", "kernel", "tests", "bench" }.SelectMany(folder => Repository.Files(folder, ".csproj"))];

    public string PathOf(params string[] parts) => Path.Combine([_home.Path, .. parts]);

    /// <summary>Restores a project, or the solution, as a user would, for one of the two kernels.</summary>
    public (int Code, string Said) Restore(string kernel, string what = "src/ActorFed.Host") => Dotnet(kernel, "restore", what);

    /// <summary>A dotnet command with its own package folder, so that nothing is remembered.</summary>
    public (int Code, string Said) Dotnet(string kernel, params string[] command) =>
        Command.Run(
            _home.Path,
            new Dictionary<string, string?>
            {
                ["NUGET_PACKAGES"] = PathOf("packages"),
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["TMPDIR"] = PathOf("tmp"), // the SDK leaves empty folders there
                ["Kernel"] = null,
            },
            "dotnet",
            [.. command, $"-p:Kernel={kernel}", "-nologo", "-v:quiet"]
        );

    public void Dispose() => _home.Dispose();

    /// <summary>Every PackageVersion of Directory.Packages.props, those of Kernel=packages too.</summary>
    public static IReadOnlyList<(string Id, string Version)> PinnedPackages() =>
        [
            .. PackageVersion()
                .Matches(File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props")))
                .Select(match => (match.Groups["id"].Value, match.Groups["version"].Value)),
        ];

    private void Copy(string file)
    {
        var target = PathOf(Repository.Relative(file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target);
    }

    /// <summary>Adds an empty package to the feed.</summary>
    public void Pack(string id, string version)
    {
        Directory.CreateDirectory(PathOf("feed"));
        using var package = ZipFile.Open(PathOf("feed", $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var writer = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open()))
        {
            writer.Write(
                $"""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
                <id>{id}</id><version>{version}</version><authors>test</authors><description>Empty.</description>
                </metadata></package>
                """
            );
        }
        package.CreateEntry("lib/net10.0/_._").Open().Dispose();
    }

    [GeneratedRegex("""<PackageVersion Include="(?<id>[^"]+)" Version="(?<version>[^"]+)" />""")]
    private static partial Regex PackageVersion();
}
