using ActorFed.Actors.Replication.Wire;
using ActorFed.Actors.Roster.Wire;
using ActorFed.Actors.Rounds.Wire;
using ActorFed.Actors.Runs.Wire;
using ActorFed.Actors.Transfer.Wire;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;

namespace ActorFed.Actors.Wire;

/// <summary>Every message of ours as protobuf, named by a versioned manifest. Unknown fields are tolerated, hostile bytes refused.</summary>
public sealed class WireSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Longest message that is read, bytes: tensors travel as blobs in chunks, so nothing honest comes near.</summary>
    public const int LongestMessage = 1 << 20;

    private static readonly Codec[] All =
    [
        .. RoundCodecs.All,
        .. RosterCodecs.All,
        .. TransferCodecs.All,
        .. StatusCodecs.All,
        .. ReplicaCodecs.All,
    ];
    private static readonly Dictionary<string, Codec> ByManifest = All.ToDictionary(c => c.Manifest, StringComparer.Ordinal);
    private static readonly Dictionary<Type, Codec> ByType = All.ToDictionary(c => c.Message);

    /// <summary>Manifest and type of everything that this serializer knows, in the order of manifests.</summary>
    public static IReadOnlyList<(string Manifest, Type Message)> Known { get; } =
    [.. All.OrderBy(c => c.Manifest, StringComparer.Ordinal).Select(c => (c.Manifest, c.Message))];

    /// <inheritdoc />
    public override int Identifier => 4177;

    /// <inheritdoc />
    /// <exception cref="ArgumentException">No message of ours.</exception>
    public override string Manifest(object o) => CodecOf(o).Manifest;

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) => CodecOf(obj).Write(obj);

    /// <inheritdoc />
    /// <exception cref="WireFormatException">An unknown manifest, malformed bytes, or values that the message cannot have.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (!ByManifest.TryGetValue(manifest, out var codec))
        {
            throw new WireFormatException(manifest, "the manifest is unknown; the other side runs another version");
        }

        if (bytes.Length > LongestMessage)
        {
            throw new WireFormatException(manifest, $"it has {bytes.Length} bytes, the longest allowed is {LongestMessage}");
        }

        try
        {
            return codec.Read(bytes);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException or OverflowException)
        {
            throw new WireFormatException(manifest, e.Message, e);
        }
    }

    private static Codec CodecOf(object message) =>
        ByType.GetValueOrDefault(message.GetType())
        ?? throw new ArgumentException($"{message.GetType().FullName} has no wire form.", nameof(message));
}
