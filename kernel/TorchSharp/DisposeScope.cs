using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Owns the tensors made on this thread while it is the innermost scope, and disposes them with itself.</summary>
/// <remarks>A scope belongs to its thread: there must be no await between its making and its end.</remarks>
public sealed class DisposeScope : IDisposable
{
    private readonly HashSet<IDisposable> _mine = new(ReferenceEqualityComparer.Instance);
    private readonly ThreadDisposeScopeStatistics _statistics;
    private readonly int _thread = Environment.CurrentManagedThreadId;

    internal DisposeScope(ThreadDisposeScopeStatistics statistics, DisposeScope? outer) =>
        (_statistics, Outer) = (statistics, outer);

    internal DisposeScope? Outer { get; }

    public int DisposablesCount => _mine.Count;

    public IReadOnlyList<IDisposable> DisposablesView => [.. _mine];

    public bool Contains(IDisposable disposable) => _mine.Contains(disposable);

    internal void Include(IDisposable disposable)
    {
        _mine.Add(disposable);
        SetOwner(disposable, this);
    }

    internal bool Forget(IDisposable disposable)
    {
        SetOwner(disposable, null);
        return _mine.Remove(disposable);
    }

    public void MarkAsDisposed(IDisposable disposable) => Forget(disposable);

    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        if (Forget(disposable))
        {
            _statistics.DetachedFromScopeCount++;
        }
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (Detach(first), Detach(second));

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (Detach(first), Detach(second), Detach(third));

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var one in disposables.ToArray())
        {
            Detach(one);
        }
    }

    /// <summary>Gives a tensor to the scope around this one; without one it is owned by nobody.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        if (Forget(disposable))
        {
            Outer?.Include(disposable);
        }
        return disposable;
    }

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (var one in disposables.ToArray())
        {
            MoveToOuter(one);
        }
    }

    public void DisposeEverything() => DisposeEverythingBut(Array.Empty<IDisposable>());

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var keep = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        foreach (var one in _mine.Where(x => !keep.Contains(x)).ToArray())
        {
            if (one is not Tensor)
            {
                Forget(one);
                _statistics.DisposedInScopeCount++;
            }
            one.Dispose(); // A tensor tells its scope itself.
        }
    }

    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        DisposeEverythingBut([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        DisposeEverythingBut([first, second, third]);
        return (first, second, third);
    }

    /// <exception cref="InvalidOperationException">On a thread that did not open the scope.</exception>
    public void Dispose()
    {
        if (_thread != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException(
                $"A DisposeScope of thread {_thread} was disposed on thread {Environment.CurrentManagedThreadId}: "
                    + "a scope belongs to its thread, so no await may stand between its making and its end."
            );
        }
        DisposeEverything();
        DisposeScopeManager.Close(this);
    }

    private static void SetOwner(IDisposable disposable, DisposeScope? owner)
    {
        if (disposable is Tensor tensor)
        {
            tensor.OwningScope = owner;
        }
    }
}
