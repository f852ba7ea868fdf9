using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Membership;

namespace Akka.Cluster.Serialization;

/// <summary>A gossip as protobuf and back. What contradicts itself is refused.</summary>
internal static class GossipCodec
{
    public static Proto.Node Write(UniqueAddress node) => new() { Address = node.Address.ToString(), Uid = node.Uid };

    /// <exception cref="SerializationException">There is no node, or its address is none that can be reached.</exception>
    public static UniqueAddress Read(Proto.Node? node)
    {
        if (node is null || !Address.TryParse(node.Address, out var address) || address.Port is null)
            throw new SerializationException($"'{node?.Address}' is no address of a node.");
        return new UniqueAddress(address, node.Uid);
    }

    public static Proto.Gossip Write(Gossip gossip)
    {
        var places = new Places();
        var proto = new Proto.Gossip();
        proto.Members.AddRange(gossip.Members.Select(m => Write(m, places)));
        proto.Seen.AddRange(gossip.Seen.Select(places.Of));
        proto.Reachability.AddRange(gossip.Reachability.Rows.Select(r => Write(r.Key, r.Value, places)));
        proto.Version.AddRange(Write(gossip.Version, places));
        proto.Tombstones.AddRange(gossip.Tombstones.Select(t => new Proto.Count { Node = places.Of(t.Key), Value = t.Value }));
        proto.Nodes.AddRange(places.Nodes.Select(Write));
        proto.Roles.AddRange(places.Roles);
        return proto;
    }

    private static Proto.Member Write(Member member, Places places)
    {
        var proto = new Proto.Member
        {
            Node = places.Of(member.UniqueAddress),
            UpNumber = member.UpNumber,
            Status = (Proto.Status)member.Status,
        };
        proto.Roles.AddRange(member.Roles.Select(places.OfRole));
        return proto;
    }

    private static Proto.Row Write(UniqueAddress observer, Reachability.Row row, Places places)
    {
        var proto = new Proto.Row { Observer = places.Of(observer), Version = row.Version };
        proto.Unreachable.AddRange(row.Unreachable.Select(places.Of));
        return proto;
    }

    public static List<Proto.Count> Write(VectorClock version, Places places)
    {
        var counts = new List<Proto.Count>();
        foreach (var (node, count) in version.Counts)
            counts.Add(new Proto.Count { Node = places.Of(node), Value = count });
        return counts;
    }

    /// <exception cref="SerializationException">It is missing, contradicts itself, or names what is not there.</exception>
    public static Gossip Read(Proto.Gossip? proto)
    {
        if (proto is null)
            throw new SerializationException("A message without its gossip.");
        var nodes = proto.Nodes.Select(Read).ToArray();
        var members = proto.Members.Select(m => Read(m, nodes, proto.Roles)).Order().ToImmutableArray();
        for (var i = 1; i < members.Length; i++)
        {
            if (members[i].Equals(members[i - 1]))
                throw new SerializationException($"{members[i]} is in a gossip twice.");
        }
        return new Gossip(
            members,
            [.. proto.Seen.Select(s => At(nodes, s))],
            Reachability.Of(proto.Reachability.Select(r => Read(r, nodes)).DistinctBy(r => r.Key)),
            ReadVersion(proto.Version, nodes),
            proto.Tombstones.DistinctBy(t => t.Node).ToImmutableDictionary(t => At(nodes, t.Node), t => t.Value)
        );
    }

    private static Member Read(Proto.Member member, UniqueAddress[] nodes, IReadOnlyList<string> roles)
    {
        var status = (MemberStatus)member.Status;
        if (status is not (>= MemberStatus.Joining and <= MemberStatus.Down) || member.UpNumber < 0)
            throw new SerializationException($"A member has status {member.Status} and up number {member.UpNumber}.");
        return new Member(At(nodes, member.Node), member.UpNumber, status, [.. member.Roles.Select(r => At(roles, r))]);
    }

    private static KeyValuePair<UniqueAddress, Reachability.Row> Read(Proto.Row row, UniqueAddress[] nodes) =>
        KeyValuePair.Create(
            At(nodes, row.Observer),
            new Reachability.Row(row.Version, [.. row.Unreachable.Select(n => At(nodes, n))])
        );

    public static VectorClock ReadVersion(IEnumerable<Proto.Count> counts, UniqueAddress[] nodes)
    {
        try
        {
            return VectorClock.Of(counts.Select(c => (At(nodes, c.Node), c.Value)));
        }
        catch (ArgumentException e)
        {
            throw new SerializationException(e.Message, e);
        }
    }

    private static T At<T>(IReadOnlyList<T> list, uint place) =>
        place < list.Count
            ? list[(int)place]
            : throw new SerializationException($"Place {place} of a list of {list.Count} is named.");

    /// <summary>Nodes and roles by the place they get in the lists.</summary>
    internal sealed class Places
    {
        private readonly Dictionary<UniqueAddress, uint> _nodes = [];
        private readonly Dictionary<string, uint> _roles = new(StringComparer.Ordinal);

        public List<UniqueAddress> Nodes { get; } = [];

        public List<string> Roles { get; } = [];

        public uint Of(UniqueAddress node) => Place(_nodes, Nodes, node);

        public uint OfRole(string role) => Place(_roles, Roles, role);

        private static uint Place<T>(Dictionary<T, uint> places, List<T> list, T what)
            where T : notnull
        {
            if (places.TryGetValue(what, out var place))
                return place;
            list.Add(what);
            return places[what] = (uint)list.Count - 1;
        }
    }
}
