using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ActorFed.Host.Settings;

/// <summary>What a user says about settings: a file and single values; a later value wins.</summary>
/// <param name="File">A HOCON file; null for none.</param>
/// <param name="Values">Path and text.</param>
public sealed record SettingOverrides(string? File, IReadOnlyList<KeyValuePair<string, string>> Values)
{
    /// <summary>Nothing said.</summary>
    public static SettingOverrides None { get; } = new(null, []);

    /// <summary>As a configuration.</summary>
    /// <exception cref="UserException">The file cannot be read or is no HOCON; names file and place.</exception>
    public Config ToConfig() =>
        Values.Aggregate(File is null ? Config.Empty : FromFile(File), (config, v) => Single(v).WithFallback(config));

    /// <summary>A file with its includes, which are looked for beside it.</summary>
    /// <exception cref="UserException">It cannot be read or is no HOCON; names file and place.</exception>
    public static Config FromFile(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return ConfigurationFactory.ParseString(
                System.IO.File.ReadAllText(path),
                include => new HoconRoot(FromFile(Path.Combine(folder, include)).Root)
            );
        }
        catch (Exception e) when (e is ConfigurationException or IOException or UnauthorizedAccessException)
        {
            throw new UserException(ExitCode.BadSettings, $"{path}: {e.Message}", e);
        }
    }

    private static Config Single(KeyValuePair<string, string> value)
    {
        try
        {
            return SettingTree.Of(value.Key, value.Value);
        }
        catch (ConfigurationException e)
        {
            throw new UsageException($"{value.Key}={value.Value}: {e.Message}");
        }
    }
}

/// <summary>Which setting the number after a partition scheme stands for.</summary>
internal static class PartitionParameters
{
    /// <exception cref="UsageException">The scheme takes none.</exception>
    public static string PathOf(string scheme) =>
        scheme switch
        {
            "dirichlet" or "quantity" => "actorfed.partition.alpha",
            "natural" => "actorfed.partition.field",
            "shards" => "actorfed.partition.pieces-per-client",
            _ => throw new UsageException(
                $"--partition {scheme}:...: takes no number; dirichlet:ALPHA, quantity:ALPHA, natural:FIELD and shards:PIECES do."
            ),
        };
}
