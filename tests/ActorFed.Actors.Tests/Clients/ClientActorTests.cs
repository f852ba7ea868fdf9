using ActorFed.Actors.Clients;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Nodes;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.TestKit;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Tests.Clients;

/// <summary>One real client with a real device; its managers are probes.</summary>
public sealed class ClientActorTests : FaultKit
{
    private static readonly ClientId Ann = new("ann");
    private static readonly TimeSpan ResendAfter = Seconds(5);

    // 100 examples at 10 a second, and some bytes.
    private static readonly TimeSpan Training = Seconds(10.5);

    private readonly TensorSet _start = new CountingMethod().Initialise().Global;
    private readonly MemoryPersonalStore _personal = new();
    private readonly TestProbe _manager;
    private IActorRef _client = ActorRefs.Nobody;
    private TestProbe? _parent;

    public ClientActorTests() => _manager = CreateTestProbe("manager");

    [Fact]
    public void An_update_that_is_not_answered_is_sent_again_until_it_is()
    {
        Begin(new CountingDevice());
        Clock.Advance(Training);
        var sent = _manager.Next<SubmitUpdate>();
        Clock.Advance(ResendAfter); // fault: the update, or its answer, was lost
        Clock.Advance(ResendAfter); // fault: and again
        Assert.Equal([sent.Update, sent.Update], _manager.Rest().Cast<SubmitUpdate>().Select(m => m.Update));
        Says(new UpdateReceived(Some.Key(), Ann));
        Clock.Advance(20 * ResendAfter);
        _manager.HearsNothing();
        Assert.True(Blobs.Contains(sent.Update)); // until the final word
        Says(new RoundOver(Some.Key(), Ann, Counted: true));
        NothingLeaks();
    }

    [Fact]
    public void A_refusal_ends_the_resending_and_lets_go_of_the_upload()
    {
        Begin(new CountingDevice());
        Clock.Advance(Training);
        _manager.Next<SubmitUpdate>();
        Says(new UpdateRefused(Some.Key(), Ann, Refusal.Late));
        Clock.Advance(20 * ResendAfter);
        _manager.HearsNothing();
        NothingLeaks();
    }

    [Fact]
    public void When_the_last_word_was_lost_the_next_invitation_stands_for_it()
    {
        Begin(new CountingDevice());
        Clock.Advance(Training);
        var first = _manager.Next<SubmitUpdate>();
        Invites(Some.Key(round: 2)); // fault: UpdateReceived and RoundOver were lost
        Assert.False(Blobs.Contains(first.Update));
        Clock.Advance(20 * ResendAfter);
        _manager.HearsNothing();
        NothingLeaks();
    }

    [Fact]
    public void When_the_manager_is_gone_without_a_last_word_the_client_lets_go()
    {
        Begin(new CountingDevice());
        Clock.Advance(Training);
        _manager.Next<SubmitUpdate>();
        Sys.Stop(_manager.Ref); // fault: the server is gone, and nothing that it said arrived
        Clock.Settle();
        NothingLeaks();
    }

    [Fact]
    public void A_server_that_crashed_and_went_on_is_answered_though_it_asks_for_the_same_attempt()
    {
        Begin(new CountingDevice());
        var after = CreateTestProbe("manager-after-the-crash");
        Invites(Some.Key(), by: after); // fault: same run, round and attempt, another manager
        Assigns(Some.Key(), by: after);
        Clock.Advance(Training);
        Assert.Equal(Ann, after.Next<SubmitUpdate>().Client);
        _manager.HearsNothing();
        Says(new RoundOver(Some.Key(), Ann, Counted: true), by: after);
        Invites(Some.Key(), by: _manager); // and the other way round, after it was done
        NothingLeaks();
    }

    [Fact]
    public void A_newer_round_wins_and_the_result_of_the_older_one_is_dropped()
    {
        var device = new CountingDevice();
        Begin(device);
        Clock.Advance(Seconds(5));
        Invites(Some.Key(round: 2)); // fault: in the middle of the training
        Assigns(Some.Key(round: 2));
        Clock.Advance(Training);
        Assert.Equal(Some.Key(round: 2), _manager.Next<SubmitUpdate>().Key);
        _manager.HearsNothing();
        Says(new RoundOver(Some.Key(), Ann, Counted: true)); // fault: the older round's last word comes late
        Says(new UpdateRefused(Some.Key(), Ann, Refusal.Late));
        Clock.Advance(ResendAfter);
        Assert.Equal(Some.Key(round: 2), _manager.Next<SubmitUpdate>().Key);
        Says(new RoundOver(Some.Key(round: 2), Ann, Counted: true));
        NothingLeaks();
    }

    [Fact]
    public void An_invitation_that_was_overtaken_by_a_newer_one_is_not_answered()
    {
        Raise(new CountingDevice());
        Invites(Some.Key(round: 3));
        Tells(new Invite(Some.Key(round: 2), Ann)); // fault: older round
        Tells(new Invite(Some.Key(round: 3), Ann) with { Key = Some.Key(round: 1, attempt: 9) }); // fault: older still
        _manager.HearsNothing();
        Invites(Some.Key(round: 3, attempt: 1));
    }

