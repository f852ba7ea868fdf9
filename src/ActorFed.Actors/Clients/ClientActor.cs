using ActorFed.Actors.Devices;
using ActorFed.Actors.Nodes;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Supervision;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Trust;
using ActorFed.Actors.Wire;
using ActorFed.Kernel.VirtualTime;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;
using static ActorFed.Actors.Rounds.RoundProtocol;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Clients;

/// <summary>One client: agrees, trains, submits, and forgets. Idle, it is four references and a key; no timer, no stash, no tensors.</summary>
/// <remarks>
/// idle ──Invite──▶ agreed ──AssignWork──▶ (fetching) ──▶ training ──Trained──▶ submitted ──RoundOver | UpdateRefused──▶ idle;
/// a newer invitation wins from anywhere, and so does the same one from another manager: a server that crashed and went on.
/// Results of a job that is not the current one arrive too, and are dropped.
/// </remarks>
public sealed class ClientActor : UntypedActor
{
    private readonly NodeSpec _node;
    private readonly ClientProfile _profile;
    private readonly int _place;
    private readonly IActorRef? _fetcher;
    private RoundKey _newest;
    private IActorRef _inviter = ActorRefs.Nobody;
    private ClientJob? _job;

    private ClientActor(NodeSpec node, ClientProfile profile, int place, IActorRef? fetcher) =>
        (_node, _profile, _place, _fetcher) = (node, profile, place, fetcher);

    private ClientId Me => _profile.Client;

    /// <summary>How to make one.</summary>
    /// <param name="node">Where it lives.</param>
    /// <param name="profile">Who it is.</param>
    /// <param name="place">Its place in client order: ties in time are broken by it.</param>
    /// <param name="fetcher">Gets blobs from the server; null where its blob store is this node's too.</param>
    public static Props Props(NodeSpec node, ClientProfile profile, int place, IActorRef? fetcher = null) =>
        Akka.Actor.Props.Create(() => new ClientActor(node, profile, place, fetcher));

