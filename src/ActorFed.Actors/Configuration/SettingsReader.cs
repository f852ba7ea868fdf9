using System.Globalization;
using Akka.Configuration;

namespace ActorFed.Actors.Configuration;

/// <summary>Reads one section of settings, strictly, and shows all that is wrong at once.</summary>
/// <remarks>
/// Missing is an error, never a silent zero. A key that nobody read is an error too. A bad value reads as the least allowed one, so that
/// reading goes on; <see cref="Finish{T}"/> throws before anybody can use it. Paths are checked against the range that they document.
/// </remarks>
public sealed class SettingsReader
{
    private readonly Config _section; // empty where the section is missing
    private readonly string _path;
    private readonly List<SettingError> _errors;
    private readonly List<SettingsReader> _parts = [];
    private readonly HashSet<string> _known = [];

    /// <param name="hocon">The whole configuration.</param>
    /// <param name="path">The section to read: actorfed.round.</param>
    public SettingsReader(Config hocon, string path)
        : this(hocon, path, path, []) { }

    private SettingsReader(Config parent, string key, string path, List<SettingError> errors)
    {
        ArgumentNullException.ThrowIfNull(parent);
        (_path, _errors) = (path, errors);
        var there = parent.HasPath(key);
        var isSection = there && parent.GetValue(key)!.IsObject();
        _section = isSection ? parent.GetConfig(key)! : ConfigurationFactory.Empty;
        if (there && !isSection)
        {
            _errors.Add(new(path, Show(parent.GetValue(key)!), "a section of settings is expected"));
        }
    }

    /// <summary>The section's path.</summary>
    public string Path => _path;

    /// <summary>A section inside this one; its errors are shown with these.</summary>
    public SettingsReader Section(string key)
    {
        _known.Add(key);
        var part = new SettingsReader(_section, key, $"{_path}.{key}", _errors);
        _parts.Add(part);
        return part;
    }

    /// <summary>Whether the key has a value; it counts as known from then on.</summary>
    public bool Has(string key)
    {
        _known.Add(key);
        return _section.HasPath(key);
    }

    /// <summary>Every key of the section, known from then on: for sections whose keys a method declares.</summary>
    public IReadOnlyList<string> Keys()
    {
        var keys = Present().Order(StringComparer.Ordinal).ToList();
        _known.UnionWith(keys);
        return keys;
    }

    /// <summary>A whole number.</summary>
    public int Whole(string key, int min, int max) => (int)WholeLong(key, min, max);

    /// <summary>A whole number of 64 bits.</summary>
    public long WholeLong(string key, long min, long max) =>
        Read(key, $"a whole number from {min} to {max}", min, text => Parse(text) is { } v && v >= min && v <= max ? v : null);

    /// <summary>A whole number, or a word that stands for one: a number that follows from other settings.</summary>
    public int WholeOr(string key, int min, int max, string word, int meant) =>
        Read(
            key,
            $"a whole number from {min} to {max} or {word}",
            min,
            text =>
                text == word ? meant
                : Parse(text) is { } v && v >= min && v <= max ? (int)v
                : null
        );

    /// <summary>A finite number, both bounds allowed.</summary>
    public double Number(string key, double min, double max) =>
        Read(
            key,
            $"a number from {min} to {max}",
            min,
            text => UnitParser.Number(text) is { } v && v >= min && v <= max ? v : null
        );

    /// <summary>A number from 0 to 1; 0 is refused where <paramref name="aboveZero"/> says so.</summary>
    public double Fraction(string key, bool aboveZero = false) =>
        Read(
            key,
            aboveZero ? "a fraction above 0, at most 1" : "a fraction from 0 to 1",
            1.0,
            text => UnitParser.Number(text) is { } v && v <= 1 && (aboveZero ? v > 0 : v >= 0) ? v : null
        );

    /// <summary>A duration with its unit.</summary>
    public TimeSpan Duration(string key, TimeSpan min, TimeSpan max) =>
        Read(
            key,
            $"a duration from {UnitParser.Show(min)} to {UnitParser.Show(max)}, its unit one of {UnitParser.DurationUnits}",
            min,
            text => UnitParser.Duration(text) is { } v && v >= min && v <= max ? v : null
        );