    [Fact]
    public void What_comes_twice_is_done_once()
    {
        var device = new CountingDevice();
        Raise(device);
        Invites(Some.Key());
        Invites(Some.Key()); // fault: the invitation comes twice, and is answered twice
        Assigns(Some.Key());
        Assigns(Some.Key()); // fault: the work comes twice
        Clock.Advance(Training);
        Assert.Equal(Ann, _manager.Next<SubmitUpdate>().Client);
        Assert.Single(device.Trained);
        Invites(Some.Key()); // fault: a third copy, after the training
        Assigns(Some.Key());
        Clock.Advance(Seconds(2));
        Assert.Single(device.Trained);
        Says(new RoundOver(Some.Key(), Ann, Counted: true));
        Says(new RoundOver(Some.Key(), Ann, Counted: true));
        Tells(new Invite(Some.Key(), Ann)); // fault: a fourth, after the round
        _manager.HearsNothing();
        NothingLeaks();
    }

    [Fact]
    public void Work_that_was_not_agreed_to_is_not_done()
    {
        var device = new CountingDevice();
        Raise(device);
        Assigns(Some.Key()); // fault: without an invitation
        Invites(Some.Key(round: 2));
        Assigns(Some.Key()); // fault: of another round
        Clock.Advance(Training);
        Assert.Empty(device.Trained);
        _manager.HearsNothing();
        NothingLeaks();
    }

    public static TheoryData<string, Exception, Refusal> Faults =>
        new()
        {
            { "NaN", new NumericalException(Ann, "loss"), Refusal.NotFinite },
            { "truncated shard", new CorruptShardException(Ann, "cut"), Refusal.CorruptShard },
            { "device", new DeviceLostException("cpu-0", "fault: gone"), Refusal.DeviceLost },
            { "personal state", new PersonalStateLostException(new(Ann, new(1), 0)), Refusal.PersonalStateLost },
            { "bytes", new InvalidDataException("cut"), Refusal.Unreadable },
        };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_in_training_gives_this_round_up_and_the_client_stays(string name, Exception fault, Refusal why)
    {
        Assert.NotEmpty(name);
        Begin(new CountingDevice { Fault = w => Throw(w.Round.Number == 1, fault) });
        Clock.Advance(Training);
        var gaveUp = _manager.Next<AbandonWork>();
        Assert.Equal((why, fault.Message), (gaveUp.Why, gaveUp.Detail));
        NothingLeaks();

        Invites(Some.Key(round: 2));
        Assigns(Some.Key(round: 2));
        Clock.Advance(Training);
        _manager.Next<SubmitUpdate>();
        _parent!.HearsNothing();
    }

    [Theory]
    [InlineData(8, new[] { 0, 4, 2, 1 })]
    [InlineData(7, new[] { 0, 3, 1 })]
    [InlineData(1, new[] { 0 })]
    public void Without_memory_the_micro_batch_is_halved_down_to_one_and_then_given_up(int microBatch, int[] tried)
    {
        var device = new CountingDevice
        {
            MicroBatch = microBatch,
            Fault = _ => Throw(true, new OutOfMemoryException("fault: memory")),
        };
        Begin(device);
        Clock.Advance(Training);
        Assert.Equal(Refusal.OutOfMemory, _manager.Next<AbandonWork>().Why);
        Assert.Equal(tried, device.Trained.Select(w => w.MicroBatch));
        NothingLeaks();
    }

    [Fact]
    public void A_fault_that_nobody_foresaw_is_reported_in_its_own_words_and_meets_the_supervisor()
    {
        Begin(new CountingDevice { Fault = _ => throw new InvalidCastException("fault: a bug") });
        Clock.Advance(Training);
        Assert.Contains("fault: a bug", _manager.Next<ReportBug>().Detail, StringComparison.Ordinal);
        var fault = Assert.IsType<TrainingBugException>(_parent!.Next<Fault>().Cause);
        Assert.Equal((Ann, Some.Key()), (fault.Client, fault.Key));
        NothingLeaks();
    }

    [Fact]
    public void A_training_that_ends_cancelled_though_it_was_wanted_is_a_bug_and_not_silence()
    {
        Begin(new CountingDevice { Fault = _ => throw new TaskCanceledException("fault: the device gave up") });
        Clock.Advance(Training);
        Assert.Contains("fault: the device gave up", _manager.Next<ReportBug>().Detail, StringComparison.Ordinal);
        NothingLeaks();
    }

