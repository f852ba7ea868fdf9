using ActorFed.Actors.Runs;
using Akka.Actor;
using static ActorFed.Actors.Runs.RunProtocol;

namespace ActorFed.Actors.Replication;

/// <summary>What the starter of a server talks to where the run may be in another process: passes on to the run while it is here, and knows how it ended here.</summary>
public sealed class RunDoor : ReceiveActor
{
    private readonly List<IActorRef> _waiting = [];
    private IActorRef? _run;

    /// <param name="asFar">How far the run is, for a server that is stopped while another leads.</param>
    public RunDoor(Func<RunOutcome> asFar)
    {
        Receive<AwaitOutcome>(_ => _waiting.Add(Sender));
        Receive<RunLed>(m => _run = m.Here);
        Receive<StopAfterRound>(m => PassOn(m, asFar));
        Receive<Abort>(m => PassOn(m, asFar));
        Receive<RunFinished>(m => Answer(m.Outcome));
        Receive<RunFailed>(m => Answer(new Status.Failure(m.Cause)));
    }

    /// <inheritdoc />
    protected override void PreStart()
    {
        foreach (var kind in (Type[])[typeof(RunLed), typeof(RunFinished), typeof(RunFailed)])
        {
            Context.System.EventStream.Subscribe(Self, kind);
        }
    }

    private void PassOn(object message, Func<RunOutcome> asFar)
    {
        if (_run is { } run)
        {
            run.Tell(message);
        }
        else
        {
            Answer(asFar());
        }
    }

    private void Answer(object outcome)
    {
        _waiting.ForEach(asker => asker.Tell(outcome));
        _waiting.Clear();
    }
}
