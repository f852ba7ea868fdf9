using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>
/// What the nodes tell each other: members, who has seen this version, who cannot be reached, and who is gone for good. Immutable. Two
/// gossips join to the same one in whatever order: members only go on, rows of reachability have versions, and the gone stay gone.
/// </summary>
internal sealed class Gossip
{
    public static readonly Gossip Empty = new(
        [],
        [],
        Reachability.AllReachable,
        VectorClock.Empty,
        ImmutableDictionary<UniqueAddress, long>.Empty
    );

    private ulong? _seenDigest;

    /// <param name="tombstones">Members that were removed, with the time of it as milliseconds of their remover's clock.</param>
    public Gossip(
        ImmutableArray<Member> members,
        ImmutableHashSet<UniqueAddress> seen,
        Reachability reachability,
        VectorClock version,
        ImmutableDictionary<UniqueAddress, long> tombstones
    ) => (Members, Seen, Reachability, Version, Tombstones) = (members, seen, reachability, version, tombstones);

    /// <summary>Sorted by address.</summary>
    public ImmutableArray<Member> Members { get; }

    public ImmutableHashSet<UniqueAddress> Seen { get; }

    public Reachability Reachability { get; }

    public VectorClock Version { get; }

    public ImmutableDictionary<UniqueAddress, long> Tombstones { get; }

    /// <summary>A number for the set of those that have seen it, the same everywhere.</summary>
    public ulong SeenDigest => _seenDigest ??= Seen.Aggregate(0UL, (sum, node) => sum + node.StableHash);

    private Gossip With(
        ImmutableArray<Member>? members = null,
        ImmutableHashSet<UniqueAddress>? seen = null,
        Reachability? reachability = null,
        VectorClock? version = null,
        ImmutableDictionary<UniqueAddress, long>? tombstones = null
    ) => new(members ?? Members, seen ?? Seen, reachability ?? Reachability, version ?? Version, tombstones ?? Tombstones);

    public Member? Find(UniqueAddress node)
    {
        foreach (var member in Members)
        {
            if (member.UniqueAddress.Equals(node))
                return member;
        }
        return null;
    }

    public Member? Find(Actor.Address address)
    {
        foreach (var member in Members)
        {
            if (member.Address.Equals(address))
                return member;
        }
        return null;
    }

    public bool Has(UniqueAddress node) => Find(node) is not null;

    /// <summary>With a member that is new, or has gone on.</summary>
    public Gossip Put(Member member)
    {
        for (var i = 0; i < Members.Length; i++)
        {
            var order = Members[i].CompareTo(member);
            if (order == 0)
                return With(members: Members.SetItem(i, member));
            if (order > 0)
                return With(members: Members.Insert(i, member));
        }
        return With(members: Members.Add(member));
    }

    /// <summary>Without members that are gone; their tombstones keep old gossip from bringing them back.</summary>
    public Gossip Remove(IReadOnlyCollection<UniqueAddress> gone, long now)
    {
        var tombstones = Tombstones.SetItems(gone.Select(node => KeyValuePair.Create(node, now)));
        return Bury(this, tombstones);
    }

    private static Gossip Bury(Gossip gossip, ImmutableDictionary<UniqueAddress, long> tombstones)
    {
        var members = gossip.Members.RemoveAll(m => tombstones.ContainsKey(m.UniqueAddress));
        return new Gossip(
            members,
            gossip.Seen.Except(tombstones.Keys),
            gossip.Reachability.OnlyOf(n => members.Any(m => m.UniqueAddress.Equals(n))),
            gossip.Version.Without(tombstones),
            tombstones
        );
    }

    /// <summary>Without tombstones from before a time.</summary>
    public Gossip Prune(long before) =>
        Tombstones.Values.Any(time => time < before)
            ? With(tombstones: Tombstones.RemoveRange(Tombstones.Where(t => t.Value < before).Select(t => t.Key)))
            : this;

    public Gossip Observe(UniqueAddress observer, ImmutableHashSet<UniqueAddress> unreachable) =>
        Reachability.With(observer, unreachable) is var next && ReferenceEquals(next, Reachability)
            ? this
            : With(reachability: next);

    /// <summary>A new version by a node, which nobody else has seen.</summary>
    public Gossip ChangedBy(UniqueAddress node) => With(version: Version.Increment(node), seen: [node]);

    public Gossip SeenBy(UniqueAddress node) => Seen.Contains(node) ? this : With(seen: Seen.Add(node));

    public Gossip SeenBy(IEnumerable<UniqueAddress> nodes) =>
        Seen.Union(nodes) is var seen && ReferenceEquals(seen, Seen) ? this : With(seen: seen);

    /// <summary>How this version stands to another one; nodes that one of them knows to be gone do not count.</summary>
    public Ordering CompareTo(Gossip other) =>
        ReferenceEquals(Tombstones, other.Tombstones) || (Tombstones.IsEmpty && other.Tombstones.IsEmpty)
            ? Version.CompareTo(other.Version)
            : Version.Without(other.Tombstones).CompareTo(other.Version.Without(Tombstones));

    /// <summary>Without those that another gossip knows to be gone.</summary>
    public Gossip WithTombstonesOf(Gossip other) =>
        other.Tombstones.Keys.All(Tombstones.ContainsKey) ? this : Bury(this, Union(Tombstones, other.Tombstones));

    /// <summary>All that both know, as a version that nobody has seen yet.</summary>
    public Gossip Merge(Gossip other)
    {
        var tombstones = Union(Tombstones, other.Tombstones);
        var (a, b) = (Bury(this, tombstones), Bury(other, tombstones));
        var members = Join(a.Members, b.Members);
        return new Gossip(
            members,
            [],
            a.Reachability.Merge(b.Reachability).OnlyOf(n => members.Any(m => m.UniqueAddress.Equals(n))),
            a.Version.Merge(b.Version),
            tombstones
        );
    }

    private static ImmutableDictionary<UniqueAddress, long> Union(
        ImmutableDictionary<UniqueAddress, long> a,
        ImmutableDictionary<UniqueAddress, long> b
    )
    {
        foreach (var (node, time) in b)
        {
            if (!a.TryGetValue(node, out var mine) || mine < time)
                a = a.SetItem(node, time);
        }
        return a;
    }

    private static ImmutableArray<Member> Join(ImmutableArray<Member> a, ImmutableArray<Member> b)
    {
        var joined = ImmutableArray.CreateBuilder<Member>(Math.Max(a.Length, b.Length));
        int i = 0,
            j = 0;
        while (i < a.Length || j < b.Length)
        {
            var order =
                i >= a.Length ? 1
                : j >= b.Length ? -1
                : a[i].CompareTo(b[j]);
            joined.Add(
                order == 0 ? Member.PickNextTransition(a[i++], b[j++])
                : order < 0 ? a[i++]
                : b[j++]
            );
        }
        return joined.ToImmutable();
    }

    public override string ToString() =>
        $"Gossip(members = [{string.Join(", ", Members)}], seen = {Seen.Count}, version = {Version})";
}
