using System.Collections.Immutable;
using Akka.Cluster.Membership;
using static Akka.Cluster.Tests.Membership.Nodes;
using ClusterGossip = Akka.Cluster.Membership.Gossip;

namespace Akka.Cluster.Tests.Membership;

/// <summary>Gossips join to the same one, in whatever order they meet.</summary>
public sealed class GossipSpec
{
    [Fact]
    public void Merging_is_commutative_associative_and_idempotent()
    {
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var world = new ClusterGossip[3];
            var common = Gossip("a+ b+ c? d<");
            for (var k = 0; k < world.Length; k++)
                world[k] = Evolve(common, (char)('a' + k), random);
            var (a, b, c) = (world[0], world[1], world[2]);
            AssertSame(a.Merge(b), b.Merge(a));
            AssertSame(a.Merge(b).Merge(c), a.Merge(b.Merge(c)));
            AssertSame(a.Merge(a), a);
            AssertSame(a.Merge(b).Merge(a), a.Merge(b));
        }
    }

    private static ClusterGossip Evolve(ClusterGossip gossip, char by, Random random)
    {
        for (var step = random.Next(4); step > 0; step--)
        {
            var member = gossip.Members[random.Next(gossip.Members.Length)];
            gossip = random.Next(4) switch
            {
                0 when member.Status != MemberStatus.Down => gossip.Put(member.Copy(MemberStatus.Down)),
                1 => gossip.Put(Member((char)('e' + random.Next(3)), MemberStatus.Joining)),
                2 => gossip.Remove([Node('d')], random.Next(100)),
                _ => gossip.Observe(Node(by), [member.UniqueAddress]),
            };
            gossip = gossip.ChangedBy(Node(by));
        }
        return gossip;
    }

    private static void AssertSame(ClusterGossip a, ClusterGossip b)
    {
        Assert.Equal(Ordering.Same, a.CompareTo(b));
        Assert.Equal(Text(a), Text(b));

        static IEnumerable<string> Text(ClusterGossip gossip) =>
            gossip
                .Members.Select(m => $"{m.Address} {m.Status} {m.UpNumber}")
                .Concat(gossip.Reachability.Rows.Where(r => gossip.Has(r.Key)).OrderBy(r => r.Key).Select(Row))
                .Concat(gossip.Tombstones.OrderBy(t => t.Key).Select(t => $"gone {t.Key.Address} {t.Value}"));

        static string Row(KeyValuePair<UniqueAddress, Reachability.Row> row) =>
            $"{row.Key.Address} {row.Value.Version}: {string.Join(' ', row.Value.Unreachable.Order().Select(u => u.Address))}";
    }

    [Fact]
    public void Who_was_removed_does_not_come_back_by_old_gossip()
    {
        var old = Gossip("a+ b+ c+").ChangedBy(Node('c'));
        var removed = Gossip("a+ b+ c!").Remove([Node('c')], 5).ChangedBy(Node('a'));
        Assert.Equal(Ordering.After, removed.CompareTo(old));
        Assert.Equal(["a", "b"], removed.Merge(old).Members.Select(m => m.Address.Host));
        Assert.Equal(["a", "b"], old.Merge(removed).Members.Select(m => m.Address.Host));
    }

    [Fact]
    public void Tombstones_are_forgotten_after_their_time()
    {
        var removed = Gossip("a+ b+ c!").Remove([Node('c')], 5);
        Assert.Same(removed, removed.Prune(5));
        Assert.Empty(removed.Prune(6).Tombstones);
    }

    [Fact]
    public void Of_two_views_of_a_member_the_one_further_on_is_true()
    {
        MemberStatus[] way =
        [
            MemberStatus.Joining,
            MemberStatus.Up,
            MemberStatus.Leaving,
            MemberStatus.Exiting,
            MemberStatus.Down,
            MemberStatus.Removed,
        ];
        for (var i = 0; i < way.Length; i++)
        for (var j = 0; j < way.Length; j++)
        {
            var (a, b) = (Member('a', way[i]), Member('a', way[j]));
            Assert.Equal(way[Math.Max(i, j)], Akka.Cluster.Member.HighestPriorityOf(a, b).Status);
            Assert.Equal(way[Math.Max(i, j)], Akka.Cluster.Member.PickNextTransition(a, b).Status);
        }
        Assert.Throws<ArgumentException>(() => Akka.Cluster.Member.PickNextTransition(Member('a', way[0]), Member('b', way[0])));
    }

    [Theory]
    [InlineData(MemberStatus.Up, MemberStatus.Joining)]
    [InlineData(MemberStatus.Up, MemberStatus.Exiting)]
    [InlineData(MemberStatus.Exiting, MemberStatus.Leaving)]
    [InlineData(MemberStatus.Down, MemberStatus.Up)]
    [InlineData(MemberStatus.Removed, MemberStatus.Down)]
    public void No_member_goes_back_or_skips(MemberStatus from, MemberStatus to)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Member('a', from).Copy(to));
        Assert.Contains($"{from} -> {to}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Older_is_who_came_up_first_and_then_by_address()
    {
        var members = new[] { Member('c', MemberStatus.Up, 1), Member('b', MemberStatus.Up, 2), Member('a', MemberStatus.Up, 2) };
        Assert.Equal(["c", "a", "b"], members.Order(Akka.Cluster.Member.AgeOrdering).Select(m => m.Address.Host));
        Assert.True(members[0].IsOlderThan(members[1]));
        Assert.Equal(["a", "b", "c"], members.Order().Select(m => m.Address.Host));
    }
}

