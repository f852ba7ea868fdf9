namespace Akka.Configuration.Hocon;

/// <summary>A whole parsed text: its root value and the substitutions it was written with.</summary>
public class HoconRoot
{
    public HoconRoot(HoconValue value, IEnumerable<HoconSubstitution> substitutions)
    {
        ArgumentNullException.ThrowIfNull(value);
        (Value, Substitutions) = (value, substitutions);
    }

    public HoconRoot(HoconValue value)
        : this(value, []) { }

    public HoconValue Value { get; }

    public IEnumerable<HoconSubstitution> Substitutions { get; }
}

/// <summary>One <c>${path}</c> of a text.</summary>
public class HoconSubstitution
{
    public HoconSubstitution(string path) => Path = path;

    /// <summary>The path as written, without the question mark of an optional one.</summary>
    public string Path { get; set; }
}
