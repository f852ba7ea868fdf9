using Akka.Configuration;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// Suspicion as a number that grows with the silence: phi = -log10 of the probability that a heartbeat comes even later, from the normal
/// distribution of the intervals seen (Hayashibara, Defago, Yared, Katayama: The Phi Accrual Failure Detector, 2004).
/// </summary>
public class PhiAccrualFailureDetector : FailureDetector
{
    private readonly Clock _clock;
    private readonly double _threshold;
    private readonly double _minStdDeviation;
    private readonly double _acceptablePause;
    private readonly HeartbeatHistory _first = HeartbeatHistory.Empty(1);
    private readonly Lock _gate = new();
    private readonly EventStream? _events;
    private HeartbeatHistory _history = HeartbeatHistory.Empty(1);
    private long? _latest;

    /// <param name="threshold">The suspicion at which the resource counts as gone.</param>
    /// <param name="maxSampleSize">How many intervals are remembered.</param>
    /// <param name="minStdDeviation">The least deviation that is reckoned with: very regular heartbeats would make any delay suspicious.</param>
    /// <param name="acceptableHeartbeatPause">How much longer than usual a heartbeat may take without suspicion.</param>
    /// <param name="firstHeartbeatEstimate">The interval that is assumed before there are any.</param>
    public PhiAccrualFailureDetector(
        double threshold,
        int maxSampleSize,
        TimeSpan minStdDeviation,
        TimeSpan acceptableHeartbeatPause,
        TimeSpan firstHeartbeatEstimate,
        Clock? clock = null
    )
        : this(clock)
    {
        Require(threshold > 0, "threshold", threshold);
        Require(maxSampleSize > 0, "max-sample-size", maxSampleSize);
        Require(minStdDeviation > TimeSpan.Zero, "min-std-deviation", minStdDeviation);
        Require(acceptableHeartbeatPause >= TimeSpan.Zero, "acceptable-heartbeat-pause", acceptableHeartbeatPause);
        Require(firstHeartbeatEstimate > TimeSpan.Zero, "heartbeat-interval", firstHeartbeatEstimate);
        _threshold = threshold;
        _minStdDeviation = minStdDeviation.TotalMilliseconds;
        _acceptablePause = acceptableHeartbeatPause.TotalMilliseconds;
        var mean = (long)firstHeartbeatEstimate.TotalMilliseconds;
        _first = HeartbeatHistory.Empty(maxSampleSize).With(mean - mean / 4).With(mean + mean / 4);
        _history = _first;
    }

    public PhiAccrualFailureDetector(Config config, EventStream ev)
        : this(config, ev, DefaultClock) { }

    internal PhiAccrualFailureDetector(Config config, EventStream ev, Clock clock)
        : this(
            config.GetDouble("threshold"),
            config.GetInt("max-sample-size"),
            config.GetTimeSpan("min-std-deviation"),
            config.GetTimeSpan("acceptable-heartbeat-pause"),
            config.GetTimeSpan("heartbeat-interval"),
            clock
        ) => _events = ev;

    protected PhiAccrualFailureDetector(Clock? clock) => _clock = clock ?? DefaultClock;

    /// <summary>Whose heartbeats these are; for the log.</summary>
    public string Address { get; set; } = "N/A";

    public override bool IsAvailable => Phi < _threshold;

    public override bool IsMonitoring
    {
        get
        {
            lock (_gate)
                return _latest is not null;
        }
    }

    internal double Phi => PhiAt(_clock());

    public override void HeartBeat()
    {
        var now = _clock();
        lock (_gate)
        {
            if (_latest is { } latest && PhiLocked(now) < _threshold) // an interval with an outage in it is no sample
            {
                WarnIfLong(now - latest);
                _history = _history.With(now - latest);
            }
            else if (_latest is null)
                _history = _first;
            _latest = now;
        }
    }

    private void WarnIfLong(long interval)
    {
        if (_acceptablePause > 0 && interval >= _acceptablePause / 3 * 2)
            _events?.Publish(
                new Warning(
                    ToString()!,
                    GetType(),
                    $"heartbeat interval is growing too large for address {Address}: {interval} millis"
                )
            );
    }

    private double PhiAt(long now)
    {
        lock (_gate)
            return PhiLocked(now);
    }

    private double PhiLocked(long now) =>
        _latest is { } latest
            ? Suspicion(now - latest, _history.Mean + _acceptablePause, Math.Max(_history.StdDeviation, _minStdDeviation))
            : 0;

    /// <summary>-log10(1 - F(silence)), F the normal distribution by its logistic approximation.</summary>
    internal static double Suspicion(long silence, double mean, double stdDeviation)
    {
        var y = (silence - mean) / stdDeviation;
        var e = Math.Exp(-y * (1.5976 + 0.070566 * y * y));
        return silence > mean ? -Math.Log10(e / (1 + e)) : -Math.Log10(1 - 1 / (1 + e));
    }

    private static void Require(bool rule, string key, object value)
    {
        if (!rule)
            throw new ConfigurationException($"failure-detector.{key} is {value}, but must be above zero.");
    }
}
