using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>Who cannot be reached, in the opinion of each observer. Immutable; only an observer itself changes its row.</summary>
internal sealed class Reachability
{
    public static readonly Reachability AllReachable = new(ImmutableDictionary<UniqueAddress, Row>.Empty);

    private readonly ImmutableDictionary<UniqueAddress, Row> _rows;

    private Reachability(ImmutableDictionary<UniqueAddress, Row> rows) => _rows = rows;

    /// <summary>What one observer says: a version that grows with each change, and who it cannot reach.</summary>
    internal sealed record Row(long Version, ImmutableHashSet<UniqueAddress> Unreachable);

    public static Reachability Of(IEnumerable<KeyValuePair<UniqueAddress, Row>> rows) => new(rows.ToImmutableDictionary());

    public IEnumerable<KeyValuePair<UniqueAddress, Row>> Rows => _rows;

    public bool IsAllReachable => _rows.IsEmpty || _rows.Values.All(r => r.Unreachable.IsEmpty);

    /// <summary>Whom an observer cannot reach.</summary>
    public ImmutableHashSet<UniqueAddress> By(UniqueAddress observer) =>
        _rows.TryGetValue(observer, out var row) ? row.Unreachable : [];

    /// <summary>What an observer finds now; itself if nothing changes.</summary>
    public Reachability With(UniqueAddress observer, ImmutableHashSet<UniqueAddress> unreachable)
    {
        var row = _rows.GetValueOrDefault(observer) ?? new Row(0, []);
        return row.Unreachable.SetEquals(unreachable)
            ? this
            : new(_rows.SetItem(observer, new Row(row.Version + 1, unreachable)));
    }

    /// <summary>The newer row of each observer.</summary>
    public Reachability Merge(Reachability other)
    {
        if (ReferenceEquals(_rows, other._rows) || other._rows.IsEmpty)
            return this;
        var rows = _rows;
        foreach (var (observer, row) in other._rows)
        {
            if (!rows.TryGetValue(observer, out var mine) || mine.Version < row.Version)
                rows = rows.SetItem(observer, row);
        }
        return ReferenceEquals(rows, _rows) ? this : new(rows);
    }

    /// <summary>Without observers and subjects that are no members.</summary>
    public Reachability OnlyOf(Func<UniqueAddress, bool> isMember)
    {
        var rows = _rows;
        foreach (var (observer, row) in _rows)
        {
            if (!isMember(observer))
                rows = rows.Remove(observer);
            else if (row.Unreachable.Any(s => !isMember(s)))
                rows = rows.SetItem(observer, row with { Unreachable = [.. row.Unreachable.Where(isMember)] });
        }
        return ReferenceEquals(rows, _rows) ? this : new(rows);
    }
}