    /// <inheritdoc />
    protected override void PostStop() => Leave();

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Invite m:
                Consider(m);
                break;
            case AssignWork m when _job is { Assigned: null } job && job.Key == m.Key:
                Begin(job, m);
                break;
            case Fetched m when _job is { IsFetching: true, Assigned: { } assigned } job && assigned.Start == m.Blob:
                Start(job, assigned, m.Bytes);
                break;
            case FetchFailed m when _job is { IsFetching: true, Assigned: { } assigned } job && assigned.Start == m.Blob:
                job.IsFetching = false;
                GiveUp(job, m.Why is FetchFault.NoRoom ? Refusal.StorageFailed : Refusal.Unreadable, m.Detail);
                break;
            case Trained m when ReferenceEquals(m.Job, _job):
                Submit(m.Job, m.Result);
                break;
            case TrainingFailed m when ReferenceEquals(m.Job, _job):
                Recover(m.Job, m.Cause);
                break;
            case UpdateReceived m when _job?.Key == m.Key:
                _job.Resend?.Cancel();
                break;
            case UpdateRefused m when _job?.Key == m.Key:
                Leave();
                break;
            case RoundOver m when _job?.Key == m.Key:
                Leave();
                break;
            case Terminated m when m.ActorRef.Equals(_job?.Manager):
                Leave(); // its last words were lost
                break;
        }
    }

    private void Consider(Invite m)
    {
        var isRepeat = _job?.Key == m.Key && Sender.Equals(_inviter);
        if (!isRepeat && !IsNews(m.Key))
        {
            return;
        }

        if (!Cohorts.Answers(_profile, _node.Seed, m.Key.Round, m.Key.Attempt))
        {
            return; // away: it does not even say so
        }

        if (!isRepeat)
        {
            Leave(); // a newer round always wins
            (_newest, _inviter, _job) = (m.Key, Sender, new(m.Key, Sender));
            Context.Watch(Sender);
        }

        Sender.Tell(new InviteAccepted(m.Key, Me));
    }

    private bool IsNews(RoundKey key) =>
        key == _newest
            ? !Sender.Equals(_inviter)
            : key.Run != _newest.Run || (key.Round.Number, key.Attempt).CompareTo((_newest.Round.Number, _newest.Attempt)) > 0;

    private void Begin(ClientJob job, AssignWork m)
    {
        job.Assigned = m;
        try
        {
            Start(job, m, _node.Blobs.Get(m.Start));
        }
        catch (BlobMissingException) when (_fetcher is not null)
        {
            job.IsFetching = true;
            _fetcher.Tell(new Fetch(m.Start, _node.Server));
        }
        catch (Exception e)
        {
            Recover(job, e);
        }
    }

    private void Start(ClientJob job, AssignWork m, ReadOnlyMemory<byte> bytes)
    {
        job.IsFetching = false;
        try
        {
            var start = Safetensors.Decode(bytes);
            var work = new LocalWork(Me, m.Key.Round, m.Key.Attempt, start, m.Plan, Personal: null);
            var size = _node.Devices[0].Measure(work);
            (job.Work, job.MicroBatch) = (work, size.MicroBatch);
            Train(job, SimulatedTime.Of(_profile, start.Encoded.Length, size, m.UploadBytes));
        }
        catch (Exception e)
        {
            Recover(job, e);
        }
    }

    private void Train(ClientJob job, TimeSpan duration)
    {
        var (node, events) = (_node, Context.System.EventStream);
        var (assigned, work) = (job.Assigned!, job.Work!);
        var order = new WorkOrder(Context.System.Scheduler.MonotonicClock + duration, _place);
        WorkTokens
            .For(Context.System)
            .Run(
                cancel =>
                    node.Work.RunAsync(
                        order,
                        (device, c) => LocalTraining.RunAsync(node, events, assigned, work, device, c),
                        cancel
                    ),
                duration,
                _place,
                Self,
                success: result => new Trained(job, result),
                failure: cause => new TrainingFailed(job, cause),
                job.Cancel
            );
    }

    private void Submit(ClientJob job, LocalResult result)
    {
        var blob = _node.Blobs.Put(result.Upload);
        job.Upload = blob;
        job.Work = null;
        var kept = result.Personal is not null;
        var submission = new SubmitUpdate(
            job.Key,
            Me,
            blob,
            result.Examples,
            result.Steps,
            result.TrainLoss,
            kept,
            result.Metrics
        );
        submission = submission with { Signature = _node.Membership?.Signer?.Sign(Statements.Of(submission)) };
        job.Manager.Tell(submission);
        job.Resend = new Cancelable(Context.System.Scheduler.Advanced);
        Context.System.Scheduler.ScheduleTellRepeatedly(
            _node.ResendAfter,
            _node.ResendAfter,
            job.Manager,
            submission,
            Self,
            job.Resend
        );
    }

    private void Recover(ClientJob job, Exception cause)
    {
        switch (TrainingFaults.Judge(cause))
        {
            case TrainingVerdict.TrySmaller when job is { Work: { } work, MicroBatch: > 1 }:
                job.MicroBatch /= 2;
                job.Work = work with { MicroBatch = job.MicroBatch };
                Train(job, TimeSpan.Zero); // the fault is this machine's: the client's simulated time has passed already
                break;
            case TrainingVerdict.TrySmaller:
                GiveUp(job, Refusal.OutOfMemory, cause.Message);
                break;
            case TrainingVerdict.GiveUp m:
                GiveUp(job, m.Why, cause.Message);
                break;
            case TrainingVerdict.Forget: // but this job is wanted: who cancelled it was not us
            case TrainingVerdict.Escalate:
                job.Manager.Tell(new ReportBug(job.Key, Me, cause.ToString()));
                throw new TrainingBugException(job.Key, Me, cause);
        }
    }

    private void GiveUp(ClientJob job, Refusal why, string detail)
    {
        job.Manager.Tell(new AbandonWork(job.Key, Me, why, detail));
        Leave();
    }

    private void Leave()
    {
        if (_job is not { } job)
        {
            return;
        }

        _job = null;
        Context.Unwatch(job.Manager);
        if (job is { IsFetching: true, Assigned: { } assigned })
        {
            _fetcher!.Tell(new StopFetch(assigned.Start));
        }

        job.Dispose();
        if (job.Upload is { } upload)
        {
            _node.Blobs.Drop(upload);
        }
    }

    private sealed record Trained(ClientJob Job, LocalResult Result) : ILocalMessage;

    private sealed record TrainingFailed(ClientJob Job, Exception Cause) : ILocalMessage;
}
