using Akka.Actor;
using static ActorFed.Actors.Runs.RunProtocol;

namespace ActorFed.Actors.Runs;

/// <summary>A run, as its starter sees it.</summary>
public sealed class RunHandle
{
    private readonly IActorRef _run;

    internal RunHandle(IActorRef run)
    {
        _run = run;
        Outcome = run.Ask<RunOutcome>(new AwaitOutcome(), CancellationToken.None);
    }

    /// <summary>How it ended. Fails with <see cref="RunFailedException"/>.</summary>
    public Task<RunOutcome> Outcome { get; }

    /// <summary>Ends the run after the round that runs now: it is committed, and Outcome.Completed is false unless it was the last.</summary>
    public void StopAfterRound() => _run.Tell(new StopAfterRound());

    /// <summary>Ends the run now: what its clients do is cancelled, the last commit stands.</summary>
    public void Abort() => _run.Tell(new Abort());
}
