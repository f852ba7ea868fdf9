using System.Collections.Immutable;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Evaluating;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Replication;
using ActorFed.Actors.Roster;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Store;
using ActorFed.Actors.Supervision;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Wire;
using ActorFed.Training.Federation;
using Akka.Actor;
using static ActorFed.Actors.Evaluating.EvaluationProtocol;
using static ActorFed.Actors.Journal.JournalProtocol;
using static ActorFed.Actors.Replication.ReplicaProtocol;
using static ActorFed.Actors.Roster.RosterProtocol;
using static ActorFed.Actors.Rounds.ManagerProtocol;
using static ActorFed.Actors.Runs.RunProtocol;
using static ActorFed.Actors.Runs.StatusProtocol;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Runs;

/// <summary>One run: opens its journal, waits for its clients, holds round after round, and ends.</summary>
/// <remarks>
/// Opening ──RunOpened──▶ Gathering ──all registered──▶ Holding ──last round──▶ Testing ──▶ Finishing ──▶ Ended;
/// from anywhere: a fault ──▶ Ended (failed); stop ──▶ Ended (not completed).
/// </remarks>
public sealed class RunActor : ReceiveActor, IWithTimers
{
    private readonly RunSpec _spec;
    private readonly IBlobStore _blobs;
    private readonly IActorRef _registry;
    private readonly IActorRef _journal;
    private readonly IActorRef _evaluator;
    private readonly IActorRef _source;
    private readonly IActorRef? _fetcher;
    private readonly IActorRef? _replicas;
    private readonly int _standbys;
    private readonly Identity? _identity;
    private readonly List<IActorRef> _waiting = [];
    private ImmutableArray<NodeEntry> _entries = [];
    private ImmutableDictionary<ClientId, IActorRef> _nodes = ImmutableDictionary<ClientId, IActorRef>.Empty;
    private IActorRef? _before;
    private IActorRef? _manager;
    private bool _stopping;
    private int _inStep;

