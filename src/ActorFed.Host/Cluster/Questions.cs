using Akka.Actor;

namespace ActorFed.Host.Cluster;

/// <summary>Questions to a server that may not be there yet.</summary>
internal static class Questions
{
    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(3);

    /// <summary>Asks until there is an answer.</summary>
    /// <param name="system">From where.</param>
    /// <param name="run">The run's path.</param>
    /// <param name="question">A message of ours.</param>
    /// <param name="patience">How long to ask.</param>
    /// <param name="stop">Ends the asking.</param>
    /// <exception cref="UserException">Nobody answered.</exception>
    public static async Task<object> AskAsync(
        ActorSystem system,
        ActorPath run,
        object question,
        TimeSpan patience,
        CancellationToken stop
    )
    {
        var since = system.Scheduler.MonotonicClock;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                return await system.ActorSelection(run).Ask<object>(question, OneTry, stop);
            }
            catch (AskTimeoutException)
            {
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
