using System.Globalization;
using System.Text;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The name of an actor: an address, the elements from the root to it, and the uid of one incarnation (0: any).</summary>
/// <remarks>Two paths are equal if address and elements are; the uid tells incarnations apart in references only.</remarks>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>, ISurrogated
{
    /// <summary>What a path element may hold beside ASCII letters, digits and %-escapes.</summary>
    public static readonly string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private readonly ActorPath? _parent;
    private Serialized? _serialized; // an actor's own path goes out with each message that it sends

    protected ActorPath(Address address, string name)
    {
        Address = address;
        Name = name;
    }

    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        _parent = parentPath;
        Address = parentPath.Address;
        Name = name;
        Uid = uid;
        Depth = parentPath.Depth + 1;
    }

    public Address Address { get; }

    public string Name { get; }

    public long Uid { get; }

    /// <summary>How many elements stand below the root.</summary>
    public int Depth { get; }

    public ActorPath Parent => _parent!;

    public ActorPath Root => ParentOf(0);

    /// <summary>The names from the root downwards, the root itself left out.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new string[Depth];
            for (var path = this; path.Depth > 0; path = path._parent!)
                elements[path.Depth - 1] = path.Name;
            return elements;
        }
    }

    /// <summary>The ancestor at a depth; a negative depth counts upwards from here.</summary>
    public ActorPath ParentOf(int depth)
    {
        var wanted = depth >= 0 ? depth : Depth + depth;
        var path = this;
        while (path.Depth > wanted && path._parent is { } parent)
            path = parent;
        return path;
    }

    public ActorPath Child(string childName) => this / childName;

    public ActorPath WithUid(long uid) =>
        uid == Uid ? this
        : _parent is null
            ? uid == 0 ? this
                : throw new NotSupportedException("A root path has no uid.")
        : new ChildActorPath(_parent, Name, uid);

    public static ActorPath operator /(ActorPath path, string name)
    {
        var hash = name.LastIndexOf('#');
        return hash >= 0 && long.TryParse(name.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var uid)
            ? new ChildActorPath(path, name[..hash], uid)
            : new ChildActorPath(path, name, 0);
    }

    public static ActorPath operator /(ActorPath path, IEnumerable<string> name) =>
        name.Where(n => !string.IsNullOrEmpty(n)).Aggregate(path, (p, n) => p / n);

    public static bool operator ==(ActorPath? left, ActorPath? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);

    public bool Equals(ActorPath? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || Depth != other.Depth || !Address.Equals(other.Address))
            return false;
        ActorPath a = this,
            b = other;
        for (; a._parent is not null && b._parent is not null; a = a._parent, b = b._parent)
        {
            if (ReferenceEquals(a, b))
                return true;
            if (!string.Equals(a.Name, b.Name, StringComparison.Ordinal))
                return false;
        }
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Address);
        for (var path = this; path._parent is not null; path = path._parent)
            hash.Add(path.Name, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    public int CompareTo(ActorPath? other)
    {
        if (other is null)
            return 1;
        var byAddress = Address.CompareTo(other.Address);
        if (byAddress != 0)
            return byAddress;
        var (mine, theirs) = (Elements, other.Elements);
        for (var i = 0; i < Math.Min(mine.Count, theirs.Count); i++)
        {
            var byName = string.CompareOrdinal(mine[i], theirs[i]);
            if (byName != 0)
                return byName;
        }
        return mine.Count.CompareTo(theirs.Count);
    }

    /// <summary>Whether a string may name an actor: not empty, not starting with $, allowed characters only.</summary>
    public static bool IsValidPathElement(string s)
    {
        if (string.IsNullOrEmpty(s) || s[0] == '$')
            return false;
        for (var i = 0; i < s.Length; i++)
        {
            var escape = s[i] == '%' && i + 2 < s.Length && char.IsAsciiHexDigit(s[i + 1]) && char.IsAsciiHexDigit(s[i + 2]);
            if (escape)
                i += 2;
            else if (!char.IsAsciiLetterOrDigit(s[i]) && !ValidSymbols.Contains(s[i]))
                return false;
        }
        return true;
    }

    public static string FormatPathElements(IEnumerable<string> pathElements) => string.Join('/', pathElements);

    public static ActorPath Parse(string path) =>
        TryParse(path, out var result) ? result : throw new UriFormatException($"Can not parse an ActorPath: {path}");

    public static bool TryParse(string path, out ActorPath actorPath)
    {
        actorPath = null!;
        return path is not null
            && Address.TryParse(path.AsSpan(), out var address, out var rest)
            && TryParse(new RootActorPath(address), rest, out actorPath);
    }

    public static bool TryParse(ActorPath? basePath, string absoluteUri, out ActorPath actorPath) =>
        TryParse(basePath, absoluteUri.AsSpan(), out actorPath);

    public static bool TryParse(ActorPath? basePath, ReadOnlySpan<char> absoluteUri, out ActorPath actorPath)
    {
        actorPath = null!;
        if (basePath is null)
        {
            if (!Address.TryParse(absoluteUri, out var address, out absoluteUri))
                return false;
            basePath = new RootActorPath(address);
        }
        long uid = 0;
        var hash = absoluteUri.LastIndexOf('#');
        if (hash >= 0)
        {
            if (!long.TryParse(absoluteUri[(hash + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out uid))
                return false;
            absoluteUri = absoluteUri[..hash];
        }
        var result = basePath;
        foreach (var range in absoluteUri.Split('/'))
        {
            if (absoluteUri[range].Length > 0)
                result = new ChildActorPath(result, absoluteUri[range].ToString(), 0);
        }
        actorPath = result.Depth == 0 ? result : result.WithUid(uid);
        return true;
    }

    public static bool TryParseAddress(string path, out Address address) => Address.TryParse(path.AsSpan(), out address, out _);

    public static bool TryParseAddress(string path, out Address address, out ReadOnlySpan<char> absoluteUri) =>
        Address.TryParse(path.AsSpan(), out address, out absoluteUri);

    public static bool TryParseParts(ReadOnlySpan<char> path, out ReadOnlySpan<char> address, out ReadOnlySpan<char> absoluteUri)
    {
        var colon = path.IndexOf("://");
        var slash = colon < 0 ? -1 : path[(colon + 3)..].IndexOf('/');
        address = slash < 0 ? path : path[..(colon + 3 + slash)];
        absoluteUri = slash < 0 ? "/" : path[(colon + 3 + slash)..];
        return colon > 0;
    }

    public override string ToString() => ToStringWithAddress();

    public string ToStringWithAddress() => ToStringWithAddress(Address);

    /// <summary>The path under another address; a path that has a host already keeps its own.</summary>
    public string ToStringWithAddress(Address address) => (Address.HasGlobalScope ? Address : address) + ToStringWithoutAddress();

    public string ToStringWithoutAddress()
    {
        if (Depth == 0)
            return "/" + Name.Trim('/');
        var text = new StringBuilder();
        foreach (var element in Elements)
            text.Append('/').Append(element);
        return text.ToString();
    }

    public string ToStringWithUid() => ToStringWithAddress() + UidSuffix;

    public string ToSerializationFormat() => ToStringWithUid();

    public string ToSerializationFormatWithAddress(Address address)
    {
        var known = _serialized;
        if (known is null || !known.Address.Equals(address))
            _serialized = known = new Serialized(address, ToStringWithAddress(address) + UidSuffix);
        return known.Text;
    }

    private string UidSuffix => Uid == 0 ? "" : $"#{Uid}";

    public virtual ISurrogate ToSurrogate(ActorSystem system) => new ActorPathSurrogate(ToSerializationFormat());

    private sealed record Serialized(Address Address, string Text);

    internal sealed record ActorPathSurrogate(string Path) : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) => Parse(Path);
    }
}

/// <summary>The top of the tree of one actor system.</summary>
public sealed class RootActorPath : ActorPath
{
    public RootActorPath(Address address, string name = "")
        : base(address, name) { }
}

/// <summary>Any path below the root.</summary>
public sealed class ChildActorPath : ActorPath
{
    public ChildActorPath(ActorPath parentPath, string name, long uid)
        : base(parentPath, name, uid) { }
}