    [Fact]
    public void A_start_that_is_missing_or_cut_is_unreadable_and_nothing_trains()
    {
        var device = new CountingDevice();
        Raise(device);
        Invites(Some.Key());
        Assigns(Some.Key(), start: BlobId.Of([1, 2, 3])); // fault: a hash of nothing
        Assert.Equal(Refusal.Unreadable, _manager.Next<AbandonWork>().Why);
        Invites(Some.Key(round: 2));
        var cut = Blobs.Put(_start.Encoded[..40]);
        Assigns(Some.Key(round: 2), start: cut); // fault: truncated
        Assert.Equal(Refusal.Unreadable, _manager.Next<AbandonWork>().Why);
        Assert.Empty(device.Trained);
        Blobs.Drop(cut);
        NothingLeaks();
    }

    [Fact]
    public void Without_the_state_of_its_last_counted_training_a_client_gives_up()
    {
        Raise(new CountingDevice());
        Invites(Some.Key(round: 2));
        Assigns(Some.Key(round: 2), counted: new(Ann, new(1), 0)); // fault: the node's disk lost it
        Clock.Advance(Training);
        Assert.Equal(Refusal.PersonalStateLost, _manager.Next<AbandonWork>().Why);
        NothingLeaks();
    }

    [Fact]
    public void The_end_of_the_round_cancels_what_still_trains()
    {
        var device = new HeldDevice();
        Begin(device);
        var work = device.Next();
        Says(new RoundOver(Some.Key(), Ann, Counted: false)); // fault: the round was over before
        Assert.True(work.Task.IsCanceled);
        Clock.Advance(2 * Training);
        _manager.HearsNothing();
        Assert.Empty(_personal.States);
        NothingLeaks();
    }

    public static TheoryData<object> Ends => [PoisonPill.Instance, Kill.Instance];

    [Theory, MemberData(nameof(Ends))]
    public void A_client_that_is_killed_in_the_middle_cancels_its_training_and_says_nothing(object end)
    {
        var device = new HeldDevice();
        Begin(device);
        var work = device.Next();
        Clock.Advance(Seconds(5));
        _client.Tell(end); // fault
        Clock.Settle();
        Assert.True(work.Task.IsCanceled);
        Clock.Advance(2 * Training);
        _manager.HearsNothing();
        NothingLeaks();
    }

    [Fact]
    public void A_store_without_room_for_the_upload_meets_the_supervisor_with_the_bytes_that_were_missing()
    {
        var small = new MemoryBlobStore(bound: _start.Encoded.Length); // fault: room for the start, and nothing else
        Begin(new CountingDevice(), small);
        Clock.Advance(Training);
        Assert.IsType<BlobStoreFullException>(_parent!.Next<Fault>().Cause);
        _manager.HearsNothing();
        small.Drop(BlobId.Of(_start.Encoded.Span));
        Assert.Equal(0, small.Held);
    }

    [Fact]
    public void A_client_that_is_away_does_not_even_say_so()
    {
        Raise(new CountingDevice(), availability: 0);
        Tells(new Invite(Some.Key(), Ann));
        _manager.HearsNothing();
    }

    private void Raise(IDevice device, IBlobStore? blobs = null, double availability = 1)
    {
        var work = new WorkQueue();
        Sys.ActorOf(DeviceActor.Props(device, work), "device");
        var profile = new ClientProfile(Ann, 1, 10, 1e6, 1e6, availability);
        var node = new NodeSpec("n", 5, [profile], [device], work, blobs ?? Blobs, _personal, ResendAfter, ActorRefs.Nobody);
        (_client, _parent) = Raise(ClientActor.Props(node, profile, place: 0), "client");
    }

    private void Begin(IDevice device, IBlobStore? blobs = null)
    {
        Raise(device, blobs);
        Invites(Some.Key());
        Assigns(Some.Key(), start: (blobs ?? Blobs).Put(_start.Encoded));
    }

    private void Invites(RoundKey key, TestProbe? by = null)
    {
        Tells(new Invite(key, Ann), by);
        Assert.Equal(new InviteAccepted(key, Ann), (by ?? _manager).Next<InviteAccepted>());
    }

    private void Assigns(RoundKey key, TestProbe? by = null, BlobId? start = null, PersonalKey? counted = null) =>
        Tells(new AssignWork(key, Ann, start ?? Start(), LocalPlan.Empty, _start.PayloadBytes, counted), by);

    private void Says(IClientMessage message, TestProbe? by = null) => Tells(message, by);

    private void Tells(IClientMessage message, TestProbe? by = null)
    {
        (by ?? _manager).Send(_client, message);
        Clock.Settle();
    }

    // One reference, as its manager would hold it, however often it is assigned.
    private BlobId Start()
    {
        var start = BlobId.Of(_start.Encoded.Span);
        return Blobs.Contains(start) ? start : Blobs.Put(_start.Encoded);
    }

    private void NothingLeaks()
    {
        Blobs.Drop(BlobId.Of(_start.Encoded.Span));
        Assert.Equal(0, Blobs.Held);
    }

    private static void Throw(bool when, Exception fault)
    {
        if (when)
        {
            throw fault;
        }
    }
}
