using Akka.Actor;

namespace Akka.Cluster;

/// <summary>One incarnation of an actor system: its address, and a number that another one at the same address does not have.</summary>
public class UniqueAddress : IComparable<UniqueAddress>, IEquatable<UniqueAddress>, IComparable
{
    private readonly int _hash;

    public UniqueAddress(Address address, int uid)
    {
        ArgumentNullException.ThrowIfNull(address);
        (Address, Uid) = (address, uid);
        StableHash = Fnv(address.ToString(), uid);
        _hash = HashCode.Combine(StableHash);
    }

    public Address Address { get; }

    public int Uid { get; }

    /// <summary>The same in every process, as places on the ring and digests on the wire must be.</summary>
    internal ulong StableHash { get; }

    private static ulong Fnv(string text, int uid)
    {
        const ulong Prime = 1099511628211;
        var hash = 14695981039346656037UL;
        foreach (var c in text)
            hash = (hash ^ c) * Prime;
        hash = (hash ^ (uint)uid) * Prime;
        hash ^= hash >> 33; // the last bytes must reach all bits: neighbours differ in a port only
        hash *= 0xff51afd7ed558ccdUL;
        return hash ^ (hash >> 33);
    }

    public int CompareTo(UniqueAddress? other)
    {
        if (other is null)
            return 1;
        if (ReferenceEquals(this, other))
            return 0;
        var byAddress = Member.AddressOrdering.Compare(Address, other.Address);
        return byAddress != 0 ? byAddress : Uid.CompareTo(other.Uid);
    }

    int IComparable.CompareTo(object? obj) =>
        obj is null or UniqueAddress
            ? CompareTo((UniqueAddress?)obj)
            : throw new ArgumentException("Not a UniqueAddress.", nameof(obj));

    public bool Equals(UniqueAddress? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Uid == other.Uid && StableHash == other.StableHash && Address.Equals(other.Address));

    public override bool Equals(object? obj) => obj is UniqueAddress other && Equals(other);

    public override int GetHashCode() => _hash;

    public override string ToString() => $"UniqueAddress: ({Address}, {Uid})";

    public static bool operator ==(UniqueAddress? left, UniqueAddress? right) =>
        left is null ? right is null : left.Equals(right);

    public static bool operator !=(UniqueAddress? left, UniqueAddress? right) => !(left == right);
}