    /// <summary>A size in bytes with its unit.</summary>
    public long Size(string key, long min, long max) =>
        Read(
            key,
            $"a size from {min} B to {max} B, its unit one of {UnitParser.SizeUnits}",
            min,
            text => UnitParser.Size(text) is { } v && v >= min && v <= max ? v : null
        );

    /// <summary>One of these words, as they are written here.</summary>
    public string Choice(string key, params ReadOnlySpan<string> choices)
    {
        var allowed = choices.ToArray();
        return ReadText(key, $"one of {string.Join(", ", allowed)}", allowed[0], allowed.Contains);
    }

    /// <summary>true or false, on or off, yes or no.</summary>
    public bool Flag(string key) => Choice(key, "true", "false", "on", "off", "yes", "no") is "true" or "on" or "yes";

    /// <summary>Text that is not empty.</summary>
    public string Text(string key) => ReadText(key, "text that is not empty", "", text => text.Length > 0);

    /// <summary>Text, or the empty text.</summary>
    public string TextOrEmpty(string key) => ReadText(key, "text", "", _ => true);

    /// <summary>A list of texts; a single text is a list of one.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        if (!Has(key))
        {
            return Wrong<IReadOnlyList<string>>(key, null, "missing: a list of texts is expected", []);
        }

        var value = _section.GetValue(key)!;
        var isList = value.IsArray() && value.GetArray().All(item => item.IsString());
        return value.IsString() ? [value.GetString()!]
            : isList ? [.. value.GetArray().Select(item => item.GetString()!)]
            : Wrong<IReadOnlyList<string>>(key, Show(value), "a list of texts is expected", []);
    }

    /// <summary>A rule between settings: an error at <paramref name="key"/> unless it holds.</summary>
    public void Rule(string key, bool holds, string rule)
    {
        _known.Add(key);
        if (!holds)
        {
            Wrong<object?>(key, _section.HasPath(key) ? Show(_section.GetValue(key)!) : null, rule, null);
        }
    }

    /// <summary>The value, when nothing was wrong in this section and those inside it.</summary>
    /// <exception cref="InvalidSettingsException">Names every bad setting at once: path, value found, rule.</exception>
    public T Finish<T>(T value)
    {
        ReportUnknown();
        return _errors.Count == 0 ? value : throw new InvalidSettingsException([.. _errors]);
    }

    private void ReportUnknown()
    {
        foreach (var key in Present().Where(key => !_known.Contains(key)).Order(StringComparer.Ordinal))
        {
            var known = string.Join(", ", _known.Order(StringComparer.Ordinal));
            Wrong<object?>(key, null, $"unknown key; known here: {(known.Length == 0 ? "none" : known)}", null);
        }

        foreach (var part in _parts)
        {
            part.ReportUnknown();
        }
    }

    private IEnumerable<string> Present() =>
        _section.IsEmpty ? [] : _section.AsEnumerable().Select(entry => entry.Key).Distinct();

    private T Read<T>(string key, string rule, T fallback, Func<string, T?> parse)
        where T : struct
    {
        var text = TextOf(key, rule);
        return text is null ? fallback : parse(text) ?? Wrong(key, text, $"{rule} is expected", fallback);
    }

    private string ReadText(string key, string rule, string fallback, Func<string, bool> allowed)
    {
        var text = TextOf(key, rule);
        return text is null ? fallback
            : allowed(text) ? text
            : Wrong(key, $"\"{text}\"", $"{rule} is expected", fallback);
    }

    private string? TextOf(string key, string rule)
    {
        if (!Has(key))
        {
            return Wrong<string?>(key, null, $"missing: {rule} is expected", null);
        }

        var value = _section.GetValue(key)!;
        return value.IsString() ? value.GetString()!.Trim() : Wrong<string?>(key, Show(value), $"{rule} is expected", null);
    }

    private T Wrong<T>(string key, string? found, string rule, T fallback)
    {
        var error = new SettingError($"{_path}.{key}", found, rule);
        if (!_errors.Contains(error))
        {
            _errors.Add(error);
        }

        return fallback;
    }

    private static long? Parse(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string Show(Akka.Configuration.Hocon.HoconValue value)
    {
        var text = (value.IsString() ? value.GetString() : value.ToString()) ?? "";
        return text.Length > 80 ? text[..80] + "..." : text;
    }
}
