using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Google.Protobuf;

namespace Akka.Serialization;

/// <summary>Null is no bytes.</summary>
internal sealed class NullSerializer(ExtendedActorSystem system) : Serializer(system)
{
    public override int Identifier => 0;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => [];

    public override object FromBinary(byte[] bytes, Type type) => null!;
}

/// <summary>Bytes are themselves.</summary>
internal sealed class ByteArraySerializer(ExtendedActorSystem system) : Serializer(system)
{
    public override int Identifier => 4;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) =>
        obj switch
        {
            null => null!,
            byte[] bytes => bytes,
            _ => throw new NotSupportedException("The object to convert is not a byte array."),
        };

    public override object FromBinary(byte[] bytes, Type type) => bytes;
}

/// <summary>int, long and string.</summary>
internal sealed class PrimitiveSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 17;

    public override string Manifest(object o) =>
        o switch
        {
            int => "I",
            long => "L",
            string => "S",
            _ => throw new ArgumentException($"Cannot serialize object of type [{o.GetType()}]"),
        };

    public override byte[] ToBinary(object obj)
    {
        switch (obj)
        {
            case string s:
                return Encoding.UTF8.GetBytes(s);
            case int i:
                var four = new byte[4];
                BinaryPrimitives.WriteInt32LittleEndian(four, i);
                return four;
            case long l:
                var eight = new byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(eight, l);
                return eight;
            default:
                throw new ArgumentException($"Cannot serialize object of type [{obj.GetType()}]");
        }
    }

    public override object FromBinary(byte[] bytes, string manifest) =>
        manifest switch
        {
            "S" => Encoding.UTF8.GetString(bytes),
            "I" => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            "L" => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            _ => throw new SerializationException($"Unimplemented deserialization of message with manifest [{manifest}]"),
        };
}

/// <summary>Messages that protoc has made, by their own encoding.</summary>
internal sealed class ProtobufSerializer(ExtendedActorSystem system) : Serializer(system)
{
    private readonly ConcurrentDictionary<Type, MessageParser> _parsers = new();

    public override int Identifier => 2;

    public override bool IncludeManifest => true;

    public override byte[] ToBinary(object obj) =>
        obj is IMessage message
            ? message.ToByteArray()
            : throw new ArgumentException($"Can't serialize a non-protobuf message using protobuf [{obj.GetType()}]");

    public override object FromBinary(byte[] bytes, Type type) => _parsers.GetOrAdd(type, Parser).ParseFrom(bytes);

    private static MessageParser Parser(Type type) =>
        type.GetProperty("Parser", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as MessageParser
        ?? throw new SerializationException($"{type} is no generated protobuf message: it has no parser.");
}
