using System.Globalization;

namespace ActorFed.Actors.Configuration;

/// <summary>Numbers with units, as HOCON writes them. A unit is never guessed: a bare number is no duration.</summary>
internal static class UnitParser
{
    public const string DurationUnits = "ns, us, ms, s, m, h or d";
    public const string SizeUnits = "B, kB, MB, GB (powers of 1000), KiB, MiB or GiB (powers of 1024)";

    private static readonly Dictionary<string, double> Ticks = new(StringComparer.Ordinal)
    {
        ["ns"] = 0.01,
        ["us"] = TimeSpan.TicksPerMicrosecond,
        ["ms"] = TimeSpan.TicksPerMillisecond,
        ["s"] = TimeSpan.TicksPerSecond,
        ["second"] = TimeSpan.TicksPerSecond,
        ["seconds"] = TimeSpan.TicksPerSecond,
        ["m"] = TimeSpan.TicksPerMinute,
        ["min"] = TimeSpan.TicksPerMinute,
        ["minute"] = TimeSpan.TicksPerMinute,
        ["minutes"] = TimeSpan.TicksPerMinute,
        ["h"] = TimeSpan.TicksPerHour,
        ["hour"] = TimeSpan.TicksPerHour,
        ["hours"] = TimeSpan.TicksPerHour,
        ["d"] = TimeSpan.TicksPerDay,
        ["day"] = TimeSpan.TicksPerDay,
        ["days"] = TimeSpan.TicksPerDay,
    };

    private static readonly Dictionary<string, double> Bytes = new(StringComparer.Ordinal)
    {
        ["B"] = 1,
        ["b"] = 1,
        ["kB"] = 1e3,
        ["MB"] = 1e6,
        ["GB"] = 1e9,
        ["K"] = 1024,
        ["KiB"] = 1024,
        ["M"] = 1024 * 1024,
        ["MiB"] = 1024 * 1024,
        ["G"] = 1024.0 * 1024 * 1024,
        ["GiB"] = 1024.0 * 1024 * 1024,
    };

    public static TimeSpan? Duration(string text) =>
        Scaled(text, Ticks) is { } ticks && ticks <= TimeSpan.MaxValue.Ticks ? TimeSpan.FromTicks((long)ticks) : null;

    public static long? Size(string text) => Scaled(text, Bytes) is { } bytes && bytes < long.MaxValue ? (long)bytes : null;

    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : null;

    /// <summary>A duration in its largest unit that leaves a whole number: 90 s, 24 h.</summary>
    public static string Show(TimeSpan value)
    {
        var unit = ((string, long)[])
            [
                ("d", TimeSpan.TicksPerDay),
                ("h", TimeSpan.TicksPerHour),
                ("m", TimeSpan.TicksPerMinute),
                ("s", TimeSpan.TicksPerSecond),
            ];
        var (name, ticks) = unit.FirstOrDefault(u => value.Ticks % u.Item2 == 0, ("ms", TimeSpan.TicksPerMillisecond));
        return $"{(value.Ticks / (double)ticks).ToString(CultureInfo.InvariantCulture)} {name}";
    }

    private static double? Scaled(string text, Dictionary<string, double> units)
    {
        var digits = text.Length - text.AsSpan().TrimStart("0123456789.").Length;
        var unit = text[digits..].Trim();
        return Number(text[..digits]) is { } number && units.TryGetValue(unit, out var scale) ? number * scale : null;
    }
}
