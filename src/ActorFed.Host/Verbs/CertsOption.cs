using System.CommandLine;
using ActorFed.Host.Security;
using ActorFed.Host.Settings;

namespace ActorFed.Host.Verbs;

/// <summary>The option --certs of verbs that talk to other machines: a short word for one setting.</summary>
internal static class CertsOption
{
    /// <summary>The setting.</summary>
    public const string Path = $"{SettingKey.Root}.{SecurityKeys.Folder}";

    public static Option<string?> Create() =>
        new("--certs") { Description = $"This machine's folder of certificates, from ./actorfed certs issue. ({Path})" };

    public static IEnumerable<KeyValuePair<string, string>> Settings(string? folder) => folder is null ? [] : [new(Path, folder)];
}
