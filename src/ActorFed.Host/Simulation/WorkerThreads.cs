using System.Collections.Concurrent;

namespace ActorFed.Host.Simulation;

/// <summary>A fixed number of threads for long computations, apart from the pool that carries the actors.</summary>
/// <remarks>libtorch keeps buffers by thread: few threads that live long keep them few, and hot.</remarks>
public sealed class WorkerThreads : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread[] _threads;

    /// <param name="count">Threads; at least 1.</param>
    /// <param name="name">Of the threads, with a number.</param>
    public WorkerThreads(int count, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _threads = [.. Enumerable.Range(0, count).Select(i => new Thread(Loop) { IsBackground = true, Name = $"{name}-{i}" })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _threads.Length;

    /// <summary>Runs the function on the next free thread. Continuations run elsewhere.</summary>
    public Task<T> Run<T>(Func<T> function, CancellationToken cancel)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() => Complete(result, function, cancel), CancellationToken.None);
        return result.Task;
    }

    /// <summary>Ends the threads after the work that is queued.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _work.Dispose();
    }

    private void Loop()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }

    private static void Complete<T>(TaskCompletionSource<T> result, Func<T> function, CancellationToken cancel)
    {
        try
        {
            cancel.ThrowIfCancellationRequested();
            result.SetResult(function());
        }
        catch (OperationCanceledException e)
        {
            result.SetCanceled(e.CancellationToken);
        }
        catch (Exception e)
        {
            result.SetException(e);
        }
    }
}
