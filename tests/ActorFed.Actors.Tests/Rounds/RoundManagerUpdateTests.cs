using System.Collections.Immutable;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Tests.Rounds;

/// <summary>What a client, a network or a stranger can send in the place of one honest update.</summary>
public sealed class RoundManagerUpdateTests : RoundManagerKit
{
    [Fact]
    public void An_update_that_comes_twice_is_answered_twice_and_counted_once()
    {
        Open();
        Accept(Ann, Bob, Cid);
        var update = Update(Ann, value: 3);
        Say(Ann, update);
        Say(Ann, update); // fault: the network delivers a second copy
        Assert.Equal(new UpdateReceived(Key, Ann), Hears<UpdateReceived>(Ann));
        Assert.Equal(new UpdateReceived(Key, Ann), Hears<UpdateReceived>(Ann));
        Deliver(Bob, value: 6);
        Deliver(Cid, value: 0);

        var done = Commits();
        Assert.Equal([Ann, Bob, Cid], done.Commit.Summary.Contributors.Select(c => c.Client));
        Assert.Equal(3, done.State.Global["w"].Floats[0], 5); // (3 + 6 + 0) / 3
        IsOver(counted: true, Ann, Bob, Cid);
        NothingLeaks();
    }

    [Fact]
    public void After_its_update_was_received_a_client_cannot_send_other_bytes()
    {
        Open();
        Accept(Ann, Bob, Cid);
        Deliver(Ann, value: 3);
        Say(Ann, Update(Ann, value: 1000) with { Examples = 50 }); // fault: other bytes, another weight
        Hears<UpdateReceived>(Ann);
        Deliver(Bob, value: 3);
        Deliver(Cid, value: 3);

        var done = Commits();
        Assert.Equal(3, done.State.Global["w"].Floats[0], 5);
        Assert.Equal(BlobId.Of(Tensors(3).Encoded.Span), done.Commit.Summary.Contributors[0].Update);
        NothingLeaks();
    }

    public static TheoryData<RoundKey> OtherKeys =>
        [Key with { Round = new(2) }, Key with { Attempt = 1 }, Key with { Run = new("another-run") }];

    [Theory, MemberData(nameof(OtherKeys))]
    public void An_update_of_another_round_attempt_or_run_is_stale_and_its_client_can_still_deliver(RoundKey other)
    {
        Open();
        Accept(Ann, Bob, Cid);
        Say(Ann, Update(Ann) with { Key = other }); // fault
        Assert.Equal(new UpdateRefused(other, Ann, Refusal.StaleRound), Hears<UpdateRefused>(Ann));
        Deliver(Ann);
        Deliver(Bob);
        Deliver(Cid);
        Assert.Equal(3, Commits().Commit.Summary.Contributors.Length);
        NothingLeaks();
    }

    [Fact]
    public void Who_was_not_invited_or_has_not_agreed_is_not_counted()
    {
        Open();
        Accept(Ann, Bob);
        Say(Eve, Update(Eve)); // fault: a client of this run that is not in the cohort
        IsRefused(Eve, Refusal.NotInvited);
        Say(Cid, Update(Cid)); // fault: invited, but it never said yes
        IsRefused(Cid, Refusal.NotInvited);
        Deliver(Ann);
        Deliver(Bob);
        Clock.Advance(Options.AnswerWithin);
        var summary = Commits().Commit.Summary;
        Assert.Equal([Ann, Bob], summary.Contributors.Select(c => c.Client));
        Assert.Equal([Cid], summary.Absent.ToList());
        Assert.Empty(summary.Refused);
        NothingLeaks();
    }

    [Fact]
    public void Another_node_cannot_speak_for_a_client()
    {
        Open();
        Say(Bob, new InviteAccepted(Key, Ann)); // fault: bob's node agrees in ann's name
        HearsNothing(Ann, Bob);
        Accept(Ann, Bob, Cid);
        Say(Bob, new AbandonWork(Key, Ann, Refusal.CorruptShard, "")); // fault: it gives up in ann's name
        Say(Bob, new ReportBug(Key, Ann, "")); // fault: it wants to end the run in ann's name
        Say(Bob, Update(Ann, value: 1000)); // fault: it delivers in ann's name
        Assert.Equal(new UpdateRefused(Key, Ann, Refusal.NotInvited), Hears<UpdateRefused>(Bob));
        HearsNothing(Ann);
        Run.HearsNothing();

        Deliver(Ann, value: 2);
        Deliver(Bob, value: 2);
        Deliver(Cid, value: 2);
        var done = Commits();
        Assert.Equal(2, done.State.Global["w"].Floats[0], 5);
        Assert.Empty(done.Commit.Summary.Refused);
        NothingLeaks();
    }

    [Fact]
    public void A_blob_that_is_not_there_or_has_changed_is_unreadable()
    {
        var corrupt = BlobId.Of([6, 6, 6]);
        Open(blobs: new CorruptingStore(Blobs, corrupt));
        Accept(Ann, Bob, Cid);
        Say(Ann, Update(Ann, BlobId.Of([1, 2, 3]))); // fault: a hash of nothing
        IsRefused(Ann, Refusal.Unreadable);
        Say(Bob, Update(Bob, corrupt)); // fault: the bytes behind the hash have changed
        IsRefused(Bob, Refusal.Unreadable);
        Say(Ann, Update(Ann)); // the refusal was final
        IsRefused(Ann, Refusal.Unreadable);
        Deliver(Cid);
        Run.Next<ManagerProtocol.QuorumMissed>();
        NothingLeaks();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(60)]
    [InlineData(-1)]
    public void Bytes_that_end_too_early_are_unreadable(int length)
    {
        Open();
        Accept(Ann);
        var whole = Tensors(1).Encoded;
        Say(Ann, Update(Ann, Put(whole[..(length < 0 ? whole.Length + length : length)]))); // fault: truncated
        IsRefused(Ann, Refusal.Unreadable);
    }

