using ActorFed.Actors.Journal;
using ActorFed.Actors.Replication;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Encoding;
using Akka.Actor;
using Akka.TestKit;
using static ActorFed.Actors.Journal.JournalProtocol;
using static ActorFed.Actors.Replication.ReplicaProtocol;

namespace ActorFed.Actors.Tests.Replication;

/// <summary>The leader's side: what is written counts, so it is written last.</summary>
public sealed class ReplicatorTests : FaultKit
{
    private readonly TestProbe _journal;
    private readonly TestProbe _standby;
    private readonly TestProbe _asker;
    private readonly IActorRef _replicator;
    private readonly TestProbe _run;

    public ReplicatorTests()
    {
        (_journal, _standby, _asker) = (CreateTestProbe("journal"), CreateTestProbe("standby"), CreateTestProbe("asker"));
        (_replicator, _run) = Raise(
            ReplicatorActor.Props(Some.Run, _journal.Ref, CreateTestProbe("source").Ref, Blobs),
            "replicas"
        );
        Says(_asker, new OpenRun(Some.Spec().Header));
        _journal.Next<OpenRun>();
    }

    [Fact]
    public void A_round_is_written_once_every_standby_has_it()
    {
        Opened();
        var other = CreateTestProbe("other");
        Follows(_standby, 0);
        Follows(other, 0);
        Says(_asker, Commit(1));
        _journal.HearsNothing();
        var sent = _standby.Next<Replicate>();
        Assert.Equal((3L, 1), (sent.Epoch, sent.Place));
        Assert.Equal(Entries.Round(1).State.Global.Id, BlobId.Of(Blobs.Get(sent.Global!.Value).Span));
        Says(_standby, new Replicated(3, 1));
        Says(_standby, new Replicated(3, 1)); // fault: twice
        _journal.HearsNothing();
        other.Next<Replicate>();
        Says(other, new Replicated(3, 1));
        Assert.Equal(1, _journal.Next<CommitRound>().Commit.Round.Number);
        Assert.Equal(_asker.Ref, _journal.LastSender); // whom the journal answers
        Assert.Equal(0, Blobs.Held);
    }

    [Fact]
    public void A_standby_that_is_gone_is_not_waited_for()
    {
        Opened();
        Follows(_standby, 0);
        Says(_asker, Commit(1));
        Sys.Stop(_standby.Ref); // fault
        Clock.Settle();
        _journal.Next<CommitRound>();
        Assert.Equal(0, Assert.IsType<StandbysInStep>(_run.Rest()[^1]).Count);
        Assert.Equal(0, Blobs.Held);
    }

    [Fact]
    public void A_standby_that_cannot_write_costs_the_run_nothing()
    {
        Opened();
        Follows(_standby, 0);
        Says(_asker, Commit(1));
        Says(_standby, new ReplicaRefused(3, "No space left on device")); // fault
        _journal.Next<CommitRound>();
        _run.Rest();
    }

    [Fact]
    public void Who_comes_late_gets_all_that_it_lacks_in_order_and_a_round_waits_for_it()
    {
        Opened(rounds: 3);
        Says(_standby, new Follow(Some.Run, 2, 1, Entries.Round(1).Commit.Global));
        Assert.Equal(2, _journal.Next<LoadState>().Commit.Round.Number); // on the disk
        Says(_asker, Commit(4));
        Says(_journal, new StateLoaded(Entries.Round(2).Commit, null)); // not kept any more
        Assert.Equal((2, (BlobId?)null), (_standby.Next<Replicate>() is var second ? second.Place : 0, second.Global));
        Says(_standby, new Replicated(3, 2));
        Assert.Equal(3, _journal.Next<LoadState>().Commit.Round.Number);
        Says(_journal, new StateLoaded(Entries.Round(3).Commit, Entries.Round(3).State));
        Assert.Equal(3, _standby.Next<Replicate>().Place);
        Says(_standby, new Replicated(3, 3));
        Assert.Equal(4, _standby.Next<Replicate>().Place);
        _journal.HearsNothing();
        Says(_standby, new Replicated(3, 4));
        Assert.Equal(4, _standby.Next<InStep>().Have);
        _journal.Next<CommitRound>();
        Assert.Equal(1, Assert.IsType<StandbysInStep>(_run.Rest()[^1]).Count);
    }

    [Fact]
    public void A_message_that_was_lost_is_sent_again_when_the_standby_asks_again()
    {
        Opened();
        Follows(_standby, 0);
        Says(_asker, Commit(1));
        var lost = _standby.Next<Replicate>(); // fault
        Says(_standby, new Follow(Some.Run, 3, 0, null));
        Assert.Equal(lost, _standby.Next<Replicate>());
    }

    [Fact]
    public void A_standby_that_has_seen_a_higher_epoch_ends_this_leader()
    {
        Opened();
        Follows(_standby, 0);
        Says(_asker, Commit(1));
        Says(_standby, new ReplicaRefused(4, "epoch 3 is over")); // fault: another server leads
        var fenced = Assert.IsType<FencedException>(_run.Rest().OfType<Fault>().Single().Cause);
        Assert.Equal((3, 4), (fenced.Epoch, fenced.Seen));
        _journal.HearsNothing();
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(1, 2)]
    public void A_standby_with_another_past_is_not_taken(int have, int model)
    {
        Opened(rounds: 2);
        Says(_standby, new Follow(Some.Run, 2, have, Entries.Round(model).Commit.Global)); // fault
        Assert.Contains("are not the first of the 2 here", _standby.Next<ReplicaRefused>().Why, StringComparison.Ordinal);
        Says(_asker, Commit(3));
        _journal.Next<CommitRound>();
    }

    [Fact]
    public void The_end_is_an_entry_too()
    {
        Opened(rounds: 1);
        Follows(_standby, 1);
        Says(_asker, new FinishRun(new(new(1), Entries.Round(1).Commit.Global, null)));
        Assert.Equal(2, _standby.Next<Replicate>().Place);
        _journal.HearsNothing();
        Says(_standby, new Replicated(3, 2));
        _journal.Next<FinishRun>();
    }

    private void Opened(int rounds = 0)
    {
        var all = Enumerable.Range(1, rounds).Select(r => Entries.Round(r).Commit);
        Says(_journal, new RunOpened([.. all], rounds == 0 ? null : new CountingMethod().Initialise(), null, Epoch: 3));
        _asker.Next<RunOpened>();
    }

    private void Follows(TestProbe standby, int have)
    {
        Says(standby, new Follow(Some.Run, 2, have, have == 0 ? null : Entries.Round(have).Commit.Global));
        Assert.Equal(have, standby.Next<InStep>().Have);
        Assert.IsType<StandbysInStep>(_run.Rest()[^1]);
    }

    private void Says(TestProbe who, object what)
    {
        who.Send(_replicator, what);
        Clock.Settle();
    }

    private static CommitRound Commit(int round) => new(Some.Key(round), Entries.Round(round).Commit, Entries.Round(round).State);
}
