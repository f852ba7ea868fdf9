using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Scalars of configuration texts. Each reader returns null for what breaks its rule; the rule is a text beside it.</summary>
internal static class HoconUnits
{
    public const string BooleanRule = "must be true or false, on or off, yes or no";
    public const string DurationRule =
        "must be a duration of at least 0: a number with ns, us, ms, s, m, h or d (alone: milliseconds)";
    public const string InfiniteDurationRule = DurationRule + ", or infinite";
    public const string SizeRule =
        "must be a size of at least 0: a number with B, kB, MB, GB (powers of 1000), K, KiB, M, MiB, G, GiB (powers of 1024) ...";

    public static bool? Boolean(string text) =>
        text switch
        {
            "on" or "true" or "yes" => true,
            "off" or "false" or "no" => false,
            _ => null,
        };

    public static TimeSpan? Duration(string text, bool allowInfinite)
    {
        text = text.Trim();
        if (allowInfinite && text is "infinite")
            return Timeout.InfiniteTimeSpan;
        var (number, unit) = Split(text);
        return number is { } n && Ticks(unit) is { } ticks && n <= long.MaxValue / ticks
            ? TimeSpan.FromTicks((long)(n * ticks))
            : null;
    }

    public static long? Size(string text)
    {
        var (number, unit) = Split(text.Trim());
        return number is { } n && Bytes(unit) is { } bytes && n <= long.MaxValue / bytes ? (long)(n * bytes) : null;
    }

    private static (decimal? Number, string Unit) Split(string text)
    {
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
            end++;
        var number = decimal.TryParse(
            text.AsSpan(0, end),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var n
        );
        return (number ? n : null, text[end..].TrimStart());
    }

    private static decimal? Ticks(string unit) =>
        unit switch
        {
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.01m,
            "us" or "micro" or "micros" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
            "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
            "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
            "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
            "d" or "day" or "days" => TimeSpan.TicksPerDay,
            _ => null,
        };

    private static decimal? Bytes(string unit) =>
        unit switch
        {
            "" or "b" or "B" or "byte" or "bytes" => 1,
            "kB" or "kilobyte" or "kilobytes" => 1000m,
            "k" or "K" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1024m,
            "MB" or "megabyte" or "megabytes" => 1000m * 1000,
            "m" or "M" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1024m * 1024,
            "GB" or "gigabyte" or "gigabytes" => 1000m * 1000 * 1000,
            "g" or "G" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1024m * 1024 * 1024,
            "TB" or "terabyte" or "terabytes" => 1000m * 1000 * 1000 * 1000,
            "t" or "T" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1024m * 1024 * 1024 * 1024,
            _ => null,
        };
}
