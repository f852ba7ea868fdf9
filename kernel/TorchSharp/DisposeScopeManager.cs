using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The stack of scopes of a thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? _ofThread;
    private DisposeScope? _innermost;

    internal static DisposeScopeManager OfThread => _ofThread ??= new();

    /// <summary>Counts of this thread's tensors, made and disposed, in scopes and outside them.</summary>
    public static ThreadDisposeScopeStatistics Statistics => OfThread._statistics;

    private readonly ThreadDisposeScopeStatistics _statistics = new();

    internal static DisposeScope Open()
    {
        var manager = OfThread;
        return manager._innermost = new DisposeScope(manager._statistics, manager._innermost);
    }

    internal static void Close(DisposeScope scope)
    {
        // Scopes opened inside and left open end with the one around them.
        var manager = OfThread;
        for (var open = manager._innermost; open is not null; open = open.Outer)
        {
            if (ReferenceEquals(open, scope))
            {
                manager._innermost = scope.Outer;
                return;
            }
        }
    }

    internal static void Register(Tensor tensor)
    {
        var manager = OfThread;
        if (manager._innermost is { } scope)
        {
            scope.Include(tensor);
            manager._statistics.CreatedInScopeCount++;
        }
        else
        {
            manager._statistics.CreatedOutsideScopeCount++;
        }
    }

    internal static void Unregister(Tensor tensor)
    {
        if (tensor.OwningScope is { } scope)
        {
            scope.Forget(tensor);
            OfThread._statistics.DisposedInScopeCount++;
        }
        else
        {
            OfThread._statistics.DisposedOutsideScopeCount++;
        }
    }
}

/// <summary>What happened to the tensors of one thread since it began or since <see cref="Reset"/>.</summary>
public class ThreadDisposeScopeStatistics
{
    public long CreatedOutsideScopeCount { get; internal set; }

    public long DisposedOutsideScopeCount { get; internal set; }

    public long CreatedInScopeCount { get; internal set; }

    public long DisposedInScopeCount { get; internal set; }

    public long DetachedFromScopeCount { get; internal set; }

    public long ThreadTotalLiveCount =>
        CreatedOutsideScopeCount + CreatedInScopeCount - DisposedOutsideScopeCount - DisposedInScopeCount;

    public void Reset() =>
        (CreatedOutsideScopeCount, DisposedOutsideScopeCount, CreatedInScopeCount, DisposedInScopeCount, DetachedFromScopeCount) =
            (0, 0, 0, 0, 0);
}
