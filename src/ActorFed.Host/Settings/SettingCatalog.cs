using System.Collections.Immutable;
using ActorFed.Training.Methods;

namespace ActorFed.Host.Settings;

/// <summary>Every key that there is: those of the methods and their trainer, bound as they are declared, and the host's own.</summary>
public static class SettingCatalog
{
    /// <summary>Keys that do not decide a result: a resumed run may have others.</summary>
    private static readonly string[] Free = ["actorfed.simulate.", "actorfed.output.", "actorfed.data.root"];

    /// <summary>By section, in the order in which reference.conf shows them.</summary>
    public static ImmutableArray<SettingKey> All { get; } = [.. HostKeys.All, .. MethodCatalog.Specs.Select(SettingKey.Of)];

    /// <summary>The same by path.</summary>
    public static ImmutableSortedDictionary<string, SettingKey> ByPath { get; } =
        All.ToImmutableSortedDictionary(k => k.Path, k => k, StringComparer.Ordinal);

    /// <summary>Whether a key can change a bit of the result.</summary>
    public static bool Decides(string path) => !Free.Any(f => path.StartsWith(f, StringComparison.Ordinal));
}
