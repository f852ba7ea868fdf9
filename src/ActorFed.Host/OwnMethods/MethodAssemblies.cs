using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using ActorFed.Host.Settings;
using ActorFed.Training.Methods;

namespace ActorFed.Host.OwnMethods;

/// <summary>The methods of a run: those of the program, and those of the assemblies that its settings name.</summary>
/// <param name="Methods">All of them.</param>
/// <param name="Hash">SHA-256 over the assemblies' own hashes, hexadecimal; empty where there are none.</param>
internal sealed record MethodAssemblies(MethodSet Methods, string Hash)
{
    /// <summary>The setting that names them.</summary>
    public const string Key = "actorfed.methods.assemblies";

    // By content: a file that is built anew is another assembly, and one that was loaded is not loaded twice.
    private static readonly ConcurrentDictionary<string, Lazy<ImmutableArray<MethodEntry>>> Loaded = new(StringComparer.Ordinal);

    private static readonly MethodAssemblies None = new(MethodCatalog.BuiltIn, "");

    /// <summary>Loads what the settings name.</summary>
    /// <param name="settings">Path to text.</param>
    /// <param name="folder">What relative paths are relative to; null for the current folder.</param>
    /// <exception cref="MissingException">A file is not there.</exception>
    /// <exception cref="UserException">
    /// A file is no assembly, was built against another ActorFed.Training, has no methods, or one whose name or setting is there already;
    /// or the assemblies are not those that the run began with.
    /// </exception>
    public static MethodAssemblies Load(IReadOnlyDictionary<string, string> settings, string? folder)
    {
        var files = (settings.GetValueOrDefault(Key) ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var all = files.Aggregate(None, (sum, file) => sum.With(Path.GetFullPath(Path.Combine(folder ?? ".", file))));
        var expected = settings.GetValueOrDefault(SettingCatalog.MethodsHash) ?? "";
        return expected.Length == 0 || expected == all.Hash
            ? all
            : throw new UserException(
                ExitCode.BadSettings,
                $"{Key}: the assemblies are not those that this run began with ({expected} then, "
                    + $"{(all.Hash.Length == 0 ? "none" : all.Hash)} now). Build them as they were, or start a new run with --out."
            );
    }

    private MethodAssemblies With(string file)
    {
        var bytes = Read(file);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var entries = Loaded.GetOrAdd(hash, _ => new(() => new MethodAssembly(file, bytes, hash).Load())).Value;
        try
        {
            return new(
                Methods.With(entries),
                Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Hash + hash)))
            );
        }
        catch (ArgumentException e)
        {
            throw new UserException(ExitCode.BadSettings, $"{Key}: {file}: {e.Message}.", e);
        }
    }

    private static byte[] Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MissingException($"{Key}: {file} is not there: build its project (dotnet build), or correct the path.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException(ExitCode.BadSettings, $"{Key}: {file} cannot be read: {e.Message}", e);
        }
    }
}
