using ActorFed.Actors.Rounds;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Federation;
using Akka.Actor;
using static ActorFed.Actors.Journal.JournalProtocol;
using static ActorFed.Actors.Rounds.ManagerProtocol;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Tests.Rounds;

/// <summary>Early, in the same instant, late.</summary>
public sealed class RoundManagerTimeTests : RoundManagerKit
{
    [Fact]
    public void One_tick_before_the_deadline_an_update_counts()
    {
        OpenWithTwoDelivered();
        Clock.Advance(Options.Deadline - OneTick);
        Journal.HearsNothing();
        Deliver(Cid);
        var summary = Commits().Commit.Summary;
        Assert.Equal(3, summary.Contributors.Length);
        Assert.Equal((Options.Deadline - OneTick).TotalSeconds, summary.Seconds);
        NothingLeaks();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void At_the_deadline_and_after_it_an_update_is_late(long ticks)
    {
        OpenWithTwoDelivered();
        Clock.Advance(Options.Deadline + TimeSpan.FromTicks(ticks)); // fault: it comes then
        Say(Cid, Update(Cid));
        IsRefused(Cid, Refusal.Late);
        IsTheRoundOfTwo();
    }

    [Fact]
    public void In_the_instant_of_the_deadline_but_before_its_timer_an_update_is_late_too()
    {
        // fault: scheduled before the manager's own timer, so the manager handles it first
        Sys.Scheduler.Advanced.ScheduleOnce(Options.Deadline, () => Manager.Tell(Update(Cid), NodeOf(Cid).Ref));
        OpenWithTwoDelivered();
        Clock.Advance(Options.Deadline);
        IsRefused(Cid, Refusal.Late);
        IsTheRoundOfTwo();
    }

    [Fact]
    public void A_deadline_without_a_quorum_counts_nobody()
    {
        Open();
        Accept(Ann, Bob, Cid);
        Deliver(Ann);
        Clock.Advance(Options.Deadline); // fault: bob and cid are silent
        var missed = Run.Next<QuorumMissed>();
        Assert.Equal([Bob, Cid], missed.Summary.Late.ToList());
        Assert.Equal(Options.Deadline.TotalSeconds, missed.Summary.Seconds);
        IsOver(counted: false, Ann, Bob, Cid);
        Journal.HearsNothing();

        Say(Bob, Update(Bob)); // fault: it wakes after the close
        IsRefused(Bob, Refusal.Late);
        Say(Ann, Update(Ann)); // its answer was lost: it asks again
        IsRefused(Ann, Refusal.Late);
        NothingLeaks();
    }

    [Fact]
    public void Who_does_not_answer_in_time_is_absent_and_the_round_does_not_wait_for_it()
    {
        Open();
        Accept(Ann, Bob);
        Deliver(Ann);
        Deliver(Bob);
        Clock.Advance(Options.AnswerWithin - OneTick);
        Journal.HearsNothing();
        Clock.Advance(OneTick);
        var summary = Commits().Commit.Summary;
        Assert.Equal([Cid], summary.Absent.ToList());
        NothingLeaks();
    }

    [Fact]
    public void A_yes_after_the_time_to_answer_gets_no_work()
    {
        Open();
        Accept(Ann, Bob);
        Clock.Advance(Options.AnswerWithin);
        Say(Cid, new InviteAccepted(Key, Cid)); // fault: too late
        HearsNothing(Cid);
        Deliver(Ann);
        Deliver(Bob);
        Assert.Equal([Cid], Commits().Commit.Summary.Absent.ToList());
        IsOver(counted: false, Cid);
        NothingLeaks();
    }

    [Fact]
    public void A_yes_after_the_deadline_hears_that_the_round_is_over()
    {
        Open();
        Clock.Advance(Options.Deadline);
        Run.Next<QuorumMissed>();
        IsOver(counted: false, Ann, Bob, Cid);
        Say(Ann, new InviteAccepted(Key, Ann)); // fault: after the deadline
        IsOver(counted: false, Ann);
        NothingLeaks();
    }

    [Fact]
    public void A_yes_that_is_repeated_gets_the_same_work_again()
    {
        Open();
        Say(Ann, new InviteAccepted(Key, Ann));
        var first = Hears<AssignWork>(Ann);
        var held = Blobs.Held;
        Say(Ann, new InviteAccepted(Key, Ann)); // fault: the assignment was lost
        Assert.Equal(first.Start, Hears<AssignWork>(Ann).Start);
        Assert.Equal(held, Blobs.Held);
        Accept(Bob);
        Deliver(Ann);
        Deliver(Bob);
        Clock.Advance(Options.AnswerWithin);
        var down = Commits().Commit.Summary.Down;
        Assert.Equal(2 * 32, down.Payload); // two clients, 8 floats each: the repeat was no second download
        NothingLeaks();
    }

    [Fact]
    public void With_enough_updates_those_of_the_same_instant_are_surplus_and_those_after_it_late()
    {
        Open(Options with { PerRound = 1, Quorum = 1 });
        Accept(Ann, Bob, Cid);
        Clock.Advance(Seconds(3));
        Deliver(Bob);
        Deliver(Ann); // the same instant: ann comes first in client order
        Clock.Advance(OneTick);
        Say(Cid, Update(Cid)); // fault: one tick later, while the round is still open
        IsRefused(Cid, Refusal.Late);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var summary = Commits().Commit.Summary;
        Assert.Equal([Ann], summary.Contributors.Select(c => c.Client));
        Assert.Equal([new RefusedClient(Bob, Refusal.Surplus)], summary.Refused.ToList());
        Assert.Equal([Cid], summary.Late.ToList());
        Assert.Equal(3, summary.Seconds);
        IsOver(counted: true, Ann);
        IsOver(counted: false, Bob, Cid);
        NothingLeaks();
    }

    private void OpenWithTwoDelivered()
    {
        Open();
        Accept(Ann, Bob, Cid);
        Deliver(Ann);
        Deliver(Bob);
    }

    private void IsTheRoundOfTwo()
    {
        var summary = Commits().Commit.Summary;
        Assert.Equal([Ann, Bob], summary.Contributors.Select(c => c.Client));
        Assert.Equal([Cid], summary.Late.ToList());
        Assert.Equal(Options.Deadline.TotalSeconds, summary.Seconds);
        IsOver(counted: false, Cid);
        Assert.Empty(Journal.Rest().OfType<CommitRound>()); // once
        NothingLeaks();
    }
}
