namespace ActorFed.Host.Settings;

/// <summary>What differs between two sets of settings, one line each: path: old -> new.</summary>
public static class SettingsDiff
{
    /// <summary>Differences among the keys that decide a result.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyDictionary<string, string> old, IReadOnlyDictionary<string, string> now) =>
        [
            .. old
                .Keys.Union(now.Keys, StringComparer.Ordinal)
                .Where(SettingCatalog.Decides)
                .Order(StringComparer.Ordinal)
                .Where(k => old.GetValueOrDefault(k) != now.GetValueOrDefault(k))
                .Select(k => $"{k}: {old.GetValueOrDefault(k, "(not there)")} -> {now.GetValueOrDefault(k, "(not there)")}"),
        ];
}
