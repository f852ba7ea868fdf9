using System.Collections.Immutable;
using ActorFed.Actors.Clients;
using ActorFed.Actors.Roster;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Trust;
using ActorFed.Actors.Wire;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;
using Google.Protobuf;
using static ActorFed.Actors.Replication.ReplicaProtocol;
using static ActorFed.Actors.Roster.RosterProtocol;
using static ActorFed.Actors.Rounds.RoundProtocol;
using static ActorFed.Actors.Runs.StatusProtocol;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Tests.Wire;

public sealed class WireSerializerTests : IDisposable
{
    private static readonly ClientId Ann = new("ann");
    private static readonly BlobId Blob = BlobId.Of([1, 2, 3]);
    private static readonly ImmutableSortedDictionary<string, double> Numbers = ImmutableSortedDictionary
        .Create<string, double>(StringComparer.Ordinal)
        .Add("loss", 0.5)
        .Add("rank", double.NaN);

    private static readonly LocalPlan Plan = LocalPlan.Empty with
    {
        Trained = ["q.A", "q.B"],
        Numbers = Numbers,
        Indices = LocalPlan.Empty.Indices.Add("heads", [0, 3, -1]).Add("none", []),
    };

    private static readonly Identity Me = new(new("Akka 1.5", 1, "1.0"), Some.Run, "aa", "bb", "cc");

    private static readonly IWireMessage[] Messages =
    [
        new Invite(Some.Key(3, 1), Ann),
        new InviteAccepted(Some.Key(), Ann),
        new AssignWork(Some.Key(), Ann, Blob, Plan, 1234, null),
        new AssignWork(Some.Key(), Ann, Blob, LocalPlan.Empty, 0, new PersonalKey(Ann, new(2), 1)),
        new SubmitUpdate(Some.Key(), Ann, Blob, long.MaxValue, 20, double.PositiveInfinity, true, Numbers),
        new SubmitUpdate(Some.Key(), Ann, Blob, 1, 2, 3, false, Numbers, Signature.Of([0, 1, 255])),
        new AbandonWork(Some.Key(), Ann, Refusal.CorruptShard, "row 7"),
        new ReportBug(Some.Key(), Ann, "a bug ä\u0000"),
        new UpdateReceived(Some.Key(), Ann),
        new UpdateRefused(Some.Key(), Ann, Refusal.NotFinite),
        new RoundOver(Some.Key(), Ann, true),
        new RegisterNode("node-1", [Ann, new("bob")], 2),
        new RegisterNode("node-1", [Ann], 2, Me, new(["cpu-0", "cuda-1"], 1L << 36, 12.5, "Opteron_SSE3")),
        new RegisterNode("node-1", [Ann], 2, Me, null, NodeProof.Of([0, 7], Signature.Of([1]))),
        new AskRun(Me.Software),
        new RunDescription(Me, "actorfed.run.seed = 1"),
        new NodeMismatched("build", "1.0", "1.1"),
        new RunEnded(Some.Run, true, "all rounds are done"),
        new RunDescription(Me, "", Cluster: true),
        new NodeRegistered("node-1"),
        new NodeRegistered("node-1", 1L << 40),
        new NodeRefused("node-1", Ann, "node-2"),
        new NodeFailed("node-1", "a bug"),
        new AskStatus(),
        new RunStatus(
            Some.Run,
            "fedit",
            RunStage.Holding,
            3,
            10,
            1,
            24,
            0.5,
            1L << 40,
            7,
            [new("a", "akka.tcp://x@h:1", 8, 2, ["cpu-0"], 1, 2)]
        ),
        new RunStatus(
            Some.Run,
            "fedit",
            RunStage.Holding,
            3,
            10,
            1,
            24,
            0.5,
            1,
            7,
            [],
            Standbys: 2,
            InStep: 1,
            new(
                [
                    new(Blob, 5, null, TimeSpan.FromSeconds(1.5), TransferStage.Waiting),
                    new(Blob, 5, 1L << 31, TimeSpan.Zero, TransferStage.Running),
                ],
                24,
                1,
                1L << 40
            )
        ),
        new Pull(Blob, 1L << 40, 64 * ChunkBytes),
        Chunk.Of(Blob, 7, 1L << 40, new byte[] { 1, 2, 3 }),
        new BlobAbsent(Blob),
        new AskPacked(Blob, []),
        new AskPacked(Blob, [Blob, BlobId.Of([4])]),
        PackedForm.None(Blob),
        new PackedForm(Blob, BlobId.Of([5]), null),
        new PackedForm(Blob, BlobId.Of([5]), BlobId.Of([4])),
        new Follow(Some.Run, 0, 0, null),
        new Follow(Some.Run, 3, 7, Blob),
        new Replicate(Some.Run, 3, 7, Blob, Blob, Blob),
        new Replicate(Some.Run, 1, 1, Blob, null, null),
        new Replicated(3, 7),
        new InStep(3, 0),
        new ReplicaRefused(4, "epoch 3 is over"),
    ];

