using ActorFed.Actors.Journal;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Trust;
using ActorFed.Kernel.VirtualTime;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;
using static ActorFed.Actors.Evaluating.EvaluationProtocol;
using static ActorFed.Actors.Journal.JournalProtocol;
using static ActorFed.Actors.Rounds.ManagerProtocol;
using static ActorFed.Actors.Rounds.RoundProtocol;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Rounds;

/// <summary>Acts for one attempt of one round; <see cref="RoundLedger"/> decides. Nobody hears of a round before its commit is durable.</summary>
/// <remarks>
/// Collecting ──all | deadline | enough──▶ Aggregating ──▶ (Evaluating) ──▶ Committing ──▶ Over;  below quorum: Collecting ──▶ Over.
/// </remarks>
public sealed class RoundManager : ReceiveActor, IWithTimers
{
    // Updates of the instant in which the round became complete are still on their way; the clock moves only after they are here.
    private static readonly TimeSpan SameInstant = TimeSpan.FromMilliseconds(1);

    private readonly RoundPlan _plan;
    private readonly IActorRef _evaluator;
    private readonly IActorRef _journal;
    private readonly RoundTraffic _traffic;
    private readonly PendingUpdates _pending;
    private readonly Dictionary<ClientId, Invitee> _cohort;
    private readonly SortedDictionary<ClientId, string> _gaveUp = [];
    private TimeSpan _opened;
    private bool _announced;

