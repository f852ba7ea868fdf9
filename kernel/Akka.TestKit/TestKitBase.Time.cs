namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>The time on the clock that waits are measured with, from an arbitrary zero.</summary>
    public TimeSpan Now => _clock.Now;

    /// <summary>What is left of the innermost Within; zero when it is over.</summary>
    /// <exception cref="InvalidOperationException">There is no Within around.</exception>
    public TimeSpan Remaining =>
        _end is { } end
            ? Positive(end - Now)
            : throw new InvalidOperationException("Remaining has a meaning inside of Within only.");

    /// <summary>What is left of the innermost Within; outside of one akka.test.single-expect-default, dilated.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    /// <summary>The duration times akka.test.timefactor.</summary>
    public TimeSpan Dilated(TimeSpan duration) =>
        duration == Timeout.InfiniteTimeSpan ? duration : duration * TestKitSettings.TestTimeFactor;

    /// <summary><paramref name="duration"/> dilated, or <see cref="RemainingOrDefault"/> when it is null.</summary>
    public TimeSpan RemainingOrDilated(TimeSpan? duration) =>
        duration switch
        {
            null => RemainingOrDefault,
            { } d when d < TimeSpan.Zero => throw new ArgumentOutOfRangeException(
                nameof(duration),
                d,
                "A wait must not be negative."
            ),
            { } d => Dilated(d),
        };

    /// <summary>The same as <see cref="RemainingOrDilated"/>.</summary>
    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => RemainingOrDilated(timeout);

    /// <summary>When a wait ends that begins at <paramref name="start"/> and is given so long, dilated; null is <see cref="RemainingOrDefault"/>.</summary>
    private TimeSpan DeadlineOf(TimeSpan start, TimeSpan? duration) =>
        duration is null && _end is { } end ? Longer(start, end) : start + RemainingOrDilated(duration);

    protected TimeSpan RemainingOr(TimeSpan duration) => _end is null ? duration : Remaining;

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
