namespace Akka.TestKit.Internal;

/// <summary>Something that happens once, in another thread, and that a test may wait for.</summary>
internal sealed class Signal
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private event Action? Given;

    public void Give()
    {
        Given?.Invoke();
        _done.TrySetResult();
    }

    /// <summary>Waits until it is given, or the time is over.</summary>
    public async ValueTask Wait(bool blocking, TestClock clock, TimeSpan max, CancellationToken cancellationToken)
    {
        using var timeout = clock.Create(cancellationToken);
        Given += timeout.Disarm; // in the giving thread: a virtual clock must not run on to the timeout before this thread wakes up
        try
        {
            if (_done.Task.IsCompleted)
                return;
            clock.Start(timeout, max);
            if (blocking)
                _done.Task.Wait(timeout.Token);
            else
                await _done.Task.WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            Given -= timeout.Disarm;
        }
    }
}