    private RunActor(RunSpec spec, IBlobStore blobs, IRunJournal journal, WorkQueue work, ServerPorts? server)
    {
        (_spec, _blobs, _identity) = (spec, blobs, server?.IdentityOf(spec.Header));
        _registry = Context.Watch(Context.ActorOf(RegistryActor.Props(_identity, server?.Gate), "registry"));
        _source = Context.Watch(Context.ActorOf(BlobSource.Props(blobs, server?.Transfer.KeepSent ?? 0), "blobs"));
        _fetcher = server is { Transfer: var t } ? Context.Watch(Context.ActorOf(t.Fetcher, "fetcher")) : null;
        _journal = Context.Watch(Context.ActorOf(JournalActor.Props(journal), "journal"));
        if (server?.Standbys is { } standbys)
        {
            _standbys = standbys;
            _replicas = Context.Watch(Context.ActorOf(ReplicatorActor.Props(spec.Run, _journal, _source, blobs), "replicas"));
            _journal = _replicas; // an entry is written once the standbys have it
        }

        _evaluator = Context.Watch(Context.ActorOf(EvaluatorActor.Props(work), "evaluator"));
        Become(Opening);
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="blobs">Where tensors are.</param>
    /// <param name="journal">Where decisions are kept.</param>
    /// <param name="work">Devices that evaluate.</param>
    /// <param name="server">For nodes of other processes; null where all are of this one.</param>
    public static Props Props(RunSpec spec, IBlobStore blobs, IRunJournal journal, WorkQueue work, ServerPorts? server = null) =>
        Akka.Actor.Props.Create(() => new RunActor(spec, blobs, journal, work, server));

    /// <inheritdoc />
    protected override void PreStart() => _journal.Tell(new OpenRun(_spec.Header));

    // No child of the server can be spared: each fault ends the run, with its cause.
    /// <inheritdoc />
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(
            fault =>
            {
                Self.Tell(new ChildFailed(RunSupervision.Explain(Sender.Path.Name, fault), fault));
                return Directive.Stop;
            },
            loggingEnabled: false // the run's failure carries the fault: who waits for the run decides how much of it people see
        );

    private void Opening()
    {
        Always(RunStage.Opening, null, () => Stop(null));
        Receive<RunOpened>(m =>
        {
            var progress = RunProgress.From(m.Commits, m.State ?? _spec.Method.Initialise());
            _registry.Tell(new EpochBegun(m.Epoch));
            if (_identity is not null)
            {
                Publish(new RunLed(_spec.Run, Self, m.Epoch, progress.Last));
            }

            if (m.End is { } end)
            {
                End(new(Completed: true, [.. progress.Commits], progress.State, end));
                return;
            }

            var goesOn = (m.Epoch > 1 || !m.Commits.IsEmpty) && _spec.Contributors is null; // a run that is held again needs everybody
            var patience = goesOn ? _spec.RejoinWithin : null;
            Become(() => Gathering(progress, patience));
            Wait(patience);
            GoOnWhenAllAreHere(progress);
        });
        Receive<RosterChanged>(Note);
    }

    private void Gathering(RunProgress progress, TimeSpan? patience)
    {
        Always(RunStage.Gathering, progress, () => Stop(progress));
        Receive<RosterChanged>(m =>
        {
            Note(m);
            Wait(patience);
            GoOnWhenAllAreHere(progress);
        });
        Receive<RejoinOver>(_ => Wait(patience), _ => _inStep < _standbys || _nodes.Count < _spec.Round.Quorum);
        Receive<RejoinOver>(_ =>
        {
            Publish(new ClientsMissed(_spec.Run, _nodes.Count, _spec.Clients.Length));
            Begin(progress);
        });
        Receive<StandbysInStep>(m =>
        {
            Note(m);
            GoOnWhenAllAreHere(progress);
        });
    }

    private void GoOnWhenAllAreHere(RunProgress progress)
    {
        if (_inStep >= _standbys && _spec.Clients.All(c => _nodes.ContainsKey(c.Client)))
        {
            Begin(progress);
        }
    }

    // In a run that goes on a node may have died with its server: its clients are absent then, as in any round.
    private void Wait(TimeSpan? patience)
    {
        if (patience is { } within)
        {
            Timers.StartSingleTimer(nameof(RejoinOver), new RejoinOver(), within);
        }
    }

    private void Begin(RunProgress progress)
    {
        Timers.Cancel(nameof(RejoinOver));
        Publish(new RunStarted(_spec.Run, _spec.LastRound, progress.Last));
        GoOn(progress);
    }

    private void Holding(RunProgress progress)
    {
        Always(RunStage.Holding, progress, () => _stopping = true);
        Receive<RosterChanged>(m =>
        {
            Note(m);
            _manager?.Tell(new ClientsLost(m.Lost));
        });
        Receive<RoundDone>(m =>
        {
            Publish(new RoundClosed(_spec.Run, m.Commit.Summary));
            GoOn(progress.With(m.Commit, m.State));
        });
        Receive<QuorumMissed>(m =>
        {
            Publish(new AttemptFailed(_spec.Run, m.Summary, _spec.Round.Quorum));
            TryAgain(progress.WithMissed(m.Summary), m.Summary, m.Words);
        });
    }

    private void TryAgain(RunProgress progress, RoundSummary missed, string? words)
    {
        if (progress.Attempt < _spec.Round.Attempts)
        {
            GoOn(progress);
            return;
        }

        Fail(RunSupervision.Explain(missed, progress.Attempt, _spec.Round.Quorum, words), cause: null);
    }

    private void GoOn(RunProgress progress)
    {
        if (progress.Last.Number >= _spec.LastRound)
        {
            Test(progress);
            return;
        }

        if (_stopping)
        {
            Stop(progress);
            return;
        }

        Open(progress);
        Become(() => Holding(progress));
    }

    private void Open(RunProgress progress)
    {
        var key = new RoundKey(_spec.Run, progress.Last.Next, progress.Attempt);
        var options = _spec.RoundOf(key.Round);
        var plan = new RoundPlan(
            key,
            options,
            progress.State,
            Invitees.Of(_spec.CohortOf(key.Round, key.Attempt, options), _spec.Clients, progress.Counted, _nodes, _entries),
            _spec.Method,
            _blobs,
            _spec.Validates(key.Round),
            progress.Earlier,
            _fetcher
        );
        if (_before is not null)
        {
            Context.Unwatch(_before);
            Context.Stop(_before);
        }

        var name = key.Attempt == 0 ? $"round-{key.Round.Number}" : $"round-{key.Round.Number}-{key.Attempt}";
        (_before, _manager) = (_manager, Context.Watch(Context.ActorOf(RoundManager.Props(plan, _evaluator, _journal), name)));
    }

    private void Test(RunProgress progress)
    {
        if (!_spec.TestAtEnd)
        {
            Finish(progress, test: null);
            return;
        }

        _evaluator.Tell(new Evaluate(progress.Last, progress.State.Global, CorpusPart.Test));
        Become(() =>
        {
            Always(RunStage.Finishing, progress, () => _stopping = true);
            Receive<RosterChanged>(Note);
            Receive<Evaluated>(m => Finish(progress, m.Result));
        });
    }

    private void Finish(RunProgress progress, Evaluation? test)
    {
        var global = progress.State.Global.Id;
        _journal.Tell(new FinishRun(new(progress.Last, global, test)));
        Become(() =>
        {
            Always(RunStage.Finishing, progress, () => _stopping = true);
            Receive<RosterChanged>(Note);
            Receive<RunFinishedDurably>(m => End(new(Completed: true, [.. progress.Commits], progress.State, m.End)));
        });
    }

    private void Stop(RunProgress? progress)
    {
        var state = progress?.State ?? _spec.Method.Initialise();
        End(new(Completed: false, [.. progress?.Commits ?? []], state, End: null));
    }

    private void End(RunOutcome outcome)
    {
        StopManagers();
        Publish(new RunFinished(_spec.Run, outcome));
        Dismiss(outcome.Completed, outcome.Completed ? "all rounds are done" : "it was stopped");
        _waiting.ForEach(asker => asker.Tell(outcome));
        Become(() => Ended(outcome));
    }

    private void Fail(string why, Exception? cause)
    {
        StopManagers();
        var failure = new RunFailedException(_spec.Run, why, cause);
        Publish(new RunFailed(_spec.Run, failure));
        Dismiss(completed: false, failure.Message);
        _waiting.ForEach(asker => asker.Tell(new Status.Failure(failure)));
        Become(() => Ended(new Status.Failure(failure)));
    }

    private void Dismiss(bool completed, string detail)
    {
        // Within one process the launcher's task says so. What this server cannot end, another may: its standby goes on.
        var told = _identity is not null && (completed || _replicas is null);
        foreach (var node in told ? _nodes.Values.Distinct() : [])
        {
            node.Tell(new RunEnded(_spec.Run, completed, detail));
        }
    }

    private void Ended(object outcome)
    {
        AnswerNodes(RunStage.Ended, () => outcome is RunOutcome o ? RunProgress.From(o.Commits, o.State) : null);
        Receive<AwaitOutcome>(_ => Sender.Tell(outcome));
        ReceiveAny(_ => { }); // what was on its way when the run ended
    }

    private void StopManagers()
    {
        foreach (var manager in new[] { _before, _manager }.OfType<IActorRef>())
        {
            Context.Stop(manager);
        }

        (_before, _manager) = (null, null);
    }

    private void Always(RunStage stage, RunProgress? progress, Action stop)
    {
        AnswerNodes(stage, () => progress);
        Receive<AwaitOutcome>(_ => _waiting.Add(Sender));
        Receive<NodeFailed>(m => Fail($"node {m.Node} failed: {m.Detail}", cause: null), _ => IsNode(Sender));
        Receive<ChildFailed>(m => Fail(m.Why, m.Cause));
        Receive<Terminated>(m => Fail($"{m.ActorRef.Path.Name} was stopped before the run had ended.", cause: null));
        Receive<StopAfterRound>(_ => stop());
        Receive<Abort>(_ => Stop(progress));
        if (stage is not RunStage.Gathering)
        {
            Receive<StandbysInStep>(Note);
        }
    }

    private void Note(StandbysInStep m)
    {
        if (m.Count != _inStep)
        {
            _inStep = m.Count;
            Publish(new StandbysChanged(_spec.Run, m.Count, _standbys));
        }
    }

    // Anybody who reaches this process can say that a node has failed. Within it there is one node, and it may fail before it is registered.
    private bool IsNode(IActorRef speaker) => _identity is null || _entries.Any(e => e.Actor.Equals(speaker));

    private void Note(RosterChanged m)
    {
        (_nodes, _entries) = (m.Nodes, m.Entries);
        if (_identity is not null)
        {
            Publish(new NodesChanged(_spec.Run, m.Entries.Length, m.Nodes.Count, _spec.Clients.Length));
        }
    }

    private void AnswerNodes(RunStage stage, Func<RunProgress?> progress)
    {
        Receive<AskStatus>(_ => Report(RunReport.Of(_spec, stage, progress(), _entries)));
        Receive<RegisterNode>(m => _registry.Forward(m));
        Receive<Pull>(m => _source.Forward(m));
        Receive<AskPacked>(m => _source.Forward(m));
        Receive<Follow>(m => _replicas?.Forward(m));
        Receive<AskRun>(m =>
        {
            if (_identity is { } mine)
            {
                Sender.Tell(
                    mine.Software.Against(m.Software) is { } mismatch
                        ? mismatch
                        : new RunDescription(mine, _spec.Header.Settings, _replicas is not null)
                );
            }
        });
    }

    private void Report(StatusProtocol.RunStatus known)
    {
        var status = known with { Standbys = _standbys, InStep = _inStep };
        if (_fetcher is null)
        {
            Sender.Tell(status);
            return;
        }

        Context.ActorOf(StatusReporter.Props(status, _fetcher, Sender));
    }

    private static void Publish(IRunEvent what) => Context.System.EventStream.Publish(what);

    private sealed record ChildFailed(string Why, Exception Cause) : ILocalMessage;

    private sealed record RejoinOver : ILocalMessage;
}