/// <summary>How one node sees a gossip, and what its leader does.</summary>
public sealed class MembershipStateSpec
{
    [Theory]
    [InlineData("a+ b+ c+", 'b', "", "a")]
    [InlineData("a+ b+ c+", 'b', "a", "b")]
    [InlineData("a? b+ c+", 'c', "", "b")]
    [InlineData("a! b< c+", 'c', "", "b")]
    [InlineData("a> b? c!", 'c', "", "a")]
    public void The_leader_is_the_first_by_address_of_those_that_count(
        string members,
        char self,
        string unreachable,
        string leader
    ) => Assert.Equal(leader, State(members, self, unreachable).Leader!.Address.Host);

    [Fact]
    public void There_is_convergence_when_all_have_seen_it_and_can_be_reached()
    {
        Assert.True(State("a+ b+ c+", 'a').HasConverged);
        Assert.False(State("a+ b+ c+", 'a', "c").HasConverged);
        Assert.True(State("a+ b+ c!", 'a', "c").HasConverged);
        Assert.True(State("a+ b+ c>", 'a', "c").HasConverged);
        var unseen = new MembershipState(Gossip("a+ b+ c+").ChangedBy(Node('a')), Node('a'));
        Assert.False(unseen.HasConverged);
        Assert.True(new MembershipState(unseen.Gossip.SeenBy(Node('b')).SeenBy(Node('c')), Node('a')).HasConverged);
    }

    [Fact]
    public void The_opinion_of_those_that_are_down_does_not_count()
    {
        var gossip = Gossip("a+ b+ c!").Observe(Node('c'), [Node('b')]);
        Assert.Empty(new MembershipState(gossip, Node('a')).Unreachable);
        Assert.Equal([Node('b')], new MembershipState(Gossip("a+ b+ c+").Observe(Node('c'), [Node('b')]), Node('a')).Unreachable);
    }

    private static string After(string members, char self, string unreachable = "", string confirmed = "", int least = 1)
    {
        var state = State(members, self, unreachable);
        HashSet<UniqueAddress> done = [.. confirmed.Select(n => Node(n))];
        var next = LeaderActions.Apply(state, new MembershipSettings { MinNrOfMembers = least }, done, now: 0);
        return string.Join(' ', next.Members.Select(m => $"{m.Address.Host}:{m.Status}"));
    }

    [Fact]
    public void The_leader_lets_up_lets_exit_and_removes()
    {
        Assert.Equal("a:Up b:Up c:Exiting", After("a+ b? c<", 'a'));
        Assert.Equal("a:Up b:Joining c:Leaving", After("a+ b? c<", 'c'));
        Assert.Equal("a:Up b:Up", After("a+ b+ c!", 'a', "c"));
        Assert.Equal("a:Up b:Up c:Down", After("a+ b+ c!", 'a'));
        Assert.Equal("a:Up b:Up", After("a+ b+ c>", 'a', confirmed: "c"));
        Assert.Equal("a:Up b:Up c:Exiting", After("a+ b+ c>", 'a'));
        Assert.Equal("a:Joining b:Joining", After("a? b?", 'a', least: 3));
        Assert.Equal("a:Up b:Joining c:Up", After("a+ b? c+", 'a', "c"));
    }

    [Fact]
    public void Who_comes_up_is_younger_than_all_before()
    {
        var next = LeaderActions.Apply(State("a? b+ c?", 'b'), new MembershipSettings(), new HashSet<UniqueAddress>(), 0);
        Assert.Equal(["b", "a", "c"], next.Members.Order(Akka.Cluster.Member.AgeOrdering).Select(m => m.Address.Host));
        Assert.Equal(3, next.Members.Select(m => m.UpNumber).Distinct().Count());
    }

    [Fact]
    public void Each_node_of_a_large_cluster_is_watched_by_as_many_others_as_the_settings_say()
    {
        var members = string.Join(' ', Enumerable.Range(0, 20).Select(i => $"{(char)('a' + i)}+"));
        var watched = Enumerable
            .Range(0, 20)
            .SelectMany(i => HeartbeatRing.WatchedBy(State(members, (char)('a' + i)), 3))
            .ToList();
        Assert.Equal(60, watched.Count);
        Assert.All(watched.GroupBy(n => n), g => Assert.Equal(3, g.Count()));
        Assert.Equal(19, HeartbeatRing.WatchedBy(State(members, 'a'), 19).Count);
    }

    [Fact]
    public void A_node_behind_one_that_cannot_be_reached_is_watched_in_its_place()
    {
        var members = string.Join(' ', Enumerable.Range(0, 10).Select(i => $"{(char)('a' + i)}+"));
        var usual = HeartbeatRing.WatchedBy(State(members, 'a'), 2);
        var lost = usual.First().Address.Host[0];
        var now = HeartbeatRing.WatchedBy(State(members, 'a', lost.ToString()), 2);
        Assert.Superset(usual.ToHashSet(), now.ToHashSet());
        Assert.Equal(3, now.Count);
    }
}
