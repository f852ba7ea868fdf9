using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Single values. Missing gives the default; what cannot be read names the path, the value and the rule.</summary>
public partial class Config
{
    [return: NotNullIfNotNull(nameof(@default))]
    public virtual string? GetString(string path, string? @default = null) => Text(path) ?? @default;

    /// <summary>true, on, yes, or false, off, no.</summary>
    public virtual bool GetBoolean(string path, bool @default = false) =>
        Read(path, @default, HoconUnits.Boolean, HoconUnits.BooleanRule);

    public virtual int GetInt(string path, int @default = 0) => Read(path, @default, Number<int>, Whole<int>());

    public virtual long GetLong(string path, long @default = 0) => Read(path, @default, Number<long>, Whole<long>());

    public virtual float GetFloat(string path, float @default = 0) => Read(path, @default, Number<float>, NumberRule);

    public virtual double GetDouble(string path, double @default = 0) => Read(path, @default, Number<double>, NumberRule);

    public virtual decimal GetDecimal(string path, decimal @default = 0) => Read(path, @default, Number<decimal>, NumberRule);

    /// <summary>Bytes: 128000b, 64 KiB, 1.5 MB. Null when missing.</summary>
    public virtual long? GetByteSize(string path) => GetByteSize(path, null);

    public virtual long? GetByteSize(string path, long? def = null) =>
        Text(path) is { } text ? Parsed(path, text, HoconUnits.Size, HoconUnits.SizeRule) : def;

    /// <summary>A duration: 5s, 1.5 minutes, 200 (milliseconds), infinite (<see cref="Timeout.InfiniteTimeSpan"/>). Zero when missing.</summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Read(
            path,
            @default ?? TimeSpan.Zero,
            text => HoconUnits.Duration(text, allowInfinite),
            allowInfinite ? HoconUnits.InfiniteDurationRule : HoconUnits.DurationRule
        );

    private const string NumberRule = "must be a number";

    private static string Whole<T>()
        where T : IMinMaxValue<T> => $"must be a whole number from {T.MinValue} to {T.MaxValue}";

    private static T? Number<T>(string text)
        where T : struct, INumberBase<T> =>
        T.TryParse(
            text,
            T.IsZero(T.One / (T.One + T.One)) ? NumberStyles.Integer : NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var n
        )
            ? n
            : null;

    private T Read<T>(string path, T @default, Func<string, T?> parse, string rule)
        where T : struct => Text(path) is { } text ? Parsed(path, text, parse, rule) : @default;

    private string? Text(string path) => GetValue(path) is { } value ? TextOf(path, value) : null;

    private static string TextOf(string path, HoconValue value) =>
        value.GetString()
        ?? throw new ConfigurationException($"'{path}' is {value.Kind}, where a single value is expected: {value}");

    private static T Parsed<T>(string path, string text, Func<string, T?> parse, string rule)
        where T : struct => parse(text) ?? throw new ConfigurationException($"'{path}' is '{text}', but {rule}.");
}
