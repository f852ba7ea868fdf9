using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Akka.Cluster.Membership;

/// <summary>How two versions stand to each other.</summary>
internal enum Ordering
{
    Same,

    /// <summary>The first is older: all of it is in the second.</summary>
    Before,

    /// <summary>The first is newer.</summary>
    After,

    /// <summary>Each has something that the other does not know.</summary>
    Concurrent,
}

/// <summary>How many changes of each node a version contains. Immutable, sorted by node. Source: Fidge 1988, Mattern 1989.</summary>
internal readonly struct VectorClock
{
    public static readonly VectorClock Empty = new([]);

    private readonly ImmutableArray<(UniqueAddress Node, long Count)> _counts;

    private VectorClock(ImmutableArray<(UniqueAddress Node, long Count)> counts) => _counts = counts;

    /// <exception cref="ArgumentException">A node is there twice, or a count is not above zero.</exception>
    public static VectorClock Of(IEnumerable<(UniqueAddress Node, long Count)> counts)
    {
        var sorted = counts.OrderBy(c => c.Node).ToImmutableArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].Count <= 0 || (i > 0 && sorted[i].Node.Equals(sorted[i - 1].Node)))
                throw new ArgumentException(
                    $"The count of {sorted[i].Node} is given twice or is not above zero.",
                    nameof(counts)
                );
        }
        return new VectorClock(sorted);
    }

    public ReadOnlySpan<(UniqueAddress Node, long Count)> Counts => _counts.AsSpan();

    /// <summary>One more change by a node.</summary>
    public VectorClock Increment(UniqueAddress node)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            var order = _counts[i].Node.CompareTo(node);
            if (order == 0)
                return new(_counts.SetItem(i, (node, _counts[i].Count + 1)));
            if (order > 0)
                return new(_counts.Insert(i, (node, 1)));
        }
        return new(_counts.Add((node, 1)));
    }

    public Ordering CompareTo(VectorClock other)
    {
        if (_counts == other._counts)
            return Ordering.Same;
        var (less, more) = (false, false);
        var a = _counts.AsSpan();
        var b = other._counts.AsSpan();
        int i = 0,
            j = 0;
        while (i < a.Length || j < b.Length)
        {
            var order =
                i >= a.Length ? 1
                : j >= b.Length ? -1
                : a[i].Node.CompareTo(b[j].Node);
            if (order == 0)
            {
                less |= a[i].Count < b[j].Count;
                more |= a[i].Count > b[j].Count;
                (i, j) = (i + 1, j + 1);
            }
            else if (order < 0)
                (more, i) = (true, i + 1);
            else
                (less, j) = (true, j + 1);
        }
        return (less, more) switch
        {
            (false, false) => Ordering.Same,
            (true, false) => Ordering.Before,
            (false, true) => Ordering.After,
            _ => Ordering.Concurrent,
        };
    }

    /// <summary>The least version that contains both.</summary>
    public VectorClock Merge(VectorClock other)
    {
        var merged = new List<(UniqueAddress Node, long Count)>(Math.Max(_counts.Length, other._counts.Length));
        int i = 0,
            j = 0;
        while (i < _counts.Length || j < other._counts.Length)
        {
            var order =
                i >= _counts.Length ? 1
                : j >= other._counts.Length ? -1
                : _counts[i].Node.CompareTo(other._counts[j].Node);
            if (order == 0)
                merged.Add((_counts[i].Node, Math.Max(_counts[i++].Count, other._counts[j++].Count)));
            else
                merged.Add(order < 0 ? _counts[i++] : other._counts[j++]);
        }
        return new(ImmutableCollectionsMarshal.AsImmutableArray(merged.ToArray()));
    }

    /// <summary>Without nodes that are gone for good: what they changed is known to all who count.</summary>
    public VectorClock Without<T>(ImmutableDictionary<UniqueAddress, T> gone)
    {
        foreach (var (node, _) in _counts)
        {
            if (gone.ContainsKey(node))
                return new(_counts.RemoveAll(c => gone.ContainsKey(c.Node)));
        }
        return this;
    }

    public override string ToString() => $"VectorClock({string.Join(", ", _counts.Select(c => $"{c.Node} -> {c.Count}"))})";
}
