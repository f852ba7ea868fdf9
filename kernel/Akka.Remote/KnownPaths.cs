using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Akka.Remote;

/// <summary>What paths of messages stand for, so that each is looked up once.</summary>
/// <remarks>
/// Paths come from outside, so at most so many are known; then all are forgotten at once, and those in use are soon back. They are counted
/// beside the dictionary: its own count takes each of its locks, and those grow in number with it.
/// </remarks>
/// <param name="most">Most paths.</param>
internal sealed class KnownPaths<T>(int most)
    where T : class
{
    private volatile ConcurrentDictionary<string, T> _known = new(StringComparer.Ordinal);
    private int _count;

    public bool TryGet(string path, [NotNullWhen(true)] out T? known) => _known.TryGetValue(path, out known);

    /// <summary>Knows it from now on, instead of what the path stood for before.</summary>
    public void Keep(string path, T meant)
    {
        if (Interlocked.Increment(ref _count) > most)
        {
            _known = new(StringComparer.Ordinal);
            Volatile.Write(ref _count, 1);
        }
        _known[path] = meant;
    }
}