    public static TheoryData<string> Headers =>
        [
            "not json",
            "{}x",
            """{"w":{"dtype":"F32","shape":[8],"data_offsets":[0,99999]}}""",
            """{"w":{"dtype":"F32","shape":[-8],"data_offsets":[0,32]}}""",
            """{"w":{"dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4]}}""",
            """{"w":{"dtype":"F99","shape":[8],"data_offsets":[0,32]}}""",
            """{"w":{"dtype":"F32"}}""",
            """{"w":7}""",
            """[1,2]""",
        ];

    [Theory, MemberData(nameof(Headers))]
    public void A_header_that_lies_is_unreadable(string header)
    {
        Open();
        Accept(Ann);
        var text = System.Text.Encoding.UTF8.GetBytes(header);
        Say(Ann, Update(Ann, Put((byte[])[.. BitConverter.GetBytes((long)text.Length), .. text, .. new byte[32]]))); // fault
        IsRefused(Ann, Refusal.Unreadable);
    }

    [Fact]
    public void A_header_longer_than_the_file_is_unreadable()
    {
        Open();
        Accept(Ann);
        Say(Ann, Update(Ann, Put((byte[])[.. BitConverter.GetBytes(long.MaxValue), 0]))); // fault
        IsRefused(Ann, Refusal.Unreadable);
    }

    public static TheoryData<string, TensorSet> Shapes =>
        new()
        {
            { "another shape", Tensors(1).With("w", TensorValue.Zeros(4, 2)) },
            { "another length", Tensors(1).With("w", TensorValue.Zeros(9)) },
            { "another type", Tensors(1).With("w", new TensorValue(ElementType.F64, [4], new byte[32])) },
            { "one tensor more", Tensors(1).With("more", TensorValue.Zeros(1)) },
            { "one tensor less", Tensors(1).Where(n => n == "w") },
            { "nothing", TensorSet.Empty },
        };

    [Theory, MemberData(nameof(Shapes))]
    public void Tensors_that_were_not_asked_for_are_refused(string fault, TensorSet upload)
    {
        Assert.NotEmpty(fault);
        Open();
        Accept(Ann);
        Say(Ann, Update(Ann, Put(upload))); // fault
        IsRefused(Ann, Refusal.ShapeMismatch);
    }

    [Fact]
    public void An_update_that_the_method_cannot_read_costs_its_client_and_not_the_run()
    {
        Open();
        Accept(Ann, Bob, Cid);
        var misnamed = TensorSet.Empty.With("v", Tensors(1)["w"]).With("head.b", Tensors(1)["head.b"]);
        Say(Bob, Update(Bob, Put(misnamed))); // fault: as many bytes as asked for, under another name
        Hears<IClientMessage>(Bob);
        Deliver(Ann, value: 2);
        Deliver(Cid, value: 4);
        var done = Commits();
        Assert.Equal([Ann, Cid], done.Commit.Summary.Contributors.Select(c => c.Client));
        Assert.Equal([new RefusedClient(Bob, Refusal.ShapeMismatch)], done.Commit.Summary.Refused.ToList());
        Assert.Equal(3, done.State.Global["w"].Floats[0], 5);
        IsOver(counted: true, Ann, Cid);
        IsOver(counted: false, Bob);
        NothingLeaks();
    }

    public static TheoryData<string, TensorSet> Poison =>
        new()
        {
            { "NaN", Tensors(1).With("head.b", TensorValue.Of([float.NaN], 1)) },
            { "infinity", Tensors(1).With("head.b", TensorValue.Of([float.PositiveInfinity], 1)) },
            { "the last of many", Tensors(1).With("w", TensorValue.Of([0, 0, 0, 0, 0, 0, 0, float.NaN], 8)) },
        };

    [Theory, MemberData(nameof(Poison))]
    public void A_value_that_is_not_finite_is_refused(string fault, TensorSet upload)
    {
        Assert.NotEmpty(fault);
        Open();
        Accept(Ann);
        Say(Ann, Update(Ann, Put(upload))); // fault
        IsRefused(Ann, Refusal.NotFinite);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_loss_or_a_figure_that_is_not_finite_is_refused(double poison)
    {
        Open();
        Accept(Ann, Bob);
        Say(Ann, Update(Ann) with { TrainLoss = poison }); // fault
        IsRefused(Ann, Refusal.NotFinite);
        // fault: a journal that writes figures as JSON could not write the round
        Say(Bob, Update(Bob) with { Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("x", poison) });
        IsRefused(Bob, Refusal.NotFinite);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)] // two of them would overflow the sum, and end the run
    public void A_count_of_examples_that_no_shard_has_is_refused(long examples)
    {
        Open();
        Accept(Ann);
        Say(Ann, Update(Ann) with { Examples = examples }); // fault
        IsRefused(Ann, Refusal.NoExamples);
    }

    private sealed class CorruptingStore(IBlobStore store, BlobId corrupt) : IBlobStore
    {
        public BlobId Put(ReadOnlyMemory<byte> bytes) => store.Put(bytes);

        public BlobId Put(TensorSet tensors) => store.Put(tensors);

        public ReadOnlyMemory<byte> Get(BlobId id) =>
            id == corrupt ? throw new BlobCorruptException(id, BlobId.Of([0])) : store.Get(id);

        public bool Contains(BlobId id) => id == corrupt || store.Contains(id);

        public void Drop(BlobId id) => store.Drop(id);
    }
}
