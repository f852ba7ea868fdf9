using System.Diagnostics.CodeAnalysis;
using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>A tree of settings with fallbacks: what a path has not in this tree is looked up in the fallback. Immutable.</summary>
/// <remarks>A missing path gives the default of the reader; a value of the wrong form is a <see cref="ConfigurationException"/>.</remarks>
public partial class Config
{
    public static readonly Config Empty = new();

    private readonly Lazy<HoconValue> _merged;

    public Config()
        : this(new HoconRoot(new HoconValue())) { }

    public Config(HoconRoot root)
        : this(root, null) { }

    /// <summary><paramref name="source"/> with <paramref name="fallback"/> behind its own fallbacks.</summary>
    public Config(Config source, Config? fallback)
        : this(new HoconRoot(NotNull(source).Root, source.Substitutions), Chain(source.Fallback, fallback)) { }

    private Config(HoconRoot root, Config? fallback)
    {
        ArgumentNullException.ThrowIfNull(root);
        (Root, Substitutions, Fallback) = (root.Value, root.Substitutions, fallback);
        _merged = new(() => HoconMerge.Merge(Root.IsEmpty ? null : Root, Fallback?._merged.Value) ?? Root);
    }

    public Config? Fallback { get; }

    /// <summary>The value of this tree alone, without its fallbacks.</summary>
    public HoconValue Root { get; }

    public IEnumerable<HoconSubstitution> Substitutions { get; }

    /// <summary>True when neither this tree nor a fallback holds a setting.</summary>
    public bool IsEmpty => Root.IsEmpty && Fallback is null or { IsEmpty: true };

    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    public static Config operator +(Config config, string fallback) =>
        NotNull(config).WithFallback(ConfigurationFactory.ParseString(fallback));

    public static Config operator +(string configHocon, Config fallbackConfig) =>
        ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    /// <summary>These settings, and behind them those of <paramref name="fallback"/>.</summary>
    public virtual Config WithFallback(Config? fallback)
    {
        if (ReferenceEquals(fallback, this))
            throw new ArgumentException("A configuration cannot be its own fallback.", nameof(fallback));
        if (fallback is null || fallback.IsEmpty)
            return this;
        return IsEmpty ? fallback : Copy(fallback);
    }

    /// <summary>True when the path holds a value, in this tree or a fallback. Null counts as none.</summary>
    public virtual bool HasPath(string path) => GetValue(path) is not null;

    /// <summary>The value at a path, objects merged over all fallbacks; null when there is none.</summary>
    public HoconValue? GetValue(string path)
    {
        var value = _merged.Value.Child(HoconPath.Split(path));
        return ReferenceEquals(value, HoconValue.Null) ? null : value;
    }

    /// <summary>The settings below a path; null when there are none.</summary>
    public virtual Config? GetConfig(string path) => GetValue(path) is { } value ? new Config(new HoconRoot(value)) : null;

    /// <summary>The fields of the root object, merged over all fallbacks.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => _merged.Value.Fields ?? [];

    /// <summary>This tree, without fallbacks, as HOCON text that parses to an equal tree.</summary>
    public override string ToString() => Root.IsEmpty ? "" : Root.ToString();

    public string ToString(bool includeFallback) => includeFallback && !IsEmpty ? _merged.Value.ToString() : ToString();

    protected Config Copy(Config? fallback = null) => new(this, fallback);

    private static Config? Chain(Config? first, Config? last) => first is null ? last : first.WithFallback(last);

    private static Config NotNull([NotNull] Config? config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config;
    }
}
