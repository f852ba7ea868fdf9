using ActorFed.Actors.Rounds;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Federation;
using Akka.Actor;
using static ActorFed.Actors.Evaluating.EvaluationProtocol;
using static ActorFed.Actors.Journal.JournalProtocol;
using static ActorFed.Actors.Rounds.ManagerProtocol;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Tests.Rounds;

/// <summary>A journal or an evaluator that is slow, or never answers.</summary>
public sealed class RoundManagerCommitTests : RoundManagerKit
{
    [Fact]
    public void While_the_journal_is_slow_nobody_is_told_and_those_who_ask_get_their_answers()
    {
        CloseWithoutCid();
        Clock.Advance(Seconds(1000)); // fault: the journal takes its time
        HearsNothing(Ann, Bob, Cid);
        Run.HearsNothing();

        Say(Cid, Update(Cid));
        IsRefused(Cid, Refusal.Late);
        Say(Ann, Update(Ann)); // its answer was lost
        Assert.Equal(new UpdateReceived(Key, Ann), Hears<UpdateReceived>(Ann));
        Say(Bob, Update(Bob) with { Key = Key with { Attempt = 4 } });
        IsRefused(Bob, Refusal.StaleRound);
        Say(Cid, new InviteAccepted(Key, Cid));
        IsOver(counted: false, Cid);
        Say(Cid, new AbandonWork(Key, Cid, Refusal.OutOfMemory, ""));
        Manager.Tell(new ClientsLost([Ann])); // too late to matter: its update is being committed

        Assert.Equal([Ann, Bob], Commits().Commit.Summary.Contributors.Select(c => c.Client));
        IsOver(counted: true, Ann, Bob);
        IsOver(counted: false, Cid);
        NothingLeaks();
    }

    [Fact]
    public void A_manager_that_is_stopped_before_its_commit_is_durable_tells_nobody_that_it_counts()
    {
        CloseWithoutCid();
        Journal.Next<CommitRound>(); // fault: the journal fails, and with it the run, which stops its manager
        Sys.Stop(Manager);
        Clock.Settle();
        IsOver(counted: false, Ann, Bob, Cid);
        Run.HearsNothing();
        NothingLeaks();
    }

    [Fact]
    public void The_commit_waits_for_the_evaluation_and_carries_it()
    {
        CloseWithoutCid(validate: true);
        Clock.Advance(Seconds(1000)); // fault: the evaluator takes its time
        Journal.HearsNothing();
        Say(Cid, Update(Cid));
        IsRefused(Cid, Refusal.Late);

        var asked = Evaluator.Next<Evaluate>();
        Assert.Equal(CorpusPart.Validation, asked.Part);
        var result = new Evaluation(10, 0.5, 0.5, 0.5, 1);
        Evaluator.Reply(new Evaluated(asked.Round, asked.Part, result));
        Clock.Settle();
        Assert.Equal(result, Commits().Commit.Summary.Evaluation);
        NothingLeaks();
    }

    [Fact]
    public void An_answer_of_the_journal_that_comes_twice_announces_once()
    {
        CloseWithoutCid();
        Commits();
        IsOver(counted: true, Ann, Bob);
        Journal.Send(Manager, new RoundCommitted(Key)); // fault: a second copy
        Clock.Settle();
        HearsNothing(Ann, Bob);
        Run.HearsNothing();
        NothingLeaks();
    }

    [Fact]
    public void After_the_round_is_over_a_client_that_missed_it_still_gets_its_answer()
    {
        CloseWithoutCid();
        Commits();
        IsOver(counted: true, Ann, Bob);
        IsOver(counted: false, Cid);
        Say(Cid, Update(Cid)); // fault: RoundOver was lost
        IsRefused(Cid, Refusal.Late);
        NothingLeaks();
    }

    private void CloseWithoutCid(bool validate = false)
    {
        Open(validate: validate);
        Accept(Ann, Bob, Cid);
        Deliver(Ann);
        Deliver(Bob);
        Clock.Advance(Options.Deadline);
    }
}
