using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Lists of values. Missing gives an empty list.</summary>
public partial class Config
{
    public virtual IList<string> GetStringList(string path) => GetStringList(path, []);

    public virtual IList<string> GetStringList(string path, string[] defaultPaths) => Items(path)?.ToList() ?? [.. defaultPaths];

    public virtual IList<bool> GetBooleanList(string path) => List(path, HoconUnits.Boolean, HoconUnits.BooleanRule);

    public virtual IList<byte> GetByteList(string path) => List(path, Number<byte>, Whole<byte>());

    public virtual IList<int> GetIntList(string path) => List(path, Number<int>, Whole<int>());

    public virtual IList<long> GetLongList(string path) => List(path, Number<long>, Whole<long>());

    public virtual IList<float> GetFloatList(string path) => List(path, Number<float>, NumberRule);

    public virtual IList<double> GetDoubleList(string path) => List(path, Number<double>, NumberRule);

    public virtual IList<decimal> GetDecimalList(string path) => List(path, Number<decimal>, NumberRule);

    private List<T> List<T>(string path, Func<string, T?> parse, string rule)
        where T : struct => Items(path)?.Select((text, i) => Parsed($"{path}[{i}]", text, parse, rule)).ToList() ?? [];

    private IEnumerable<string>? Items(string path)
    {
        if (GetValue(path) is not { } value)
            return null;
        var items =
            value.AsList() ?? throw new ConfigurationException($"'{path}' is {value.Kind}, where a list is expected: {value}");
        return items.Select((item, i) => TextOf($"{path}[{i}]", item));
    }
}
