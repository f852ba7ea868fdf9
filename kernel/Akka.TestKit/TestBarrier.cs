namespace Akka.TestKit;

/// <summary>A meeting point of threads: all wait until the last has come.</summary>
public sealed class TestBarrier
{
    private readonly Func<TimeSpan, TimeSpan> _dilate;
    private readonly TimeSpan _defaultTimeout;
    private readonly Barrier _barrier;

    internal TestBarrier(Func<TimeSpan, TimeSpan> dilate, TimeSpan defaultTimeout, int count) =>
        (_dilate, _defaultTimeout, _barrier) = (dilate, defaultTimeout, new Barrier(count));

    public void Await() => Await(_defaultTimeout);

    /// <exception cref="TimeoutException">Not all came in time (dilated, wall clock).</exception>
    public void Await(TimeSpan timeout)
    {
        var wait = _dilate(timeout);
        if (!_barrier.SignalAndWait(wait))
            throw new TimeoutException(
                $"{_barrier.ParticipantsRemaining} of {_barrier.ParticipantCount} did not come within {wait}."
            );
    }
}
