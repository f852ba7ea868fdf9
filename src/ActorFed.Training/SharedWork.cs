using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace ActorFed.Training;

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

    /// <summary>What is made of every piece, in the order of the pieces, by all cores.</summary>
    /// <param name="pieces">What it is made of.</param>
    /// <param name="make">Makes one; called by several threads at once.</param>
    /// <remarks>Of several faults the first piece's is thrown: bad data is reported at the same place every time.</remarks>
    public static TMade[] Map<T, TMade>(IReadOnlyList<T> pieces, Func<T, TMade> make)
    {
        var made = new TMade[pieces.Count];
        var faults = new ConcurrentDictionary<long, ExceptionDispatchInfo>();
        var loop = Parallel.For(0, pieces.Count, Make);
        if (loop.LowestBreakIteration is { } first)
        {
            faults[first].Throw();
        }

        return made;

        void Make(int i, ParallelLoopState state)
        {
            try
            {
                made[i] = make(pieces[i]);
            }
            catch (Exception e)
            {
                faults[i] = ExceptionDispatchInfo.Capture(e);
                state.Break(); // what comes before is still done
            }
        }
    }
}
