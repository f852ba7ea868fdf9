using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Serialization;
using Akka.Serialization;
using Google.Protobuf;
using Proto = Akka.Cluster.Serialization.Proto;

namespace Akka.Cluster.Tools.Singleton.Serialization;

/// <summary>The messages between managers of a singleton: who says it.</summary>
internal sealed class ClusterSingletonMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override string Manifest(object o) =>
        o switch
        {
            HandOverToMe => "A",
            HandOverDone => "C",
            _ => throw new ArgumentException($"Cannot serialize object of type [{o.GetType()}]"),
        };

    public override byte[] ToBinary(object obj) =>
        obj switch
        {
            HandOverToMe m => Write(m.From),
            HandOverDone m => Write(m.From),
            _ => throw new ArgumentException($"Cannot serialize object of type [{obj.GetType()}]"),
        };

    private static byte[] Write(UniqueAddress node) => new Proto.From { From_ = GossipCodec.Write(node) }.ToByteArray();

    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (manifest is not ("A" or "C"))
            throw new SerializationException($"Unimplemented deserialization of message with manifest [{manifest}]");
        var from = GossipCodec.Read(Proto.From.Parser.ParseFrom(bytes).From_);
        return manifest is "A" ? new HandOverToMe(from) : new HandOverDone(from);
    }
}
