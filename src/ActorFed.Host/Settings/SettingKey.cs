using System.Globalization;
using ActorFed.Training.Settings;

namespace ActorFed.Host.Settings;

/// <summary>One key below <c>actorfed</c>, as it is documented and checked; both by the same words.</summary>
/// <param name="Path">Full path: actorfed.lora.rank.</param>
/// <param name="Summary">What it means, one or two sentences.</param>
/// <param name="Rule">Which values it takes: "a whole number from 1 to 512".</param>
/// <param name="Default">The text that stands when nothing is said.</param>
/// <param name="Parse">The value of a text; null when the text breaks the rule.</param>
public sealed record SettingKey(string Path, string Summary, string Rule, string Default, Func<string, object?> Parse)
{
    /// <summary>The root of all keys.</summary>
    public const string Root = "actorfed";

    /// <summary>A path whose root may have been left out: head.rate stands for actorfed.head.rate.</summary>
    internal static string Rooted(string path) => path.StartsWith($"{Root}.", StringComparison.Ordinal) ? path : $"{Root}.{path}";

    /// <summary>A setting that a lower floor declares.</summary>
    public static SettingKey Of(SettingSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new($"{Root}.{spec.Key}", spec.Summary, spec.Rule, spec.Default, spec.Parse);
    }

    /// <summary>Text; empty means none.</summary>
    public static SettingKey Text(string key, string standard, string summary) =>
        new($"{Root}.{key}", summary, "text, empty for none", standard, text => text);

    /// <summary>A text that a parser of a lower floor understands, or else throws a <see cref="FormatException"/>.</summary>
    public static SettingKey Parsed(string key, string standard, string rule, string summary, Func<string, object> parse) =>
        new($"{Root}.{key}", summary, rule, standard, text => Try(parse, text));

    /// <summary>A setting that another reader checks: only documented here.</summary>
    public static SettingKey Documented(string key, string standard, string rule, string summary) =>
        new($"{Root}.{key}", summary, rule, standard, text => text);

    /// <summary>A whole number that is no <see cref="int"/>.</summary>
    public static SettingKey Long(string key, long standard, long min, long max, string summary) =>
        new(
            $"{Root}.{key}",
            summary,
            $"a whole number from {min} to {max}",
            standard.ToString(CultureInfo.InvariantCulture),
            text =>
                long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var v) && v >= min && v <= max ? v : null
        );

    private static object? Try(Func<string, object> parse, string text)
    {
        try
        {
            return parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
