using System.Collections.Immutable;
using Akka.Cluster.Membership;
using static Akka.Cluster.Tests.Membership.Nodes;

namespace Akka.Cluster.Tests.Membership;

/// <summary>Versions: which is newer, and what contains both.</summary>
public sealed class VectorClockSpec
{
    private static VectorClock Clock(string changes) =>
        changes.Aggregate(VectorClock.Empty, (clock, node) => clock.Increment(Node(node)));

    [Theory]
    [InlineData("", "", nameof(Ordering.Same))]
    [InlineData("ab", "ba", nameof(Ordering.Same))]
    [InlineData("a", "ab", nameof(Ordering.Before))]
    [InlineData("", "b", nameof(Ordering.Before))]
    [InlineData("aab", "ab", nameof(Ordering.After))]
    [InlineData("a", "b", nameof(Ordering.Concurrent))]
    [InlineData("aab", "abb", nameof(Ordering.Concurrent))]
    [InlineData("ac", "abc", nameof(Ordering.Before))]
    public void Changes_order_versions(string first, string second, string expected)
    {
        Assert.Equal(expected, Clock(first).CompareTo(Clock(second)).ToString());
        var reversed = expected switch
        {
            "Before" => "After",
            "After" => "Before",
            _ => expected,
        };
        Assert.Equal(reversed, Clock(second).CompareTo(Clock(first)).ToString());
    }

    [Fact]
    public void The_merge_is_the_least_that_contains_both()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var (a, b) = (RandomClock(random), RandomClock(random));
            var merged = a.Merge(b);
            Assert.Equal(Ordering.Same, merged.CompareTo(b.Merge(a)));
            Assert.Contains(a.CompareTo(merged), (Ordering[])[Ordering.Same, Ordering.Before]);
            Assert.Contains(b.CompareTo(merged), (Ordering[])[Ordering.Same, Ordering.Before]);
            var more = a.Merge(b.Increment(Node('e')));
            Assert.Equal(Ordering.Before, merged.CompareTo(more));
        }
    }

    private static VectorClock RandomClock(Random random) =>
        Clock(new string([.. Enumerable.Range(0, random.Next(8)).Select(_ => (char)('a' + random.Next(4)))]));

    [Fact]
    public void Nodes_that_are_gone_do_not_count()
    {
        var gone = ImmutableDictionary<UniqueAddress, long>.Empty.Add(Node('b'), 0);
        Assert.Equal(Ordering.Same, Clock("abbc").Without(gone).CompareTo(Clock("ac")));
        Assert.Equal(Ordering.Same, Clock("ac").Without(gone).CompareTo(Clock("ac")));
    }

    [Fact]
    public void Counts_from_elsewhere_are_checked()
    {
        Assert.Throws<ArgumentException>(() => VectorClock.Of([(Node('a'), 0)]));
        Assert.Throws<ArgumentException>(() => VectorClock.Of([(Node('a'), 1), (Node('a'), 2)]));
        Assert.Equal(Ordering.Same, VectorClock.Of([(Node('b'), 1), (Node('a'), 2)]).CompareTo(Clock("aab")));
    }
}
