using System.IO.Compression;

namespace ActorFed.Training.Tests;

/// <summary>Where the tests find what set-up and the user bring; nothing of it is in the repository.</summary>
internal static class Fixtures
{
    /// <summary>The npm packages that set-up fetches: ACTORFED_CACHE, else the XDG cache folder.</summary>
    public static string Packages { get; } = Path.Combine(CacheFolder(), "npm", "node_modules");

    /// <summary>Downloaded data sets: ACTORFED_DATA_ROOT, else shared/data beside the repository; null where there is none.</summary>
    public static string? DataRoot { get; } = FindDataRoot();

    private static string CacheFolder()
    {
        if (Environment.GetEnvironmentVariable("ACTORFED_CACHE") is { Length: > 0 } own)
        {
            return own;
        }
        var home = Environment.GetEnvironmentVariable("HOME") ?? "";
        var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(home, ".cache");
        return Path.Combine(caches, "actorfed");
    }

    private static string? FindDataRoot()
    {
        var root = Environment.GetEnvironmentVariable("ACTORFED_DATA_ROOT") is { Length: > 0 } own
            ? own
            : Path.Combine(RepositoryRoot(), "..", "shared", "data");
        return Directory.Exists(root) ? Path.GetFullPath(root) : null;
    }

    private static string RepositoryRoot()
    {
        // Compiled paths are mapped to /_/ so that builds repeat; the folder of the test assembly is the real one.
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ActorFed.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}

/// <summary>A fact about an npm package; skipped, and says so, where set-up has not run.</summary>
internal sealed class PackageFactAttribute : FactAttribute
{
    public PackageFactAttribute(string package)
    {
        var folder = Path.Combine(Fixtures.Packages, package);
        if (!Directory.Exists(folder))
        {
            Skip = $"The npm package {package} is not in the cache ({folder}); ./test brings it.";
        }
    }
}

/// <summary>A fact about a downloaded data set; skipped, and says so, where there is none.</summary>
internal sealed class DataRootFactAttribute : FactAttribute
{
    public DataRootFactAttribute(string dataset)
    {
        if (Fixtures.DataRoot is null || !Directory.Exists(Path.Combine(Fixtures.DataRoot, dataset)))
        {
            Skip = $"No data set {dataset}: set ACTORFED_DATA_ROOT to a folder that holds it.";
        }
    }
}

/// <summary>Packed files.</summary>
internal static class Packed
{
    public static byte[] Gzip(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }
        return buffer.ToArray();
    }
}
