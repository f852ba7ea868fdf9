using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Serialization;
using Akka.Cluster.Tests.Membership;
using Google.Protobuf;
using static Akka.Cluster.Tests.Membership.Nodes;
using ClusterGossip = Akka.Cluster.Membership.Gossip;

namespace Akka.Cluster.Tests;

/// <summary>What goes over the wire comes back as it was; what is no message of ours is refused.</summary>
public sealed class SerializationSpec : ClusterSpec
{
    private ClusterMessageSerializer Serializer => new((ExtendedActorSystem)Sys);

    private static ClusterGossip Rich =>
        Gossip("a+ b? c< d> e! f+")
            .Put(Member('g', MemberStatus.Up, 9, "gpu", "fast"))
            .Observe(Node('a'), [Node('b'), Node('e')])
            .Observe(Node('f'), [])
            .Observe(Node('f'), [Node('a')])
            .Remove([Node('d')], 17)
            .ChangedBy(Node('b'))
            .ChangedBy(Node('g'))
            .SeenBy(Node('a'));

    private static IClusterMessage[] All =>
        [
            new InitJoin(Node('a')),
            new InitJoinAck(Node('b', -7)),
            new InitJoinNack(Node('c', int.MaxValue)),
            new Join(Node('a'), ["gpu", "fast"]),
            new Welcome(Node('a'), Rich),
            new GossipStatus(Node('a'), Rich.Version, ulong.MaxValue - 3),
            new GossipEnvelope(Node('a'), Node('b'), Rich),
            new Heartbeat(Node('a'), long.MaxValue),
            new HeartbeatRsp(Node('a'), 3),
            new ExitingConfirmed(Node('a')),
        ];

    public static TheoryData<int> Places => [.. Enumerable.Range(0, 10)];

    [Theory, MemberData(nameof(Places))]
    public void Every_message_comes_back_as_it_was(int place)
    {
        var message = All[place];
        var found = ((ExtendedActorSystem)Sys).Serialization.FindSerializerFor(message);
        Assert.Equal(5, found.Identifier);
        var back = Serializer.FromBinary(Serializer.ToBinary(message), Serializer.Manifest(message));
        Assert.Equal(Text(message), Text(back));
    }

    [Fact]
    public void Every_kind_of_message_is_among_those()
    {
        var kinds = typeof(Cluster).Assembly.GetTypes().Where(t => typeof(IClusterMessage).IsAssignableFrom(t) && t.IsClass);
        Assert.Equal(
            kinds.Order(Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name))),
            All.Select(m => m.GetType()).OrderBy(t => t.Name, StringComparer.Ordinal)
        );
        Assert.Equal(All.Length, All.Select(Serializer.Manifest).Distinct().Count());
    }

    private static string Text(object message) =>
        message switch
        {
            Welcome m => $"W {m.From} {Text(m.Gossip)}",
            GossipEnvelope m => $"E {m.From} {m.To} {Text(m.Gossip)}",
            Join m => $"J {m.From} {string.Join(' ', m.Roles.Order(StringComparer.Ordinal))}",
            _ => message.ToString()!,
        };

    private static string Text(ClusterGossip gossip) =>
        string.Join(
            '\n',
            gossip
                .Members.Select(m =>
                    $"{m.UniqueAddress} {m.Status} {m.UpNumber} {string.Join(' ', m.Roles.Order(StringComparer.Ordinal))}"
                )
                .Concat(gossip.Seen.Order().Select(s => $"seen {s}"))
                .Concat(
                    gossip
                        .Reachability.Rows.OrderBy(r => r.Key)
                        .Select(r => $"{r.Key} {r.Value.Version}: {string.Join(' ', r.Value.Unreachable.Order())}")
                )
                .Concat(gossip.Tombstones.Select(t => $"gone {t.Key} {t.Value}"))
                .Append(gossip.Version.ToString())
        );

    [Fact]
    public void Bytes_that_are_no_message_are_refused_by_an_exception_and_nothing_else()
    {
        var random = new Random(3);
        var read = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var message = All[random.Next(All.Length)];
            var bytes = Serializer.ToBinary(message);
            for (var flips = random.Next(1, 4); flips > 0 && bytes.Length > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0)
                bytes = bytes[..random.Next(bytes.Length)];
            try
            {
                Serializer.FromBinary(bytes, Serializer.Manifest(message));
                read++;
            }
            catch (Exception e) when (e is InvalidProtocolBufferException or System.Runtime.Serialization.SerializationException)
            {
                // refused
            }
        }
        Assert.InRange(read, 1, 1_900);
    }

    [Theory]
    [InlineData("")]
    [InlineData("System.Diagnostics.Process, System.Diagnostics.Process")]
    [InlineData("ZZ")]
    public void A_manifest_is_a_name_of_ours_and_no_type(string manifest) =>
        Assert.Throws<System.Runtime.Serialization.SerializationException>(() => Serializer.FromBinary([], manifest));

    [Fact]
    public void A_gossip_that_contradicts_itself_is_refused()
    {
        var twice = GossipCodec.Write(Rich);
        twice.Members.Add(twice.Members[0]);
        var outside = GossipCodec.Write(Rich);
        outside.Seen.Add(1000);
        var removed = GossipCodec.Write(Rich);
        removed.Members[0].Status = (Akka.Cluster.Serialization.Proto.Status)5;
        var nowhere = GossipCodec.Write(Rich);
        nowhere.Nodes[0].Address = "nowhere";
        var backwards = GossipCodec.Write(Rich);
        backwards.Version[0].Value = -1;
        foreach (var proto in (Akka.Cluster.Serialization.Proto.Gossip?[])[twice, outside, removed, nowhere, backwards, null])
            Assert.Throws<System.Runtime.Serialization.SerializationException>(() => GossipCodec.Read(proto));
    }
}
