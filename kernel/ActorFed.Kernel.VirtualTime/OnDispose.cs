namespace ActorFed.Kernel.VirtualTime;

/// <summary>Runs an action once, at its first disposal.</summary>
internal sealed class OnDispose(Action action) : IDisposable
{
    private Action? _action = action;

    public void Dispose() => Interlocked.Exchange(ref _action, null)?.Invoke();
}
