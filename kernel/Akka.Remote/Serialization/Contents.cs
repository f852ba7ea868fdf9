using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.Remote.Serialization.Proto;
using Google.Protobuf;

namespace Akka.Remote.Serialization;

/// <summary>Messages inside of messages, by their own serializers.</summary>
internal static class Contents
{
    /// <summary>Null for null.</summary>
    public static Content? Write(ExtendedActorSystem system, object? message)
    {
        if (message is null)
            return null;
        var serializer = system.Serialization.FindSerializerFor(message);
        return new Content
        {
            Serializer = serializer.Identifier,
            Manifest = Akka.Serialization.Serialization.ManifestFor(serializer, message),
            Data = UnsafeByteOperations.UnsafeWrap(serializer.ToBinary(message)),
        };
    }

    public static object? Read(ExtendedActorSystem system, Content? content) =>
        content is null ? null : system.Serialization.Deserialize(Bytes(content.Data), content.Serializer, content.Manifest);

    /// <summary>The bytes without a copy where they are an array of their own, as the parser makes it.</summary>
    public static byte[] Bytes(ByteString bytes) =>
        MemoryMarshal.TryGetArray(bytes.Memory, out var segment) && segment.Offset == 0 && segment.Array!.Length == segment.Count
            ? segment.Array
            : bytes.ToByteArray();
}
