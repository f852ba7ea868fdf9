using System.Collections.Immutable;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Evaluating;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.TestKit;
using static ActorFed.Actors.Roster.RosterProtocol;
using static ActorFed.Actors.Rounds.RoundProtocol;
using static ActorFed.Actors.Runs.RunProtocol;

namespace ActorFed.Actors.Tests.Runs;

/// <summary>A real server: run, registry, journal, evaluator and managers. Its nodes are probes, and what their clients do is written here.</summary>
public sealed class RunActorTests : FaultKit
{
    private static readonly TimeSpan Hang = Seconds(60);
    private static readonly TimeSpan Rejoin = Seconds(300);
    private static readonly ClientId[] Clients = [.. Enumerable.Range(0, 4).Select(ClientId.Of)];
    private static readonly RoundOptions Options = Some.Options with { PerRound = 4, Quorum = 2, Attempts = 2 };

    private readonly TestProbe _one;
    private readonly TestProbe _two;
    private readonly TestProbe _missed;
    private readonly HashSet<ClientId> _silent = [];
    private readonly Dictionary<ClientId, BlobId> _uploads = [];
    private MemoryJournal _journal = new();
    private IActorRef _run = ActorRefs.Nobody;
    private Task<RunOutcome>? _outcome;

    public RunActorTests() => (_one, _two, _missed) = (CreateTestProbe("one"), CreateTestProbe("two"), CreateTestProbe("missed"));

    [Fact]
    public void A_node_lost_in_mid_round_costs_its_clients_and_the_round_goes_on()
    {
        StartWithBothNodes(Spec(rounds: 1));
        _silent.UnionWith([Clients[2], Clients[3]]);
        Play(_one, _two);
        Sys.Stop(_two.Ref); // fault: while its clients train
        Clock.Settle();
        Play(_one);
        var summary = Outcome().Commits.Single().Summary;
        Assert.Equal([Clients[0], Clients[1]], summary.Contributors.Select(c => c.Client));
        Assert.Equal([Clients[2], Clients[3]], summary.Absent.ToList());
        Assert.True(summary.Seconds < Options.Deadline.TotalSeconds); // nobody waited for those who cannot come
        NothingLeaks();
    }

    [Fact]
    public void A_node_that_is_back_under_its_name_is_invited_to_the_next_attempt()
    {
        StartWithBothNodes(Spec(rounds: 1, options: Options with { Quorum = 4 }));
        _silent.UnionWith(Clients);
        Play(_one, _two);
        Sys.Stop(_two.Ref); // fault
        Clock.Settle();
        var back = CreateTestProbe("two-again");
        Registers(back, "two", Clients[2..]);
        Clock.Advance(Options.Deadline); // the attempt misses its quorum, and the next one begins
        _silent.Clear();
        Play(_one, back);
        var commit = Outcome().Commits.Single();
        Assert.Equal(1, commit.Attempt);
        Assert.Equal(Clients, commit.Summary.Contributors.Select(c => c.Client));
        NothingLeaks();
    }

    [Fact]
    public void A_quorum_that_is_missed_brings_another_cohort_and_at_last_the_reasons()
    {
        var spec = Spec(rounds: 1, options: Options with { PerRound = 2 });
        StartWithBothNodes(spec);
        _silent.UnionWith(Clients);
        foreach (var attempt in new[] { 0, 1 })
        {
            var invited = Play(_one, _two).OfType<Invite>().Select(m => m.Client).Order();
            Assert.Equal(spec.CohortOf(new(1), attempt, spec.Round).Order(), invited);
            Clock.Advance(Options.Deadline); // fault: nobody delivers
        }

        Play(_one, _two);
        Assert.Equal(
            "round-1 had fewer updates than the quorum of 2 in 2 attempts; in the last one 0 counted, 0 were absent, 2 late.",
            Failure().Why
        );
        Assert.Empty(_journal.Commits);
        NothingLeaks();
    }

    [Fact]
    public void A_node_lost_while_the_run_gathers_is_waited_for()
    {
        Start(Spec(rounds: 1));
        Registers(_one, "one", Clients[..2]);
        Sys.Stop(_one.Ref); // fault
        Clock.Settle();
        Registers(_two, "two", Clients[2..]);
        Assert.Empty(Play(_two));
        var back = CreateTestProbe("one-again");
        Registers(back, "one", Clients[..2]);
        Play(back, _two);
        Assert.True(Outcome().Completed);
        NothingLeaks();
    }

    [Fact]
    public void A_run_that_goes_on_does_so_without_the_clients_of_a_node_that_died_with_its_server()
    {
        Interrupted();
        Registers(_one, "one", Clients[..2]); // fault: two died with the server
        Clock.Advance(Rejoin - Seconds(1));
        Assert.Empty(Play(_one));
        Clock.Advance(Seconds(1));
        Play(_one);
        Clock.Advance(Options.AnswerWithin); // of clients that are nowhere
        Play(_one);
        Assert.Equal(new ClientsMissed(Spec(rounds: 2).Run, Here: 2, Clients: 4), _missed.Next<ClientsMissed>());
        Assert.Equal(Clients[2..], Outcome().Commits[^1].Summary.Absent.ToList());
        NothingLeaks();
    }

