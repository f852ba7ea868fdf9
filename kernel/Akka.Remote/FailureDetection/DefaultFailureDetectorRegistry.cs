using System.Collections.Concurrent;

namespace Akka.Remote;

/// <summary>Makes a detector at the first heartbeat of a resource; a resource without one counts as available.</summary>
public class DefaultFailureDetectorRegistry<T> : IFailureDetectorRegistry<T>
    where T : notnull
{
    private readonly ConcurrentDictionary<T, Lazy<FailureDetector>> _detectors = new();
    private readonly Func<FailureDetector> _factory;

    public DefaultFailureDetectorRegistry(Func<FailureDetector> factory) => _factory = factory;

    public bool IsAvailable(T resource) => !_detectors.TryGetValue(resource, out var detector) || detector.Value.IsAvailable;

    public bool IsMonitoring(T resource) => _detectors.TryGetValue(resource, out var detector) && detector.Value.IsMonitoring;

    public void Heartbeat(T resource) =>
        _detectors.GetOrAdd(resource, _ => new Lazy<FailureDetector>(_factory)).Value.HeartBeat();

    public void Remove(T resource) => _detectors.TryRemove(resource, out _);

    public void Reset() => _detectors.Clear();
}