    private RoundManager(RoundPlan plan, IActorRef evaluator, IActorRef journal)
    {
        (_plan, _evaluator, _journal) = (plan, evaluator, journal);
        (_traffic, _pending) = (new(plan.Blobs), new(plan.Fetcher, plan.Blobs));
        _cohort = plan.Cohort.ToDictionary(i => i.Profile.Client);
        Become(() => Collecting(new(plan.Key, plan.Options.PerRound, plan.Options.Deadline, [.. _cohort.Keys])));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Elapsed => Context.System.Scheduler.MonotonicClock - _opened;

    /// <summary>How to make one; it invites as soon as it starts.</summary>
    public static Props Props(RoundPlan plan, IActorRef evaluator, IActorRef journal) =>
        Akka.Actor.Props.Create(() => new RoundManager(plan, evaluator, journal));

    /// <inheritdoc />
    protected override void PreStart()
    {
        _opened = Context.System.Scheduler.MonotonicClock;
        Publish(new RoundOpened(_plan.Key.Run, _plan.Key.Round, _plan.Key.Attempt, _plan.Cohort.Length));
        foreach (var invitee in _plan.Cohort)
        {
            invitee.Node.Tell(new Invite(_plan.Key, invitee.Profile.Client));
        }

        Timers.StartSingleTimer(nameof(AnswersDue), AnswersDue.Instance, _plan.Options.AnswerWithin);
        Timers.StartSingleTimer(nameof(DeadlinePassed), DeadlinePassed.Instance, _plan.Options.Deadline);
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        _pending.ForgetAll();
        Announce([]); // stopped in the middle: what clients still do is in vain
        _traffic.Release();
        base.PostStop();
    }

    private void Collecting(RoundLedger ledger)
    {
        AnswerStrangers();
        FailOnBugs();
        Receive<InviteAccepted>(m =>
        {
            (ledger, var assign) = ledger.Accept(m);
            if (assign)
            {
                Assign(m.Client);
            }
        });
        Receive<SubmitUpdate>(m =>
        {
            if (m.Key == _plan.Key && _cohort.GetValueOrDefault(m.Client)?.Key?.Judge(Statements.Of(m), m.Signature) is { } doubt)
            {
                ledger = ledger.Doubt(m, doubt);
                Answer(m, Sender, new UpdateRefused(m.Key, m.Client, doubt));
                Progress(m.Client, ClientStage.Refused, doubt);
            }
            else if (!IsWanted(ledger, m) || !_pending.Fetch(m, Sender, _cohort[m.Client].Node))
            {
                Continue(ledger = Judge(ledger, m, Sender, fetched: null));
            }
        });
        Receive<Fetched>(m => Continue(ledger = JudgeAll(ledger, m.Blob, m.Bytes)));
        Receive<FetchFailed>(m =>
        {
            // A node that cannot be reached is lost, or its client announces the update again; anything else is the update's own fault.
            if (m.Why == FetchFault.Unreachable)
            {
                _pending.Take(m.Blob);
                return;
            }

            Continue(ledger = JudgeAll(ledger, m.Blob, bytes: null));
        });
        Receive<AbandonWork>(m =>
        {
            var before = ledger;
            ledger = ledger.Abandon(m);
            if (!ReferenceEquals(before, ledger))
            {
                _gaveUp[m.Client] = m.Detail;
                Progress(m.Client, ClientStage.Refused, m.Why);
            }

            Continue(ledger);
        });
        Receive<ClientsLost>(m =>
        {
            _pending.Forget(m.Clients);
            Continue(ledger = ledger.Lose(m.Clients));
        });
        Receive<AnswersDue>(_ => Continue(ledger = ledger.CloseAnswers()));
        Receive<EnoughHere>(_ => Close(ledger));
        Receive<DeadlinePassed>(_ => Close(ledger));
    }

    // Whether the update's bytes would be looked at: those of one that is refused anyway need not come.
    private bool IsWanted(RoundLedger ledger, SubmitUpdate m)
    {
        var looked = false;
        ledger.Judge(
            m,
            Elapsed,
            () =>
            {
                looked = true;
                return null;
            }
        );
        return looked;
    }

    private RoundLedger JudgeAll(RoundLedger ledger, BlobId blob, ReadOnlyMemory<byte>? bytes) =>
        _pending.Take(blob).Aggregate(ledger, (l, waiting) => Judge(l, waiting.Update, waiting.Speaker, bytes));

    private RoundLedger Judge(RoundLedger before, SubmitUpdate m, IActorRef speaker, ReadOnlyMemory<byte>? fetched)
    {
        var (ledger, reply) = before.Judge(m, Elapsed, () => _traffic.Inspect(m.Client, m.Update, fetched));
        Answer(m, speaker, reply);
        Report(before, ledger, m.Client, reply);
        return ledger;
    }

    // A client is spoken for by the node where it was invited, or by an actor below that. Of one that was not invited the ledger knows.
    private void AnswerStrangers() =>
        Receive<IClientMessage>(
            m =>
            {
                if (m is SubmitUpdate update)
                {
                    Answer(update, Sender, new UpdateRefused(m.Key, m.Client, Refusal.NotInvited));
                }
            },
            m => _cohort.TryGetValue(m.Client, out var invitee) && !IsAtOrBelow(invitee.Node.Path, Sender.Path)
        );

    private static bool IsAtOrBelow(ActorPath node, ActorPath speaker) =>
        speaker.Depth >= node.Depth && speaker.ParentOf(node.Depth) == node;

    // In every state: a bug of ours is not swallowed because the round went on without its client.
    private void FailOnBugs() =>
        Receive<ReportBug>(m =>
        {
            if (m.Key == _plan.Key)
            {
                throw new ClientBugException(m.Key, m.Client, m.Detail);
            }
        });

    private void Assign(ClientId client)
    {
        var invitee = _cohort[client];
        var (work, start) = _traffic.Give(client, () => _plan.Method.Assign(_plan.State, invitee.Profile, _plan.Key.Round));
        invitee.Node.Tell(new AssignWork(_plan.Key, client, start, work.Plan, work.UploadBytes, invitee.Counted));
        Progress(client, ClientStage.Assigned);
    }

    private void Continue(RoundLedger ledger)
    {
        if (ledger.IsComplete)
        {
            Close(ledger);
        }
        else if (ledger.HasEnough && !Timers.IsTimerActive(nameof(EnoughHere)))
        {
            Timers.StartSingleTimer(nameof(EnoughHere), EnoughHere.Instance, SameInstant);
        }
    }

    private void Close(RoundLedger ledger)
    {
        Timers.CancelAll();
        _pending.ForgetAll();
        var verdict = ledger.Close();
        foreach (var client in verdict.Late)
        {
            Progress(client, ClientStage.Late);
        }

        foreach (var client in verdict.Absent)
        {
            Progress(client, ClientStage.Absent);
        }

        Conclude(ledger, verdict, Elapsed);
    }

    private void Conclude(RoundLedger ledger, RoundVerdict verdict, TimeSpan closed)
    {
        var took = verdict.Taken.Length >= _plan.Options.PerRound ? verdict.LastArrival : closed;
        if (verdict.Taken.Length < _plan.Options.Quorum)
        {
            End(ledger, []);
            Context.Parent.Tell(new QuorumMissed(_plan.Key, Summary(verdict, took, evaluation: null), FirstWords()));
            return;
        }

        Aggregate(verdict);
        Become(() => Aggregating(ledger, verdict, took, closed));
    }

    private string? FirstWords() => _gaveUp.Count == 0 ? null : $"{_gaveUp.First().Key}: {_gaveUp.First().Value}";

    private void Aggregate(RoundVerdict verdict)
    {
        var (plan, contributions) = (_plan, _traffic.Contributions(verdict.Taken));
        WorkTokens
            .For(Context.System)
            .Run(
                _ => Task.Run(() => RoundAggregation.Of(plan.Method, plan.State, plan.Key.Round, contributions)),
                TimeSpan.Zero,
                order: 0,
                Self,
                success: result => result,
                failure: cause => new AggregationFailed(cause),
                CancellationToken.None
            );
    }

    private void Aggregating(RoundLedger ledger, RoundVerdict verdict, TimeSpan took, TimeSpan closed)
    {
        AnswerLateOnes(ledger);
        Receive<AggregationFailed>(m => throw new AggregationException(_plan.Key, _plan.Method.Name, m.Cause));
        Receive<RoundAggregation.Misread>(m =>
        {
            foreach (var client in m.Clients)
            {
                Progress(client, ClientStage.Refused, Refusal.ShapeMismatch);
            }

            var rest = ledger.Misread(m.Clients);
            Conclude(rest, rest.Close(), closed);
        });
        Receive<RoundAggregation.Aggregated>(m =>
        {
            if (_plan.Validate)
            {
                _evaluator.Tell(new Evaluate(_plan.Key.Round, m.State.Global, CorpusPart.Validation));
                Become(() => Evaluating(ledger, verdict, took, m.State));
                return;
            }

            Commit(ledger, Summary(verdict, took, evaluation: null), m.State);
        });
    }

    private void Evaluating(RoundLedger ledger, RoundVerdict verdict, TimeSpan took, ServerState state)
    {
        AnswerLateOnes(ledger);
        Receive<Evaluated>(m => Commit(ledger, Summary(verdict, took, m.Result), state));
    }

    private void Commit(RoundLedger ledger, RoundSummary summary, ServerState state)
    {
        var commit = RoundCommit.Of(summary, state);
        _journal.Tell(new CommitRound(_plan.Key, commit, state));
        Become(() => Committing(ledger, commit, state));
    }

    private void Committing(RoundLedger ledger, RoundCommit commit, ServerState state)
    {
        AnswerLateOnes(ledger);
        Receive<RoundCommitted>(_ =>
        {
            End(ledger, commit.Summary.Contributors.Select(c => c.Client).ToHashSet());
            Context.Parent.Tell(new RoundDone(_plan.Key, commit, state));
        });
    }

    private void End(RoundLedger ledger, HashSet<ClientId> counted)
    {
        Announce(counted);
        _traffic.Release();
        Become(() => Over(ledger with { Received = ledger.Received.Clear() }));
    }

    // Kept until the next round is over, so that a late one gets its answer.
    private void Over(RoundLedger ledger) => AnswerLateOnes(ledger);

    private void AnswerLateOnes(RoundLedger ledger)
    {
        AnswerStrangers();
        FailOnBugs();
        Receive<SubmitUpdate>(m => Answer(m, Sender, Answer(ledger, m)));
        Receive<InviteAccepted>(m => Sender.Tell(new RoundOver(m.Key, m.Client, Counted: false)));
        Receive<IClientMessage>(_ => { });
        Receive<ClientsLost>(_ => { });
        Receive<Fetched>(_ => { });
        Receive<FetchFailed>(_ => { });
        Receive<AnswersDue>(_ => { });
        Receive<EnoughHere>(_ => { });
        Receive<DeadlinePassed>(_ => { });
    }

    private void Answer(SubmitUpdate m, IActorRef speaker, IClientMessage reply)
    {
        speaker.Tell(reply);
        Publish(new UpdateJudged(_plan.Key.Run, m, speaker, (reply as UpdateRefused)?.Why));
    }

    private static IClientMessage Answer(RoundLedger ledger, SubmitUpdate m) =>
        m.Key != ledger.Key ? new UpdateRefused(m.Key, m.Client, Refusal.StaleRound)
        : ledger.Received.ContainsKey(m.Client) ? new UpdateReceived(m.Key, m.Client)
        : ledger.Refused.TryGetValue(m.Client, out var before) ? new UpdateRefused(m.Key, m.Client, before)
        : new UpdateRefused(m.Key, m.Client, Refusal.Late);

    private void Announce(HashSet<ClientId> counted)
    {
        if (_announced)
        {
            return;
        }

        _announced = true;
        foreach (var invitee in _plan.Cohort)
        {
            var client = invitee.Profile.Client;
            invitee.Node.Tell(new RoundOver(_plan.Key, client, counted.Contains(client)));
        }
    }

    private RoundSummary Summary(RoundVerdict verdict, TimeSpan took, Evaluation? evaluation) =>
        new(
            _plan.Key.Round,
            _plan.Key.Attempt,
            verdict.Taken,
            verdict.Refused,
            verdict.Absent,
            verdict.Late,
            verdict.TrainLoss,
            _traffic.Down.Plus(_plan.Earlier.Down),
            _traffic.Up.Plus(_plan.Earlier.Up),
            took.TotalSeconds + _plan.Earlier.Seconds,
            evaluation
        );

    private void Report(RoundLedger before, RoundLedger after, ClientId client, IClientMessage reply)
    {
        if (!ReferenceEquals(before, after))
        {
            var why = (reply as UpdateRefused)?.Why;
            Progress(client, why is null ? ClientStage.Done : ClientStage.Refused, why);
        }
    }

    private void Progress(ClientId client, ClientStage stage, Refusal? why = null) =>
        Publish(new ClientProgress(_plan.Key.Run, _plan.Key.Round, _plan.Key.Attempt, client, stage, why));

    private static void Publish(IRunEvent what) => Context.System.EventStream.Publish(what);
}
