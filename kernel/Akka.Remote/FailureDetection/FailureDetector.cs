using System.Diagnostics;

namespace Akka.Remote;

/// <summary>Milliseconds from any beginning, never backwards.</summary>
public delegate long Clock();

/// <summary>Judges from heartbeats whether their sender is there.</summary>
public abstract class FailureDetector
{
    public static readonly Clock DefaultClock = () => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    protected FailureDetector() { }

    public abstract bool IsAvailable { get; }

    /// <summary>Whether a heartbeat has been seen at all.</summary>
    public abstract bool IsMonitoring { get; }

    public abstract void HeartBeat();
}

/// <summary>Failure detectors by resource.</summary>
public interface IFailureDetectorRegistry<T>
{
    bool IsAvailable(T resource);

    bool IsMonitoring(T resource);

    void Heartbeat(T resource);

    void Remove(T resource);

    void Reset();
}
