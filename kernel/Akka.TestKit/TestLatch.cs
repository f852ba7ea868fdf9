namespace Akka.TestKit;

/// <summary>Opens when it has been counted down to zero. Once open it stays so, until <see cref="Reset"/>.</summary>
public class TestLatch
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly Func<TimeSpan, TimeSpan> _dilate;
    private readonly TimeSpan _defaultTimeout;
    private readonly CountdownEvent _latch;

    public TestLatch()
        : this(1) { }

    public TestLatch(int count)
        : this(count, DefaultTimeout) { }

    public TestLatch(int count, TimeSpan defaultTimeout)
        : this(time => time, defaultTimeout, count) { }

    protected TestLatch(Func<TimeSpan, TimeSpan> dilate, TimeSpan defaultTimeout, int count) =>
        (_dilate, _defaultTimeout, _latch) = (dilate, defaultTimeout, new CountdownEvent(count));

    internal static TestLatch Create(Func<TimeSpan, TimeSpan> dilate, TimeSpan defaultTimeout, int count) =>
        new(dilate, defaultTimeout, count);

    public bool IsOpen => _latch.IsSet;

    /// <exception cref="InvalidOperationException">It is open already.</exception>
    public void CountDown() => _latch.Signal();

    public void Open()
    {
        while (!_latch.IsSet)
            try
            {
                _latch.Signal(_latch.CurrentCount);
            }
            catch (InvalidOperationException)
            {
                // Another thread counted down between the two calls: look again.
            }
    }

    public void Reset() => _latch.Reset();

    /// <summary>Waits until it is open, dilated, on the wall clock: a latch knows no actor system.</summary>
    /// <exception cref="TimeoutException">It did not open in time.</exception>
    public void Ready(TimeSpan timeout)
    {
        if (timeout == TimeSpan.MaxValue)
            throw new ArgumentException("An infinite wait is none for a test.", nameof(timeout));
        var wait = _dilate(timeout);
        if (!_latch.Wait(wait))
            throw new TimeoutException($"The latch still counts {_latch.CurrentCount} of {_latch.InitialCount} after {wait}.");
    }

    public void Ready() => Ready(_defaultTimeout);
}
