using System.Collections.Immutable;
using System.Globalization;

namespace ActorFed.Training.Settings;

/// <summary>What a setting's text stands for.</summary>
public enum SettingKind
{
    /// <summary>A whole number.</summary>
    Whole = 1,

    /// <summary>A finite number.</summary>
    Number = 2,

    /// <summary>on or off.</summary>
    Flag = 3,

    /// <summary>One of a few words.</summary>
    Choice = 4,

    /// <summary>A list of texts, separated by blanks; never empty.</summary>
    Texts = 5,
}

/// <summary>One setting, declared as data: the host binds its configuration to it, documents it and checks it by the same numbers.</summary>
/// <param name="Key">Its path below <c>actorfed</c>, e.g. lora.rank.</param>
/// <param name="Kind">What its text stands for.</param>
/// <param name="Summary">One sentence for people.</param>
/// <param name="Unit">Of a number; empty for a plain count or ratio.</param>
/// <param name="Min">Least number; ignored for the other kinds.</param>
/// <param name="Max">Greatest number; ignored for the other kinds.</param>
/// <param name="Default">The text that stands when nothing is said.</param>
/// <param name="Choices">The words of a choice.</param>
public sealed record SettingSpec(
    string Key,
    SettingKind Kind,
    string Summary,
    string Unit,
    double Min,
    double Max,
    string Default,
    ImmutableArray<string> Choices
)
{
    /// <summary>A whole number.</summary>
    public static SettingSpec Whole(string key, long standard, long min, long max, string unit, string summary) =>
        new(key, SettingKind.Whole, summary, unit, min, max, standard.ToString(CultureInfo.InvariantCulture), []);

    /// <summary>A number.</summary>
    public static SettingSpec Number(string key, double standard, double min, double max, string unit, string summary) =>
        new(key, SettingKind.Number, summary, unit, min, max, standard.ToString("R", CultureInfo.InvariantCulture), []);

    /// <summary>on or off.</summary>
    public static SettingSpec Flag(string key, bool standard, string summary) =>
        new(key, SettingKind.Flag, summary, "", 0, 0, standard ? "on" : "off", []);

    /// <summary>One of a few words; the first is the default.</summary>
    public static SettingSpec Choice(string key, ImmutableArray<string> choices, string summary) =>
        new(key, SettingKind.Choice, summary, "", 0, 0, choices[0], choices);

    /// <summary>A list of texts.</summary>
    public static SettingSpec Texts(string key, string standard, string summary) =>
        new(key, SettingKind.Texts, summary, "", 0, 0, standard, []);

    /// <summary>The rule that a value must keep, for people: "a whole number from 1 to 64".</summary>
    public string Rule =>
        Kind switch
        {
            SettingKind.Whole => $"a whole number from {Show(Min)} to {Show(Max)}{Suffix}",
            SettingKind.Number => $"a number from {Show(Min)} to {Show(Max)}{Suffix}",
            SettingKind.Flag => "on or off",
            SettingKind.Choice => $"one of {string.Join(", ", Choices)}",
            _ => "a list that is not empty",
        };

    private string Suffix => Unit.Length == 0 ? "" : $" ({Unit})";

    /// <summary>Reads a text: its value as <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, string or texts; null when it breaks the rule.</summary>
    public object? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Kind switch
        {
            SettingKind.Whole => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            && InRange(whole)
                ? whole
                : null,
            SettingKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && InRange(number)
                ? number
                : null,
            SettingKind.Flag => text switch
            {
                "on" or "true" or "yes" => true,
                "off" or "false" or "no" => false,
                _ => null,
            },
            SettingKind.Choice => Choices.Contains(text) ? text : null,
            _ => List(text),
        };
    }

    private static object? List(string text)
    {
        var items = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToImmutableArray();
        return items.IsEmpty ? null : items;
    }

    private bool InRange(double value) => value >= Min && value <= Max;

    private static string Show(double value) => value.ToString("0.##########", CultureInfo.InvariantCulture);
}
