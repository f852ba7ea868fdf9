namespace Akka.Configuration.Hocon;

/// <summary>One value of a configuration, with all substitutions resolved: text, a list, an object, or null. Immutable.</summary>
public class HoconValue
{
    internal static readonly HoconValue Null = new();

    private readonly string? _text;

    public HoconValue() { }

    internal HoconValue(string text) => _text = text;

    internal HoconValue(List<HoconValue> items) => Items = items;

    internal HoconValue(Dictionary<string, HoconValue> fields) => Fields = fields;

    internal List<HoconValue>? Items { get; }

    internal Dictionary<string, HoconValue>? Fields { get; }

    internal string Kind =>
        Fields is not null ? "an object"
        : Items is not null ? "a list"
        : _text is not null ? "text"
        : "null";

    /// <summary>True for null and for an object or list without content.</summary>
    public bool IsEmpty => _text is null && Items is not { Count: > 0 } && Fields is not { Count: > 0 };

    public bool IsString() => _text is not null;

    /// <summary>The text as written, quotes and escapes removed; null for what is not text.</summary>
    public string? GetString() => _text;

    /// <summary>True for a list. An object whose keys are all numbers is none, but can be read as one.</summary>
    public bool IsArray() => Items is not null;

    /// <exception cref="ConfigurationException">The value is not a list.</exception>
    public IList<HoconValue> GetArray() => AsList() ?? throw new ConfigurationException($"Expected a list, found {Kind}: {this}");

    public bool IsObject() => Fields is not null;

    /// <exception cref="ConfigurationException">The value is not an object.</exception>
    public HoconObject GetObject() =>
        Fields is { } fields
            ? new HoconObject(fields)
            : throw new ConfigurationException($"Expected an object, found {Kind}: {this}");

    /// <summary>The value as HOCON text that parses to an equal value.</summary>
    public override string ToString() => HoconWriter.Write(this);

    internal HoconValue? Child(ReadOnlySpan<string> path)
    {
        var value = this;
        foreach (var element in path)
            if (value.Fields is null || !value.Fields.TryGetValue(element, out value))
                return null;
        return value;
    }

    /// <summary>A list, or an object whose keys are all numbers as the list in their order; null for anything else.</summary>
    internal List<HoconValue>? AsList()
    {
        if (Items is not null)
            return Items;
        if (Fields is not { Count: > 0 } || !Fields.Keys.All(k => uint.TryParse(k, out _)))
            return null;
        return Fields.OrderBy(f => uint.Parse(f.Key)).Select(f => f.Value).ToList();
    }
}

/// <summary>The fields of an object, in the order in which they were first written.</summary>
public class HoconObject
{
    internal HoconObject(Dictionary<string, HoconValue> items) => Items = items;

    public Dictionary<string, HoconValue> Items { get; }
}
