using System.Globalization;
using System.Text.RegularExpressions;

namespace Akka.Hosting;

/// <summary>How configurations join.</summary>
public enum HoconAddMode
{
    /// <summary>The added settings win.</summary>
    Prepend,

    /// <summary>The added settings fill gaps.</summary>
    Append,

    /// <summary>Only the added settings stay.</summary>
    Replace,
}

/// <summary>Values as HOCON writes them. Null is what an option has when it is not set; it cannot be written.</summary>
public static partial class HoconExtensions
{
    [GeneratedRegex("^[A-Za-z0-9_.-]+$")]
    private static partial Regex Bare { get; }

    /// <summary>The text, in quotes where it needs them.</summary>
    public static string ToHocon(this string? text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Bare.IsMatch(text) && text != "null"
            ? text
            : $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t")}\"";
    }

    public static string ToHocon(this bool? value) => Given(value).ToHocon();

    public static string ToHocon(this bool value) => value ? "on" : "off";

    /// <param name="allowInfinite">Whether the infinite time may be written.</param>
    /// <param name="zeroIsInfinite">Whether zero is written as infinite.</param>
    public static string ToHocon(this TimeSpan? value, bool allowInfinite = false, bool zeroIsInfinite = false) =>
        Given(value).ToHocon(allowInfinite, zeroIsInfinite);

    public static string ToHocon(this TimeSpan value, bool allowInfinite = false, bool zeroIsInfinite = false)
    {
        if ((value == Timeout.InfiniteTimeSpan && allowInfinite) || (value == TimeSpan.Zero && zeroIsInfinite))
            return "infinite";
        if (value < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(
                nameof(value),
                value,
                "A duration must not be negative, nor infinite unless allowed."
            );
        return value.TotalMilliseconds.ToString("0.####", CultureInfo.InvariantCulture) + "ms";
    }

    public static string ToHocon(this float? value) => Given(value).ToHocon();

    public static string ToHocon(this float value) => value.ToString(CultureInfo.InvariantCulture);

    public static string ToHocon(this double? value) => Given(value).ToHocon();

    public static string ToHocon(this double value) => value.ToString(CultureInfo.InvariantCulture);

    public static string ToHocon(this int? value) => Given(value).ToHocon();

    public static string ToHocon(this int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string ToHocon(this long? value) => Given(value).ToHocon();

    public static string ToHocon(this long value) => value.ToString(CultureInfo.InvariantCulture);

    private static T Given<T>(T? value)
        where T : struct => value ?? throw new ArgumentNullException(nameof(value), "A value that is not set cannot be written.");
}