    private readonly ActorSystem _system = ActorSystem.Create(
        "wire",
        Akka.Configuration.ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }")
            .WithFallback(WireConfiguration.Reference)
    );

    public static TheoryData<string> Manifests => [.. WireSerializer.Known.Select(k => k.Manifest)];

    private WireSerializer Serializer => (WireSerializer)_system.Serialization.FindSerializerForType(typeof(Invite));

    public void Dispose() => _system.Dispose();

    [Fact]
    public void Every_message_that_may_cross_a_process_has_a_wire_form_and_an_example_here()
    {
        var all = typeof(IWireMessage)
            .Assembly.GetTypes()
            .Where(t => typeof(IWireMessage).IsAssignableFrom(t) && t is { IsClass: true, IsAbstract: false })
            .ToHashSet();
        Assert.Empty(all.Except(WireSerializer.Known.Select(k => k.Message)));
        Assert.Empty(all.Except(Messages.Select(m => m.GetType())));
        Assert.All(all, t => Assert.IsType<WireSerializer>(_system.Serialization.FindSerializerForType(t)));
    }

    [Fact]
    public void Every_message_comes_back_as_it_went()
    {
        foreach (var message in Messages)
        {
            var bytes = Serializer.ToBinary(message);
            var back = Serializer.FromBinary(bytes, Serializer.Manifest(message));
            Assert.IsType(message.GetType(), back);
            Assert.Equal(Text(message), Text(back));
            Assert.Equal(bytes, Serializer.ToBinary(back)); // sorted collections: one message, one form
        }
    }

    [Fact]
    public void Fields_of_a_later_version_are_tolerated()
    {
        var later = new byte[] { 0xFA, 0x3F, 0x02, 0x68, 0x69 }; // field 1023, two bytes
        foreach (var message in Messages)
        {
            byte[] bytes = [.. Serializer.ToBinary(message), .. later];
            Assert.Equal(Text(message), Text(Serializer.FromBinary(bytes, Serializer.Manifest(message))));
        }
    }

    [Theory, MemberData(nameof(Manifests))]
    public void Hostile_bytes_are_refused_and_nothing_else_happens(string manifest)
    {
        var chance = new Random(17);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[chance.Next(60)];
            chance.NextBytes(bytes);
            Refuse(bytes, manifest);
        }

        foreach (var honest in Messages.Where(m => Serializer.Manifest(m) == manifest).Select(Serializer.ToBinary))
        {
            for (var i = 0; i < 2000; i++)
            {
                var bent = honest[..chance.Next(honest.Length + 1)];
                for (var flips = chance.Next(4); flips > 0 && bent.Length > 0; flips--)
                {
                    bent[chance.Next(bent.Length)] ^= (byte)(1 << chance.Next(8));
                }

                Refuse(bent, manifest);
            }
        }
    }

    [Theory]
    [InlineData(
        "round.invite.2",
        new byte[0],
        "Message 'round.invite.2' cannot be read: the manifest is unknown; the other side runs another version"
    )]
    [InlineData("round.invite.1", new byte[0], "Message 'round.invite.1' cannot be read: key is missing.")]
    public void A_refusal_says_what_is_wrong(string manifest, byte[] bytes, string message) =>
        Assert.Equal(message, Assert.Throws<WireFormatException>(() => Serializer.FromBinary(bytes, manifest)).Message);

    [Fact]
    public void A_message_of_absurd_length_is_refused_before_it_is_parsed() =>
        Assert.Contains(
            "1048577 bytes",
            Assert.Throws<WireFormatException>(() => Serializer.FromBinary(new byte[(1 << 20) + 1], "round.invite.1")).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("\u001b[2J")] // fault: it would be printed on the server's terminal
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")] // 65
    public void Kernels_that_are_no_name_are_refused(string kernels)
    {
        var message = new RegisterNode("node-1", [Ann], 2, Me, new(["cpu-0"], 1L << 36, 12.5, kernels));
        var error = Assert.Throws<WireFormatException>(() =>
            Serializer.FromBinary(Serializer.ToBinary(message), Serializer.Manifest(message))
        );
        Assert.Contains("matrix_kernels is no name", error.Message, StringComparison.Ordinal);
    }

    private void Refuse(byte[] bytes, string manifest)
    {
        try
        {
            Assert.IsAssignableFrom<IWireMessage>(Serializer.FromBinary(bytes, manifest));
        }
        catch (WireFormatException e)
        {
            Assert.Equal(manifest, e.Manifest);
        }
    }

    private static string Text(object message) =>
        message switch
        {
            AssignWork m => $"{m with { Plan = LocalPlan.Empty }} {Text(m.Plan)}",
            SubmitUpdate m => $"{m with { Metrics = Numbers }} {string.Join(',', m.Metrics)}",
            AskPacked m => $"{m.Blob} {string.Join(',', m.Bases)}",
            Chunk m => $"{m with { Bytes = default }} {Convert.ToHexString(m.Bytes.Span)} {m.IsWhole}",
            RunStatus m =>
                $"{m with { Nodes = [], Transfers = null }} {string.Join(';', m.Transfers?.Current ?? [])} {m.Transfers?.Bytes} {string.Join(';', m.Nodes.Select(n => $"{n with { Devices = [] }} {n.Devices.Length}"))}",
            RegisterNode m =>
                $"{m.Node} {string.Join(',', m.Clients)} {m.Slots} {m.Identity} {m.Capacity?.Memory} {m.Capacity?.Speed} {m.Capacity?.MatrixKernels} {m.Capacity?.Devices.Length}",
            _ => message.ToString()!,
        };

    private static string Text(LocalPlan plan) =>
        $"{string.Join(',', plan.Trained)} {string.Join(',', plan.Numbers)} "
        + string.Join(';', plan.Indices.Select(i => $"{i.Key}={string.Join(',', i.Value)}"));
}
