namespace ActorFed.Host;

/// <summary>Where set-up put the npm packages: outside the repository, pinned and checked by hash.</summary>
/// <param name="Root">The cache folder.</param>
public sealed record NpmCache(string Root)
{
    /// <summary>The folder that the environment names: ACTORFED_CACHE, else XDG's.</summary>
    public static NpmCache FromEnvironment(Func<string, string?> variable) =>
        new(
            variable("ACTORFED_CACHE") is { Length: > 0 } own ? own
            : variable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? Path.Combine(xdg, "actorfed")
            : Path.Combine(variable("HOME") ?? ".", ".cache", "actorfed")
        );

    /// <summary>A package's folder.</summary>
    /// <exception cref="MissingException">Not there; says how to get it.</exception>
    public string Folder(string package) =>
        Directory.Exists(PathOf(package))
            ? PathOf(package)
            : throw new MissingException(
                $"npm package {package} is not in the cache: no folder {PathOf(package)}. Run eng/setup.sh, or set ACTORFED_CACHE to a cache that has it."
            );

    /// <summary>The folder that holds the packages.</summary>
    public string Modules => Path.Combine(Root, "npm", "node_modules");

    /// <summary>Where a package's folder is, or would be.</summary>
    public string PathOf(string package) => Path.Combine(Modules, package);
}
