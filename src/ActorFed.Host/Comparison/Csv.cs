using System.Globalization;

namespace ActorFed.Host.Comparison;

/// <summary>Tables as RFC 4180 has them, with line feeds.</summary>
internal static class Csv
{
    /// <summary>A head and its rows.</summary>
    public static string Text(string head, IEnumerable<IEnumerable<object?>> rows) =>
        $"{head}\n{string.Concat(rows.Select(r => $"{string.Join(',', r.Select(Field))}\n"))}";

    /// <summary>One field, in quotes where it needs them; numbers in their shortest round-trip form.</summary>
    public static string Field(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
