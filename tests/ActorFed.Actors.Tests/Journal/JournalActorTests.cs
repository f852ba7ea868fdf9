using ActorFed.Actors.Journal;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.TestKit;
using static ActorFed.Actors.Journal.JournalProtocol;

namespace ActorFed.Actors.Tests.Journal;

public sealed class JournalActorTests : FaultKit
{
    private static readonly ServerState State = new CountingMethod().Initialise();
    private static readonly RunHeader Header = Some.Spec().Header;

    private readonly TestProbe _asker;

    public JournalActorTests() => _asker = CreateTestProbe("asker");

    [Fact]
    public void A_round_that_cannot_be_written_is_not_answered_and_its_cause_meets_the_supervisor()
    {
        var journal = new MemoryJournal { Room = 1 };
        var (actor, parent) = Raise(JournalActor.Props(journal), "journal");
        Asks(actor, Commit(1));
        Assert.Equal(Some.Key(1), _asker.Next<RoundCommitted>().Key);
        Asks(actor, Commit(2)); // fault: the disk is full
        var fault = Assert.IsType<JournalException>(parent.Next<Fault>().Cause);
        Assert.Equal("The journal could not take run-1/round-2/0: No space left on device", fault.Message);
        Assert.IsType<IOException>(fault.InnerException);
        _asker.HearsNothing();
        Assert.Single(journal.Commits);
    }

    [Fact]
    public void What_waits_behind_a_write_that_fails_is_not_written()
    {
        var journal = new MemoryJournal { Room = 0 };
        var (actor, _) = Raise(JournalActor.Props(journal), "journal");
        _asker.Send(actor, Commit(1)); // fault: it fails, and the next was sent already
        Asks(actor, new FinishRun(new(new(1), BlobId.Of([1]), null)));
        _asker.HearsNothing();
        Assert.Null(journal.End);
    }

    [Fact]
    public void A_round_that_comes_twice_is_a_fault_and_not_a_second_round()
    {
        var journal = new MemoryJournal();
        var (actor, parent) = Raise(JournalActor.Props(journal), "journal");
        Asks(actor, Commit(1));
        Asks(actor, Commit(1)); // fault: a second manager for the same round
        _asker.Next<RoundCommitted>();
        Assert.Contains("round-1 is not the next one", parent.Next<Fault>().Cause.Message, StringComparison.Ordinal);
        Assert.Single(journal.Commits);
    }

    [Fact]
    public void A_journal_of_another_run_is_not_opened()
    {
        var journal = new MemoryJournal();
        journal.Begin(Header with { Seed = 99 }); // fault
        var (actor, parent) = Raise(JournalActor.Props(journal), "journal");
        Asks(actor, new OpenRun(Header));
        Assert.Equal(
            "The journal could not be opened: Another run's journal.",
            Assert.IsType<JournalException>(parent.Next<Fault>().Cause).Message
        );
        _asker.HearsNothing();
    }

    [Fact]
    public void A_slow_journal_writes_one_after_the_other_and_answers_each_asker()
    {
        var journal = new GatedJournal();
        var (actor, _) = Raise(JournalActor.Props(journal), "journal");
        var other = CreateTestProbe("other");
        _asker.Send(actor, Commit(1));
        other.Send(actor, Commit(2));
        journal.Entered.Wait(TimeSpan.FromSeconds(60));
        Assert.Equal(1, journal.Inside); // the second waits in the actor, not in the journal
        journal.Gate.Set(); // fault, until here: the disk is slow
        Clock.Settle();
        Assert.Equal(Some.Key(1), _asker.Next<RoundCommitted>().Key);
        Assert.Equal(Some.Key(2), other.Next<RoundCommitted>().Key);
        Assert.Equal(1, journal.MostInside);
    }

    private void Asks(IActorRef journal, object message)
    {
        _asker.Send(journal, message);
        Clock.Settle();
    }

    private static CommitRound Commit(int round) =>
        new(
            Some.Key(round),
            RoundCommit.Of(new(new(round), 0, [], [], [], [], 0, Traffic.None, Traffic.None, 0, null), State),
            State
        );

    private sealed class GatedJournal : IRunJournal
    {
        private readonly MemoryJournal _journal = new();

        public ManualResetEventSlim Gate { get; } = new();
        public ManualResetEventSlim Entered { get; } = new();
        public int Inside { get; private set; }
        public int MostInside { get; private set; }
        public RunHeader? Header => _journal.Header;
        public RoundCommit? Last => _journal.Last;
        public IReadOnlyList<RoundCommit> Commits => _journal.Commits;
        public RunEnd? End => _journal.End;

        public void Begin(RunHeader header) => _journal.Begin(header);

        public void Commit(RoundCommit commit, ServerState state)
        {
            MostInside = Math.Max(MostInside, ++Inside);
            Entered.Set();
            Gate.Wait(TimeSpan.FromSeconds(60));
            _journal.Commit(commit, state);
            Inside--;
        }

        public ServerState Load(RoundCommit commit) => _journal.Load(commit);

        public void Finish(RunEnd end) => _journal.Finish(end);
    }
}
