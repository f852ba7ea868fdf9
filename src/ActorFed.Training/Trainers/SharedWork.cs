using System.Runtime.ExceptionServices;

namespace ActorFed.Training.Trainers;

/// <summary>Pieces of one computation, shared by a few threads.</summary>
internal static class SharedWork
{
    /// <summary>Does every piece.</summary>
    /// <param name="pieces">Each writes to places of its own.</param>
    /// <param name="workers">Threads; at least 1.</param>
    /// <param name="cancel">Looked at before every piece.</param>
    /// <param name="work">What is done with one.</param>
    public static void Each<T>(IReadOnlyList<T> pieces, int workers, CancellationToken cancel, Action<T> work)
    {
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancel };
            Parallel.For(0, pieces.Count, options, i => work(pieces[i]));
        }
        catch (AggregateException e)
        {
            // The caller decides by the fault (out of memory, lost device), not by who ran into it first.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
