using System.Collections.Immutable;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Federation;
using Akka.Actor;
using static ActorFed.Actors.Rounds.ManagerProtocol;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Tests.Rounds;

/// <summary>Clients that give up, nodes that are lost, managers that are stopped, methods that fail.</summary>
public sealed class RoundManagerLossTests : RoundManagerKit
{
    [Fact]
    public void Who_gave_up_cannot_deliver_after_all()
    {
        Open();
        Accept(Ann, Bob, Cid);
        Say(Cid, new AbandonWork(Key, Cid, Refusal.OutOfMemory, "fault"));
        Say(Cid, Update(Cid)); // fault: after it gave up
        IsRefused(Cid, Refusal.OutOfMemory);
        Deliver(Ann);
        Deliver(Bob);
        var summary = Commits().Commit.Summary;
        Assert.Equal([new RefusedClient(Cid, Refusal.OutOfMemory)], summary.Refused.ToList());
        Assert.Equal([Ann, Bob], summary.Contributors.Select(c => c.Client));
        NothingLeaks();
    }

    [Fact]
    public void Who_delivered_cannot_give_up_after_all()
    {
        Open();
        Accept(Ann, Bob, Cid);
        Deliver(Ann);
        Watcher.Rest();
        Say(Ann, new AbandonWork(Key, Ann, Refusal.OutOfMemory, "fault")); // fault: its update is here
        Watcher.HearsNothing();
        Deliver(Bob);
        Deliver(Cid);
        Assert.Equal([Ann, Bob, Cid], Commits().Commit.Summary.Contributors.Select(c => c.Client));
        NothingLeaks();
    }

    [Fact]
    public void To_give_up_another_attempt_changes_nothing_here_and_nobody_hears_of_it()
    {
        Open();
        Accept(Ann, Bob, Cid);
        Watcher.Rest();
        Say(Ann, new AbandonWork(Key with { Attempt = 1 }, Ann, Refusal.OutOfMemory, "fault"));
        Watcher.HearsNothing();
        Deliver(Ann);
        Deliver(Bob);
        Deliver(Cid);
        Assert.Empty(Commits().Commit.Summary.Refused);
        NothingLeaks();
    }

    [Fact]
    public void When_all_have_given_up_the_round_does_not_wait_for_its_deadline()
    {
        Open();
        Accept(Ann, Bob, Cid);
        foreach (var client in new[] { Ann, Bob, Cid })
        {
            Say(client, new AbandonWork(Key, client, Refusal.CorruptShard, "fault"));
        }

        Assert.Equal(3, Run.Next<QuorumMissed>().Summary.Refused.Length);
        NothingLeaks();
    }

    [Fact]
    public void The_clients_of_a_lost_node_are_absent_and_the_round_goes_on()
    {
        Open();
        Accept(Ann, Bob, Cid);
        Deliver(Ann);
        LoseNodeOf(Cid); // fault: in the middle of its training
        LoseNodeOf(Ann); // fault: after its update was received, which still counts
        Journal.HearsNothing();
        Say(Cid, Update(Cid)); // fault: its node is back, with an update of before
        IsRefused(Cid, Refusal.Late);
        Deliver(Bob);
        var summary = Commits().Commit.Summary;
        Assert.Equal([Ann, Bob], summary.Contributors.Select(c => c.Client));
        Assert.Equal([Cid], summary.Absent.ToList());
        NothingLeaks();
    }

    [Fact]
    public void With_every_node_lost_the_round_ends_at_once_below_its_quorum()
    {
        Open();
        Accept(Ann, Bob, Cid);
        Deliver(Ann);
        LoseNodeOf(Bob);
        LoseNodeOf(Cid);
        var missed = Run.Next<QuorumMissed>();
        Assert.Equal([Bob, Cid], missed.Summary.Absent.ToList());
        Assert.Equal(0, missed.Summary.Seconds);
        IsOver(counted: false, Ann, Bob, Cid);
        NothingLeaks();
    }

