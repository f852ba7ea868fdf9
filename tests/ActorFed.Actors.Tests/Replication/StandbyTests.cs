using ActorFed.Actors.Journal;
using ActorFed.Actors.Replication;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Actors.Transfer;
using ActorFed.Training.Encoding;
using Akka.Actor;
using Akka.TestKit;
using static ActorFed.Actors.Replication.ReplicaProtocol;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Tests.Replication;

/// <summary>The standby's side: what it says it has is on its disk, and it never helps a leader whose time is over.</summary>
public sealed class StandbyTests : FaultKit
{
    private readonly MemoryReplica _journal = new();
    private readonly TestProbe _leader;
    private readonly IActorRef _standby;
    private readonly IActorRef _source;

    public StandbyTests()
    {
        _leader = CreateTestProbe("leader");
        _source = Sys.ActorOf(BlobSource.Props(Blobs), "source");
        _journal.Begin(Some.Spec().Header);
        _journal.Follow();
        var transfer = new TransferPorts(TransferOptions.Standard, new MemoryBlobDrafts(1 << 20));
        (_standby, _) = Raise(StandbyActor.Props(Some.Spec().Header, _journal, transfer, _leader.Ref), "standby");
        Clock.Advance(OneTick);
        Assert.Equal(new Follow(Some.Run, 0, 0, null), _leader.Next<Follow>());
    }

    [Fact]
    public void It_has_what_it_says_and_may_lead_when_it_is_told_that_this_is_all()
    {
        Sends(1);
        Assert.Equal(new Replicated(3, 1), _leader.Next<Replicated>());
        Assert.Equal(Entries.Round(1).Commit.Global, _journal.Last!.Global);
        Assert.Equal(Entries.Round(1).State.Memory.Id, _journal.Load(_journal.Last).Memory.Id);
        Assert.Throws<NotInStepException>(() => _journal.Lead());
        Says(new InStep(3, 1));
        Assert.Equal(4, _journal.Lead());
    }

    [Fact]
    public void What_it_cannot_write_it_refuses()
    {
        _journal.Room = 0; // fault: the disk is full
        Sends(1);
        Assert.Contains("No space left on device", _leader.Next<ReplicaRefused>().Why, StringComparison.Ordinal);
        Assert.Empty(_journal.Commits);
    }

    [Fact]
    public void What_cannot_be_fetched_it_refuses()
    {
        Says(new Replicate(Some.Run, 3, 1, BlobId.Of([9]), null, null)); // fault: the leader does not have it
        Serve();
        Assert.Contains("does not have it", _leader.Next<ReplicaRefused>().Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leader_of_a_lower_epoch_is_refused()
    {
        Sends(1);
        _leader.Next<Replicated>();
        Sends(2, epoch: 2); // fault: a server that another has overtaken
        Assert.Equal(3, _leader.Next<ReplicaRefused>().Epoch);
        Assert.Single(_journal.Commits);
    }

    [Fact]
    public void Once_it_leads_itself_it_follows_nobody()
    {
        Sys.EventStream.Publish(new RunLed(Some.Run, _leader.Ref, 4, new(1)));
        Clock.Settle();
        Sends(1); // fault: the one before does not know yet
        Assert.Equal(4, _leader.Next<ReplicaRefused>().Epoch);
        Clock.Advance(Seconds(10));
        _leader.HearsNothing();
    }

    [Fact]
    public void An_entry_that_comes_twice_is_taken_once()
    {
        Sends(1);
        _leader.Next<Replicated>();
        Clock.Advance(Seconds(2));
        Assert.Equal(new Follow(Some.Run, 3, 1, Entries.Round(1).Commit.Global), _leader.Next<Follow>());
    }

    private void Sends(int round, long epoch = 3)
    {
        var (commit, state) = Entries.Round(round);
        var record = Blobs.Put(EntryCodec.Write(new JournalEntry.Round(commit)));
        Says(new Replicate(Some.Run, epoch, round, record, Blobs.Put(state.Global), Blobs.Put(state.Memory)));
        Serve();
    }

    // The leader passes pulls on to its source, whose chunks go to the puller.
    private void Serve()
    {
        while (_leader.HasMessages && _leader.ReceiveOne(TimeSpan.Zero) is var message)
        {
            if (message is not (Pull or AskPacked))
            {
                _kept.Enqueue(message!);
                continue;
            }

            _source.Tell(message, _leader.LastSender);
            Clock.Settle();
        }

        while (_kept.TryDequeue(out var kept))
        {
            _leader.Ref.Tell(kept);
        }

        Clock.Settle();
    }

    private readonly Queue<object> _kept = [];

    private void Says(object what)
    {
        _leader.Send(_standby, what);
        Clock.Settle();
    }
}
