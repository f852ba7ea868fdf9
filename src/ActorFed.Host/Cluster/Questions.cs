using System.Collections.Immutable;
using ActorFed.Host.Security;
using Akka.Actor;

namespace ActorFed.Host.Cluster;

/// <summary>Questions to a server that may not be there yet.</summary>
internal static class Questions
{
    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(3);

    /// <summary>Asks until there is an answer.</summary>
    /// <param name="system">From where.</param>
    /// <param name="runs">The run's path at each server that may be asked; they take turns.</param>
    /// <param name="question">A message of ours.</param>
    /// <param name="patience">How long to ask.</param>
    /// <param name="stop">Ends the asking.</param>
    /// <param name="refused">A server whose certificate was refused; null if there was none.</param>
    /// <exception cref="UserException">Nobody answered.</exception>
    public static async Task<object> AskAsync(
        ActorSystem system,
        ImmutableArray<ActorPath> runs,
        object question,
        TimeSpan patience,
        CancellationToken stop,
        Func<RefusedConnection?>? refused = null
    )
    {
        var since = system.Scheduler.MonotonicClock;
        for (var turn = 0; ; turn++)
        {
            var run = runs[turn % runs.Length];
            stop.ThrowIfCancellationRequested();
            try
            {
                return await system.ActorSelection(run).Ask<object>(question, OneTry, stop);
            }
            catch (AskTimeoutException)
            {
                if (refused?.Invoke() is { } r)
                {
                    throw new UserException(ExitCode.RunFailed, $"{r.Peer}: refused its certificate {r.Certificate}: {r.Rule}.");
                }

                if (system.Scheduler.MonotonicClock - since >= patience)
                {
                    throw new UserException(
                        ExitCode.RunFailed,
                        $"{run.Address}: no server answered within {patience}. Is it serving, and is its port open?"
                    );
                }
            }
        }
    }
}