    [Fact]
    public void A_bug_in_a_client_fails_the_manager_with_its_words_and_everybody_is_told()
    {
        Open();
        Accept(Ann, Bob, Cid);
        Deliver(Ann);
        Say(Bob, new ReportBug(Key with { Attempt = 7 }, Bob, "of another attempt"));
        Run.HearsNothing();
        Say(Bob, new ReportBug(Key, Bob, "fault: an unforeseen one")); // fault
        var fault = Assert.IsType<ClientBugException>(Run.Next<Fault>().Cause);
        Assert.Equal((Bob, Key), (fault.Client, fault.Key));
        Assert.Contains("fault: an unforeseen one", fault.Message, StringComparison.Ordinal);
        IsOver(counted: false, Ann, Bob, Cid);
        NothingLeaks();
    }

    [Fact]
    public void A_bug_is_not_swallowed_because_it_comes_while_the_round_is_committed()
    {
        Open();
        Accept(Ann, Bob, Cid);
        Deliver(Ann);
        Deliver(Bob);
        Clock.Advance(Options.Deadline);
        Journal.Next<Actors.Journal.JournalProtocol.CommitRound>();
        Say(Cid, new ReportBug(Key, Cid, "fault: while the others commit")); // fault
        Assert.IsType<ClientBugException>(Run.Next<Fault>().Cause);
        NothingLeaks();
    }

    public static TheoryData<object> Ends => [PoisonPill.Instance, Kill.Instance];

    [Theory, MemberData(nameof(Ends))]
    public void A_manager_that_is_stopped_in_the_middle_tells_everybody_and_lets_go_of_its_blobs(object end)
    {
        Open();
        Accept(Ann, Bob);
        Deliver(Ann);
        Assert.True(Blobs.Held > 0);
        Watch(Manager);
        Manager.Tell(end); // fault
        Clock.Settle();
        ExpectTerminated(Manager, TimeSpan.Zero);
        IsOver(counted: false, Ann, Bob, Cid);
        Journal.HearsNothing();
        NothingLeaks();
    }

    [Fact]
    public void A_method_that_cannot_assign_fails_the_manager()
    {
        Open(method: new FaultyMethod { OnAssign = () => throw new InvalidOperationException("fault: assign") });
        Say(Ann, new InviteAccepted(Key, Ann));
        Assert.Equal("fault: assign", Run.Next<Fault>().Cause.Message);
        IsOver(counted: false, Ann, Bob, Cid);
        NothingLeaks();
    }

    [Fact]
    public void A_method_that_cannot_aggregate_any_update_fails_the_manager_and_is_named()
    {
        Open(method: new FaultyMethod { OnAggregate = () => throw new InvalidOperationException("fault: aggregate") });
        Accept(Ann, Bob, Cid);
        Deliver(Ann);
        Deliver(Bob);
        Deliver(Cid);
        var fault = Assert.IsType<AggregationException>(Run.Next<Fault>().Cause);
        Assert.Equal("faulty could not aggregate run-1/round-1/0: fault: aggregate", fault.Message);
        IsOver(counted: false, Ann, Bob, Cid);
        Journal.HearsNothing();
        NothingLeaks();
    }

    [Fact]
    public void A_store_without_room_for_the_start_fails_the_manager_and_says_how_much_was_missing()
    {
        Open(blobs: new MemoryBlobStore(bound: 10)); // fault: 10 bytes
        Say(Ann, new InviteAccepted(Key, Ann));
        var fault = Assert.IsType<BlobStoreFullException>(Run.Next<Fault>().Cause);
        Assert.Equal((0, 10), (fault.Held, fault.Bound));
        IsOver(counted: false, Ann, Bob, Cid);
    }

    private void LoseNodeOf(ClientId client)
    {
        Manager.Tell(new ClientsLost([client]));
        Clock.Settle();
    }
}
