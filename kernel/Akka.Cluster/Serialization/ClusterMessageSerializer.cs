using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Serialization;
using Google.Protobuf;

namespace Akka.Cluster.Serialization;

/// <summary>The messages between nodes. Manifests are short names of our own; an unknown one is refused.</summary>
internal sealed class ClusterMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override string Manifest(object o) =>
        o switch
        {
            Heartbeat => "HB",
            HeartbeatRsp => "HR",
            GossipStatus => "GS",
            GossipEnvelope => "GE",
            InitJoin => "IJ",
            InitJoinAck => "IA",
            InitJoinNack => "IN",
            Join => "J",
            Welcome => "W",
            ExitingConfirmed => "EC",
            _ => throw new ArgumentException($"Cannot serialize object of type [{o.GetType()}]"),
        };

    public override byte[] ToBinary(object obj) => Write(obj).ToByteArray();

    private static IMessage Write(object message) =>
        message switch
        {
            Heartbeat m => new Proto.Beat { From = GossipCodec.Write(m.From), Sequence = m.Sequence },
            HeartbeatRsp m => new Proto.Beat { From = GossipCodec.Write(m.From), Sequence = m.Sequence },
            GossipStatus m => Write(m),
            GossipEnvelope m => new Proto.GossipEnvelope
            {
                From = GossipCodec.Write(m.From),
                To = GossipCodec.Write(m.To),
                Gossip = GossipCodec.Write(m.Gossip),
            },
            InitJoin m => From(m.From),
            InitJoinAck m => From(m.From),
            InitJoinNack m => From(m.From),
            ExitingConfirmed m => From(m.From),
            Join m => Write(m),
            Welcome m => new Proto.Welcome { From = GossipCodec.Write(m.From), Gossip = GossipCodec.Write(m.Gossip) },
            _ => throw new ArgumentException($"Cannot serialize object of type [{message.GetType()}]"),
        };

    private static Proto.From From(UniqueAddress node) => new() { From_ = GossipCodec.Write(node) };

    private static Proto.Join Write(Join join)
    {
        var proto = new Proto.Join { From = GossipCodec.Write(join.From) };
        proto.Roles.AddRange(join.Roles);
        return proto;
    }

    private static Proto.GossipStatus Write(GossipStatus status)
    {
        var places = new GossipCodec.Places();
        var proto = new Proto.GossipStatus { From = GossipCodec.Write(status.From), SeenDigest = status.SeenDigest };
        proto.Version.AddRange(GossipCodec.Write(status.Version, places));
        proto.Nodes.AddRange(places.Nodes.Select(GossipCodec.Write));
        return proto;
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        switch (manifest)
        {
            case "HB":
                var beat = Proto.Beat.Parser.ParseFrom(bytes);
                return new Heartbeat(GossipCodec.Read(beat.From), beat.Sequence);
            case "HR":
                var response = Proto.Beat.Parser.ParseFrom(bytes);
                return new HeartbeatRsp(GossipCodec.Read(response.From), response.Sequence);
            case "GS":
                var status = Proto.GossipStatus.Parser.ParseFrom(bytes);
                var version = GossipCodec.ReadVersion(status.Version, [.. status.Nodes.Select(GossipCodec.Read)]);
                return new GossipStatus(GossipCodec.Read(status.From), version, status.SeenDigest);
            case "GE":
                var envelope = Proto.GossipEnvelope.Parser.ParseFrom(bytes);
                return new GossipEnvelope(
                    GossipCodec.Read(envelope.From),
                    GossipCodec.Read(envelope.To),
                    GossipCodec.Read(envelope.Gossip)
                );
            case "IJ":
                return new InitJoin(From(bytes));
            case "IA":
                return new InitJoinAck(From(bytes));
            case "IN":
                return new InitJoinNack(From(bytes));
            case "EC":
                return new ExitingConfirmed(From(bytes));
            case "J":
                var join = Proto.Join.Parser.ParseFrom(bytes);
                return new Join(GossipCodec.Read(join.From), [.. join.Roles]);
            case "W":
                var welcome = Proto.Welcome.Parser.ParseFrom(bytes);
                return new Welcome(GossipCodec.Read(welcome.From), GossipCodec.Read(welcome.Gossip));
            default:
                throw new SerializationException($"Unimplemented deserialization of message with manifest [{manifest}]");
        }
    }

    private static UniqueAddress From(byte[] bytes) => GossipCodec.Read(Proto.From.Parser.ParseFrom(bytes).From_);
}
