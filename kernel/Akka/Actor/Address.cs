using System.Globalization;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Where an actor system is: protocol, system name, and host and port if it can be reached from elsewhere.</summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>, IComparable, ISurrogated, ICloneable
{
    public static readonly Address AllSystems = new("akka", "all-systems");

    private readonly string _text;

    public Address(string protocol, string system, string? host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host!;
        Port = port;
        _text = host is null ? $"{protocol}://{system}" : $"{protocol}://{system}@{host}{(port is { } p ? $":{p}" : "")}";
    }

    public static readonly IComparer<Address> Comparer = Comparer<Address>.Create(
        (x, y) => string.CompareOrdinal(x?._text, y?._text)
    );

    public string Host { get; }

    public int? Port { get; }

    public string System { get; }

    public string Protocol { get; }

    public bool HasLocalScope => string.IsNullOrEmpty(Host);

    public bool HasGlobalScope => !HasLocalScope;

    public int CompareTo(Address? other) => Comparer.Compare(this, other);

    int IComparable.CompareTo(object? obj) =>
        obj is null or Address ? CompareTo((Address?)obj) : throw new ArgumentException("Not an Address.", nameof(obj));

    public bool Equals(Address? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is Address other && Equals(other);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _text;

    /// <summary>The text after the protocol: system@host:port.</summary>
    public string HostPort() => _text[(Protocol.Length + 3)..];

    public object Clone() => new Address(Protocol, System, Host, Port);

    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);

    public Address WithSystem(string system) => new(Protocol, system, Host, Port);

    public Address WithHost(string? host = null) => new(Protocol, System, host, Port);

    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);

    public static bool operator ==(Address? left, Address? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Address? left, Address? right) => !(left == right);

    /// <summary>Reads an address such as akka://sys or akka.tcp://sys@host:2552.</summary>
    public static Address Parse(string address) =>
        TryParse(address, out var result)
            ? result
            : throw new UriFormatException($"'{address}' is no address of an actor system.");

    public static bool TryParse(string path, out Address address) => TryParse(path.AsSpan(), out address, out _);

    public static bool TryParse(ReadOnlySpan<char> span, out Address address) => TryParse(span, out address, out _);

    public static bool TryParse(string path, out Address address, out string absolutUri)
    {
        var parsed = TryParse(path.AsSpan(), out address, out var rest);
        absolutUri = rest.ToString();
        return parsed;
    }

    /// <summary>Reads the address in front of a path; <paramref name="absolutUri"/> is what follows, "/" if nothing does.</summary>
    public static bool TryParse(ReadOnlySpan<char> span, out Address address, out ReadOnlySpan<char> absolutUri)
    {
        address = null!;
        absolutUri = default;
        var colon = span.IndexOf("://");
        if (colon < 1 || !IsProtocol(span[..colon]))
            return false;
        var protocol = span[..colon].ToString();
        var rest = span[(colon + 3)..];
        var slash = rest.IndexOf('/');
        absolutUri = slash < 0 ? "/" : rest[slash..];
        var authority = slash < 0 ? rest : rest[..slash];
        return TryParseAuthority(protocol, authority, out address);
    }

    private static bool TryParseAuthority(string protocol, ReadOnlySpan<char> authority, out Address address)
    {
        address = null!;
        var at = authority.IndexOf('@');
        if (at < 0)
        {
            if (authority.IsEmpty || authority.Contains(':'))
                return false;
            address = new Address(protocol, authority.ToString());
            return true;
        }
        var system = authority[..at];
        var hostPort = authority[(at + 1)..];
        var close = hostPort.IndexOf(']'); // an IPv6 host stands in brackets and has colons of its own
        var portAt = hostPort[(close + 1)..].IndexOf(':');
        if (system.IsEmpty || hostPort.IsEmpty)
            return false;
        if (portAt < 0)
        {
            address = new Address(protocol, system.ToString(), hostPort.ToString());
            return true;
        }
        portAt += close + 1;
        if (!int.TryParse(hostPort[(portAt + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || portAt == 0)
            return false;
        address = new Address(protocol, system.ToString(), hostPort[..portAt].ToString(), port);
        return true;
    }

    private static bool IsProtocol(ReadOnlySpan<char> protocol)
    {
        foreach (var c in protocol)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '+' or '-'))
                return false;
        }
        return true;
    }

    public ISurrogate ToSurrogate(ActorSystem system) => new AddressSurrogate(Protocol, System, Host, Port);

    internal sealed record AddressSurrogate(string Protocol, string System, string? Host, int? Port) : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) => new Address(Protocol, System, Host, Port);
    }
}
