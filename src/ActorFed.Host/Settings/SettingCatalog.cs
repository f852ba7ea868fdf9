using System.Collections.Immutable;
using ActorFed.Training.Methods;

namespace ActorFed.Host.Settings;

/// <summary>Every key that there is: those of the methods and their trainer, bound as they are declared, and the host's own.</summary>
public sealed class SettingCatalog
{
    /// <summary>SHA-256 of a user's own methods; the loader fills it in.</summary>
    internal const string MethodsHash = "actorfed.methods.sha256";

    /// <summary>Keys that do not decide a result: a resumed run may have others. The content of assemblies decides, not their place.</summary>
    private static readonly string[] Free =
    [
        "actorfed.simulate.",
        "actorfed.output.",
        "actorfed.node.",
        "actorfed.server.standbys", // these two alone: the other keys of this section are the server's optimiser
        "actorfed.server.rejoin-within",
        "actorfed.transfer.",
        "actorfed.security.",
        "actorfed.data.root",
        "actorfed.methods.assemblies",
    ];

    private SettingCatalog(MethodSet methods)
    {
        Methods = methods;
        All = [.. HostKeys.All(methods), .. methods.Specs.Select(SettingKey.Of)];
        ByPath = All.ToImmutableSortedDictionary(k => k.Path, k => k, StringComparer.Ordinal);
    }

    /// <summary>Without methods of a user's own: what hocon/reference.conf documents.</summary>
    public static SettingCatalog BuiltIn { get; } = new(MethodCatalog.BuiltIn);

    /// <summary>The methods whose settings are among the keys.</summary>
    public MethodSet Methods { get; }

    /// <summary>By section, in the order in which reference.conf shows them.</summary>
    public ImmutableArray<SettingKey> All { get; }

    /// <summary>The same by path.</summary>
    public ImmutableSortedDictionary<string, SettingKey> ByPath { get; }

    /// <summary>The keys with these methods.</summary>
    public static SettingCatalog Of(MethodSet methods) => methods == MethodCatalog.BuiltIn ? BuiltIn : new(methods);

    /// <summary>Whether a key can change a bit of the result.</summary>
    public static bool Decides(string path) => !Free.Any(f => path.StartsWith(f, StringComparison.Ordinal));
}
