using ActorFed.Host.Settings;

namespace ActorFed.Host.Security;

/// <summary>The settings of this folder.</summary>
internal static class SecurityKeys
{
    public const string Folder = "security.folder";
    public const string Allow = "security.allow";

    public static IEnumerable<SettingKey> All() =>
        [
            SettingKey.Text(
                Folder,
                "",
                "For serve, join and status: this machine's folder of certificates (./actorfed certs issue); empty: no TLS and no signatures."
            ),
            SettingKey.Parsed(
                Allow,
                "",
                AllowList.Rule,
                "For serve with certificates: nodes that may take part, and for which clients each may speak.",
                AllowList.Parse
            ),
        ];
}