    [Fact]
    public void Every_node_that_comes_back_gives_the_others_that_long_again()
    {
        Interrupted();
        Clock.Advance(Rejoin * 3); // nobody at all: fewer than the quorum
        Registers(_one, "one", Clients[..2]);
        Clock.Advance(Rejoin - Seconds(1));
        Registers(_two, "two", Clients[2..]);
        Play(_one, _two);
        Assert.Empty(Outcome().Commits[^1].Summary.Absent);
        _missed.HearsNothing();
        NothingLeaks();
    }

    [Fact]
    public void A_run_that_begins_waits_for_all_however_long()
    {
        Start(Spec(rounds: 1) with { RejoinWithin = Rejoin });
        Registers(_one, "one", Clients[..2]);
        Clock.Advance(Rejoin * 100);
        Assert.Empty(Play(_one));
        Registers(_two, "two", Clients[2..]);
        Play(_one, _two);
        Assert.Empty(Outcome().Commits.Single().Summary.Absent);
    }

    [Fact]
    public void A_node_that_names_a_client_twice_has_it_once()
    {
        Start(Spec(rounds: 1));
        Registers(_one, "one", [Clients[0], Clients[0], Clients[1]]); // fault: nobody honest says so, and anybody can
        Registers(_two, "two", Clients[2..]);
        Play(_one, _two);
        Assert.Equal(Clients, Outcome().Commits.Single().Summary.Contributors.Select(c => c.Client));
        NothingLeaks();
    }

    [Fact]
    public void A_second_node_with_a_client_of_the_first_is_refused_and_the_run_goes_on_without_it()
    {
        StartWithBothNodes(Spec(rounds: 1));
        var third = CreateTestProbe("third");
        third.Send(_run, new RegisterNode("third", [Clients[1]], 1)); // fault: it lives on one
        Clock.Settle();
        Assert.Equal(new NodeRefused("third", Clients[1], "one"), third.Next<NodeRefused>());
        Play(_one, _two);
        Assert.True(Outcome().Completed);
        third.HearsNothing();
    }

    [Fact]
    public void A_journal_that_cannot_commit_fails_the_run_nobody_is_told_and_it_can_go_on()
    {
        _journal = new() { Room = 1 };
        StartWithBothNodes(Spec(rounds: 2));
        var heard = Play(_one, _two); // fault: the disk takes one round
        Assert.Equal([true, false], heard.OfType<RoundOver>().GroupBy(m => m.Key.Round).Select(g => g.All(m => m.Counted)));
        Assert.IsType<JournalException>(Failure().InnerException);
        Assert.Single(_journal.Commits);
        NothingLeaks();

        Sys.Stop(_run);
        Clock.Settle();
        _journal.Room = 2;
        StartWithBothNodes(Spec(rounds: 2));
        var again = Play(_one, _two).OfType<Invite>().Select(m => m.Key.Round.Number).Distinct();
        Assert.Equal([2], again); // the round that was committed is not held again
        Assert.Equal([1, 2], Outcome().Commits.Select(c => c.Round.Number));
        NothingLeaks();
    }

    [Fact]
    public void An_evaluator_that_throws_fails_the_run_with_its_cause()
    {
        StartWithBothNodes(Spec(rounds: 1), evaluate: () => throw new InvalidOperationException("fault: no documents"));
        Play(_one, _two);
        var failure = Failure();
        Assert.Equal("evaluator failed: The evaluation failed: fault: no documents", failure.Why);
        Assert.IsType<EvaluationException>(failure.InnerException);
        Assert.Empty(_journal.Commits);
        NothingLeaks();
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("evaluator")]
    [InlineData("registry")]
    [InlineData("round-1")]
    public void A_part_of_the_server_that_somebody_stops_fails_the_run_and_is_named(string child)
    {
        StartWithBothNodes(Spec(rounds: 1));
        _silent.UnionWith(Clients);
        Play(_one, _two);
        Sys.ActorSelection(_run.Path / child).Tell(PoisonPill.Instance); // fault: the run would wait for it for ever
        Clock.Settle();
        Assert.Equal($"{child} was stopped before the run had ended.", Failure().Why);
        Play(_one, _two);
        NothingLeaks();
    }

    [Fact]
    public void A_node_that_reports_a_fault_fails_the_run_with_its_words()
    {
        StartWithBothNodes(Spec(rounds: 1));
        _two.Send(_run, new NodeFailed("two", "fault: the disk is gone"));
        Clock.Settle();
        Assert.Equal("node two failed: fault: the disk is gone", Failure().Why);
        var told = Play(_one, _two).OfType<RoundOver>().ToList();
        Assert.Equal(4, told.Count); // and what its clients still do is in vain
        Assert.All(told, m => Assert.False(m.Counted));
        NothingLeaks();
    }

