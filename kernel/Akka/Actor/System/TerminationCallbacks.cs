namespace Akka.Actor.Internal;

/// <summary>Code that runs once, when the system has ended: the latest registered first.</summary>
internal sealed class TerminationCallbacks
{
    private readonly Stack<Action> _callbacks = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ran;

    public Task Done => _done.Task;

    public void Add(Action code)
    {
        lock (_callbacks)
        {
            if (_ran)
                throw new InvalidOperationException("ActorSystem already terminated.");
            _callbacks.Push(code);
        }
    }

    public void Run(Action<Exception> report)
    {
        lock (_callbacks)
            _ran = true;
        foreach (var callback in _callbacks)
        {
            try
            {
                callback();
            }
            catch (Exception e)
            {
                report(e);
            }
        }
        _done.TrySetResult();
    }
}
