using ActorFed.Actors.Roster.Wire;
using ActorFed.Actors.Rounds.Wire;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Actors.Transfer.Wire;
using ActorFed.Actors.Trust;
using ActorFed.Actors.Wire;
using ActorFed.Training.Encoding;
using Akka.Actor;
using Google.Protobuf;
using static ActorFed.Actors.Rounds.RoundProtocol;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Tests.Wire;

/// <summary>What is longer than anything honest is refused when it is read, before anybody acts on it.</summary>
public sealed class WireLimitsTests : IDisposable
{
    private static readonly ByteString Blob = ByteString.CopyFrom(Convert.FromHexString(BlobId.Of([1, 2, 3]).Hex));

    private readonly ActorSystem _system = ActorSystem.Create(
        "limits",
        Akka.Configuration.ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }")
            .WithFallback(WireConfiguration.Reference)
    );

    public void Dispose() => _system.Dispose();

    public static TheoryData<string, byte[], string> TooLong =>
        new()
        {
            { "transfer.chunk.1", Chunk(ChunkBytes + 1, from: 0, total: 1 << 20), "a chunk has" },
            { "transfer.chunk.1", Chunk(10, from: 5, total: 14), "lies inside its blob" },
            { "transfer.chunk.1", Chunk(10, from: -1, total: 14), "lies inside its blob" },
            { "transfer.pull.1", Pull(LongestPull + 1), "can be pulled" },
            { "transfer.pull.1", Pull(0), "can be pulled" },
            { "transfer.ask-packed.1", AskPacked(17), "17 bases are named; 16 can be" },
            { "round.submit-update.1", Update(Signature.MostBytes + 1), "a signature has 513 bytes" },
            { "roster.register-node.2", Registration(NodeProof.MostBytes + 1, 64), "a certificate has 16385 bytes" },
            { "roster.register-node.2", Registration(100, 0), "a signature has 0 bytes" },
            { "round.invite.1", new byte[WireSerializer.LongestMessage + 1], "the longest allowed is" },
        };

    [Theory, MemberData(nameof(TooLong))]
    public void It_is_refused_with_its_length(string manifest, byte[] bytes, string says)
    {
        var serializer = (WireSerializer)_system.Serialization.FindSerializerForType(typeof(Invite));

        var refused = Assert.Throws<WireFormatException>(() => serializer.FromBinary(bytes, manifest));

        Assert.Equal(manifest, refused.Manifest);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    private static byte[] Chunk(int length, long from, long total) =>
        new ChunkWire
        {
            Blob = Blob,
            From = from,
            Total = total,
            Bytes = ByteString.CopyFrom(new byte[length]),
        }.ToByteArray();

    private static byte[] Pull(int length) =>
        new PullWire
        {
            Blob = Blob,
            From = 0,
            Length = length,
        }.ToByteArray();

    private static byte[] AskPacked(int bases) =>
        new AskPackedWire { Blob = Blob, Bases = { Enumerable.Repeat(Blob, bases) } }.ToByteArray();

    private static byte[] Update(int signature) =>
        new SubmitUpdateWire
        {
            Key = new KeyWire { Run = Some.Run.Value, Round = 1 },
            Client = "ann",
            Update = Blob,
            Signature = ByteString.CopyFrom(new byte[signature]),
        }.ToByteArray();

    private static byte[] Registration(int certificate, int signature) =>
        new RegisterNodeWire
        {
            Node = "site-a",
            Slots = 1,
            Proof = new ProofWire
            {
                Certificate = ByteString.CopyFrom(new byte[certificate]),
                Signature = ByteString.CopyFrom(new byte[signature]),
            },
        }.ToByteArray();
}
