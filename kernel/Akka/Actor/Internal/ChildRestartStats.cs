namespace Akka.Actor.Internal;

/// <summary>How often a child has been restarted, and within which window.</summary>
public class ChildRestartStats
{
    private readonly ITimeProvider _clock;
    private int _retries;
    private TimeSpan? _windowStart;

    internal ChildRestartStats(IInternalActorRef child, ITimeProvider clock)
    {
        ChildRef = child;
        _clock = clock;
    }

    public IActorRef Child => ChildRef;

    public long Uid => ChildRef.Path.Uid;

    internal IInternalActorRef ChildRef { get; }

    /// <summary>Counts one restart and says whether the limits allow it.</summary>
    /// <param name="maxNrOfRetries">Most restarts (in a window); negative is no limit.</param>
    /// <param name="withinTimeRange">Length of the window in milliseconds; 0 or negative is for ever.</param>
    public bool RequestRestartPermission(int maxNrOfRetries, int withinTimeRange)
    {
        if (maxNrOfRetries == 0)
            return false;
        if (withinTimeRange <= 0)
            return maxNrOfRetries < 0 || ++_retries <= maxNrOfRetries;
        return RetriesInWindowOkay(maxNrOfRetries < 0 ? 1 : maxNrOfRetries, TimeSpan.FromMilliseconds(withinTimeRange));
    }

    /// <summary>The window begins with the first restart; a restart after its end opens the next one.</summary>
    private bool RetriesInWindowOkay(int retries, TimeSpan window)
    {
        var now = _clock.MonotonicClock;
        if (_windowStart is not { } start || now - start > window)
        {
            _windowStart = now;
            _retries = 1;
            return true;
        }
        return ++_retries <= retries;
    }
}