    [Fact]
    public void To_abort_ends_the_round_for_everybody_and_keeps_the_last_commit()
    {
        StartWithBothNodes(Spec(rounds: 3));
        _silent.UnionWith(Clients);
        Play(_one, _two);
        _run.Tell(new Abort()); // fault: Ctrl-C, twice
        Clock.Settle();
        Assert.Equal(4, Play(_one, _two).OfType<RoundOver>().Count());
        var outcome = Outcome();
        Assert.False(outcome.Completed);
        Assert.Empty(outcome.Commits);
        NothingLeaks();
        _run.Tell(new Abort()); // once more: it has ended
        _run.Tell(new StopAfterRound());
        Clock.Settle();
        Asks();
        Assert.Same(outcome, Outcome());
    }

    // One round is committed, then its server is gone, and another one opens the journal.
    private void Interrupted()
    {
        _journal = new() { Room = 1 };
        StartWithBothNodes(Spec(rounds: 2));
        Play(_one, _two);
        Failure();
        Sys.Stop(_run);
        Clock.Settle();
        _journal.Room = 2;
        Sys.EventStream.Subscribe(_missed.Ref, typeof(ClientsMissed));
        Start(Spec(rounds: 2) with { RejoinWithin = Rejoin });
    }

    private static RunSpec Spec(int rounds, RoundOptions? options = null) =>
        Some.Spec(clients: 4, rounds: rounds, options: options ?? Options);

    private void Start(RunSpec spec, Action? evaluate = null)
    {
        var work = new WorkQueue();
        var device = new EvaluatingDevice(evaluate ?? (() => { }));
        Sys.ActorOf(DeviceActor.Props(device, work));
        _run = Sys.ActorOf(RunActor.Props(spec, Blobs, _journal, work));
        Asks();
    }

    private void StartWithBothNodes(RunSpec spec, Action? evaluate = null)
    {
        Start(spec, evaluate);
        Registers(_one, "one", Clients[..2]);
        Registers(_two, "two", Clients[2..]);
    }

    private void Registers(TestProbe node, string name, ClientId[] clients)
    {
        node.Send(_run, new RegisterNode(name, [.. clients], 1));
        Clock.Settle();
        Assert.Equal(new NodeRegistered(name), node.Next<NodeRegistered>());
    }

    /// <summary>The clients of these nodes do what they are told, the silent ones all but deliver, until nobody says anything more.</summary>
    private List<IClientMessage> Play(params TestProbe[] nodes)
    {
        var heard = new List<IClientMessage>();
        while (nodes.FirstOrDefault(n => n.HasMessages) is { } node)
        {
            var message = node.Next<IClientMessage>();
            heard.Add(message);
            if (Answer(message) is { } answer)
            {
                node.Reply(answer);
                Clock.Settle();
            }
        }

        return heard;
    }

    private IClientMessage? Answer(IClientMessage message)
    {
        switch (message)
        {
            case Invite m:
                return new InviteAccepted(m.Key, m.Client);
            case AssignWork m when !_silent.Contains(m.Client):
                return Update(m);
            case RoundOver m when _uploads.Remove(m.Client, out var upload):
                Blobs.Drop(upload);
                return null;
            default:
                return null;
        }
    }

    private SubmitUpdate Update(AssignWork m)
    {
        var blob = _uploads[m.Client] = Blobs.Put(Blobs.Get(m.Start));
        return new(m.Key, m.Client, blob, 1, 1, 0.5, false, ImmutableSortedDictionary<string, double>.Empty);
    }

    private void Asks()
    {
        _outcome = _run.Ask<RunOutcome>(new AwaitOutcome(), CancellationToken.None);
        Clock.Settle();
    }

    // The answer was told when the clock had settled; the task that carries it may complete a moment later.
    private RunOutcome Outcome() => _outcome!.WaitAsync(Hang).GetAwaiter().GetResult();

    private RunFailedException Failure() => Assert.Throws<RunFailedException>(() => Outcome());

    private void NothingLeaks() => Assert.Equal(0, Blobs.Held);

    private sealed class EvaluatingDevice(Action fault) : IDevice
    {
        private readonly CountingDevice _counting = new();

        public string Name => "cpu-0";
        public int Slots => 1;

        public JobSize Measure(LocalWork work) => _counting.Measure(work);

        public Task<LocalResult> TrainAsync(LocalWork work, CancellationToken cancel) => _counting.TrainAsync(work, cancel);

        public Task<Evaluation> EvaluateAsync(TensorSet global, CorpusPart part, CancellationToken cancel)
        {
            fault();
            return _counting.EvaluateAsync(global, part, cancel);
        }
    }
}
