using System.Collections.Immutable;

namespace ActorFed.Training.Settings;

/// <summary>Settings that break their rules: every one of them, not only the first.</summary>
public sealed class SettingValuesException(ImmutableArray<string> errors) : Exception(string.Join('\n', errors))
{
    /// <summary>One line an error: key, value found, rule.</summary>
    public ImmutableArray<string> Errors => errors;
}

/// <summary>Checked values for a list of declared settings. Immutable.</summary>
public sealed class SettingValues
{
    private readonly ImmutableSortedDictionary<string, (SettingSpec Spec, string Text, object Value)> _values;

    private SettingValues(ImmutableSortedDictionary<string, (SettingSpec Spec, string Text, object Value)> values) =>
        _values = values;

    /// <summary>The texts by key: given ones and defaults.</summary>
    public ImmutableSortedDictionary<string, string> Texts =>
        _values.ToImmutableSortedDictionary(v => v.Key, v => v.Value.Text, StringComparer.Ordinal);

    /// <summary>All defaults.</summary>
    public static SettingValues Defaults(IEnumerable<SettingSpec> specs) =>
        Read(specs, ImmutableDictionary<string, string>.Empty);

    /// <summary>Reads texts against their declarations.</summary>
    /// <param name="specs">The settings that there are; a key at most once.</param>
    /// <param name="given">Texts by key; a key that is missing takes its default.</param>
    /// <exception cref="SettingValuesException">Names every unknown key and every value out of its rule.</exception>
    public static SettingValues Read(IEnumerable<SettingSpec> specs, IReadOnlyDictionary<string, string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        var declared = specs.ToImmutableSortedDictionary(s => s.Key, s => s, StringComparer.Ordinal);
        var errors = given
            .Keys.Where(k => !declared.ContainsKey(k))
            .Order(StringComparer.Ordinal)
            .Select(k => $"{k}: there is no such setting")
            .ToList();
        var values = ImmutableSortedDictionary.CreateBuilder<string, (SettingSpec, string, object)>(StringComparer.Ordinal);
        foreach (var (key, spec) in declared)
        {
            var text = given.GetValueOrDefault(key, spec.Default);
            if (spec.Parse(text) is { } value)
            {
                values.Add(key, (spec, text, value));
            }
            else
            {
                errors.Add($"{key}: '{text}' is not {spec.Rule}");
            }
        }

        return errors.Count == 0 ? new(values.ToImmutable()) : throw new SettingValuesException([.. errors]);
    }

    /// <summary>These values with one changed.</summary>
    /// <exception cref="SettingValuesException">The text breaks the setting's rule.</exception>
    public SettingValues With(string key, string text) => Read(_values.Values.Select(v => v.Spec), Texts.SetItem(key, text));

    /// <summary>A whole number.</summary>
    public int Whole(string key) => checked((int)(long)Value(key));

    /// <summary>A number.</summary>
    public double Number(string key) => (double)Value(key);

    /// <summary>on or off.</summary>
    public bool Flag(string key) => (bool)Value(key);

    /// <summary>One of the setting's words.</summary>
    public string Choice(string key) => (string)Value(key);

    /// <summary>A list of texts.</summary>
    public ImmutableArray<string> List(string key) => (ImmutableArray<string>)Value(key);

    private object Value(string key) =>
        _values.TryGetValue(key, out var value)
            ? value.Value
            : throw new KeyNotFoundException(
                $"The setting '{key}' was not declared; there are: {string.Join(", ", _values.Keys)}."
            );
}
