using Akka.Configuration;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Available until no heartbeat has come for a fixed time.</summary>
public class DeadlineFailureDetector : FailureDetector
{
    private readonly Clock _clock;
    private readonly long _deadline;
    private long _latest = long.MinValue;

    public DeadlineFailureDetector(TimeSpan acceptableHeartbeatPause, Clock? clock = null)
        : this(acceptableHeartbeatPause, TimeSpan.Zero, clock) { }

    public DeadlineFailureDetector(TimeSpan acceptableHeartbeatPause, TimeSpan heartbeatInterval, Clock? clock = null)
    {
        if (acceptableHeartbeatPause <= TimeSpan.Zero)
            throw new ArgumentException(
                $"failure-detector.acceptable-heartbeat-pause is {acceptableHeartbeatPause}, but must be above 0 s.",
                nameof(acceptableHeartbeatPause)
            );
        _clock = clock ?? DefaultClock;
        _deadline = (long)(acceptableHeartbeatPause + heartbeatInterval).TotalMilliseconds;
    }

    public DeadlineFailureDetector(Config config, EventStream eventStream)
        : this(config, eventStream, DefaultClock) { }

    internal DeadlineFailureDetector(Config config, EventStream _, Clock clock)
        : this(config.GetTimeSpan("acceptable-heartbeat-pause"), config.GetTimeSpan("heartbeat-interval"), clock) { }

    public override bool IsAvailable
    {
        get
        {
            var latest = Volatile.Read(ref _latest);
            return latest == long.MinValue || _clock() - latest < _deadline;
        }
    }

    public override bool IsMonitoring => Volatile.Read(ref _latest) != long.MinValue;

    public sealed override void HeartBeat() => Volatile.Write(ref _latest, _clock());
}
