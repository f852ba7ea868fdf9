using Akka.Cluster.Membership;
using Akka.Cluster.SBR;
using static Akka.Cluster.Tests.Membership.Nodes;

namespace Akka.Cluster.Tests.SBR;

/// <summary>Which side stays, as a table; and that never both do.</summary>
public sealed class DowningStrategySpec
{
    private static Fate Decide(string strategy, string members, char self, string unreachable) =>
        Strategy(strategy).Decide(DowningView.Of(State(members, self, unreachable)));

    private static DowningStrategy Strategy(string name) =>
        name switch
        {
            "majority" => new KeepMajority(""),
            "oldest" => new KeepOldest(DownIfAlone: true, ""),
            "oldest, also alone" => new KeepOldest(DownIfAlone: false, ""),
            "all" => new DownEverybody(),
            _ => new StaticQuorum(name[^1] - '0', ""),
        };

    [Theory]
    [InlineData("majority", "a+ b+ c+", 'a', "c", "Keep")]
    [InlineData("majority", "a+ b+ c+", 'c', "ab", "Yield")]
    [InlineData("majority", "a+ b+ c+ d+", 'a', "cd", "Keep")] // the lowest address decides
    [InlineData("majority", "a+ b+ c+ d+", 'c', "ab", "Yield")]
    [InlineData("majority", "a+ b? c+", 'a', "c", "Keep")] // one and one: b may not count here
    [InlineData("majority", "a+ b? c+", 'c', "ab", "Yield")] // but may be up there
    [InlineData("majority", "a+ b+ c+ d! e!", 'a', "cde", "Yield")] // d and e may not know that they are down
    [InlineData("quorum 3", "a+ b+ c+ d+ e+", 'a', "de", "Keep")]
    [InlineData("quorum 3", "a+ b+ c+ d+ e+", 'd', "abc", "Yield")]
    [InlineData("quorum 2", "a+ b+ c+ d+", 'a', "d", "DownAll")] // too many members for that quorum
    [InlineData("quorum 3", "a+ b+ c+ d+ e? f?", 'b', "aef", "DownAll")] // three there may be up by now
    [InlineData("quorum 3", "a+ b+ c+ d? e? f?", 'a', "def", "Keep")] // a leads: it has let nobody up
    [InlineData("oldest", "a+ b+ c+ d+", 'a', "cd", "Keep")]
    [InlineData("oldest", "a+ b+ c+ d+", 'c', "ab", "Yield")]
    [InlineData("oldest", "a+ b+ c+", 'a', "bc", "Yield")]
    [InlineData("oldest", "a+ b+ c+", 'b', "a", "Keep")]
    [InlineData("oldest", "a+ b+", 'a', "b", "Keep")]
    [InlineData("oldest", "a+ b+", 'b', "a", "Yield")]
    [InlineData("oldest", "a> b+ c+ d+", 'b', "a", "Yield")] // a may not know yet that it is exiting
    [InlineData("oldest, also alone", "a+ b+ c+", 'a', "bc", "Keep")]
    [InlineData("oldest, also alone", "a+ b+ c+", 'b', "a", "Yield")]
    [InlineData("all", "a+ b+ c+", 'a', "c", "DownAll")]
    public void A_side_decides_by_what_it_sees(string strategy, string members, char self, string unreachable, string fate) =>
        Assert.Equal(fate, Decide(strategy, members, self, unreachable).ToString());

    [Fact]
    public void Members_without_the_role_do_not_count()
    {
        var members = new[]
        {
            Member('a', MemberStatus.Up, 1),
            Member('b', MemberStatus.Up, 2),
            Member('c', MemberStatus.Up, 3, "core"),
        };
        var gossip = members.Aggregate(Gossip(""), (g, m) => g.Put(m));
        var of = new Func<char, string, DowningView>((self, lost) => DowningView.Of(State(gossip, self, lost)));
        foreach (
            var strategy in (DowningStrategy[])
                [new KeepMajority("core"), new StaticQuorum(1, "core"), new KeepOldest(false, "core")]
        )
        {
            Assert.Equal(Fate.Yield, strategy.Decide(of('a', "c")));
            Assert.Equal(Fate.Keep, strategy.Decide(of('c', "ab")));
        }
    }

    /// <summary>
    /// All pairs of views that two sides may have: a common version, one step of a leader that one side does not know, and each side's
    /// own downings since.
    /// </summary>
    [Theory]
    [InlineData("majority")]
    [InlineData("quorum 2")]
    [InlineData("quorum 3")]
    [InlineData("oldest")]
    [InlineData("oldest, also alone")]
    [InlineData("all")]
    public void Never_do_both_sides_stay(string strategy)
    {
        var kept = 0;
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var count = random.Next(2, 7);
            var marks = Enumerable.Range(0, count).Select(_ => "+++?<>"[random.Next(6)]).ToArray();
            var side = Enumerable.Range(0, count).Select(_ => random.Next(2)).ToArray();
            if (side.Distinct().Count() < 2)
                continue;
            var leader = Array.FindIndex(marks, m => m is '+' or '<');
            if (leader < 0)
                continue;
            // The leader's step: known on its side, not on the other.
            var step = marks.Select(m => random.Next(2) == 0 ? m : Next(m)).ToArray();
            var fates = new[] { View(side[leader], step), View(1 - side[leader], marks) };
            kept += fates.Count(f => f == Fate.Keep);
            Assert.False(
                fates.All(f => f == Fate.Keep),
                $"{new string(marks)} / {new string(step)} split as {string.Join("", side)}"
            );

            Fate? View(int mine, char[] seen)
            {
                var members = string.Join(' ', seen.Select((m, at) => $"{(char)('a' + at)}{m}").Where(m => m[1] != '.'));
                var own = Enumerable.Range(0, count).Where(n => side[n] == mine && seen[n] is '+' or '*' or '<').ToList();
                if (own.Count == 0)
                    return null;
                var lost = new string([
                    .. Enumerable.Range(0, count).Where(n => side[n] != mine && seen[n] != '.').Select(n => (char)('a' + n)),
                ]);
                return Decide(strategy, members, (char)('a' + own[0]), lost);
            }
        }
        Assert.True(strategy is "all" || kept > 1000, $"Only {kept} sides stayed at all.");
    }

    // What a leader may have done with a member: up, exiting, removed.
    private static char Next(char mark) =>
        mark switch
        {
            '?' => '*',
            '<' => '>',
            '>' => '.',
            _ => mark,
        };

    [Fact]
    public void Two_that_cannot_reach_each_other_but_everybody_else_are_downed_and_nobody_else()
    {
        var gossip = Gossip("a+ b+ c+ d+ e+").Observe(Node('a'), [Node('d')]).Observe(Node('d'), [Node('a')]);
        var logic = new SplitBrainResolverLogic(new KeepMajority(""), TimeSpan.FromSeconds(5), null);
        logic.Observe(new MembershipState(gossip, Node('b')), TimeSpan.Zero);
        var decision = logic.Decide(TimeSpan.FromSeconds(5));
        Assert.Equal(["a", "d"], decision!.ToDown.Select(m => m.Address.Host).Order(StringComparer.Ordinal));
    }
}

/// <summary>When a decision is taken, and by whom.</summary>
public sealed class SplitBrainResolverLogicSpec
{
    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static SplitBrainResolverLogic Logic() => new(new KeepMajority(""), At(10), At(7.5));

    [Fact]
    public void Not_before_nothing_has_changed_for_the_time_that_is_set()
    {
        var logic = Logic();
        logic.Observe(State("a+ b+ c+ d+", 'a'), At(0));
        logic.Observe(State("a+ b+ c+ d+", 'a', "c"), At(1));
        Assert.Null(logic.Decide(At(10.9)));
        logic.Observe(State("a+ b+ c+ d+", 'a', "cd"), At(10.9)); // one more
        Assert.Null(logic.Decide(At(11)));
        Assert.Null(logic.Decide(At(20.8)));
        var decision = logic.Decide(At(20.9));
        Assert.Equal((Fate.Keep, false), (decision!.Fate, decision.IsUnstable));
        Assert.Equal(["c", "d"], decision.ToDown.Select(m => m.Address.Host));
    }

    [Fact]
    public void The_leader_of_the_side_acts_and_nobody_else()
    {
        var (leader, other, joining) = (Logic(), Logic(), Logic());
        leader.Observe(State("a+ b+ c+", 'a', "c"), At(0));
        other.Observe(State("a+ b+ c+", 'b', "c"), At(0));
        joining.Observe(State("a? b+ c+", 'a', "bc"), At(0));
        Assert.NotNull(leader.Decide(At(10)));
        Assert.Null(other.Decide(At(10)));
        Assert.Null(joining.Decide(At(10)));
    }

    [Fact]
    public void A_side_that_yields_downs_itself_last()
    {
        var logic = Logic();
        logic.Observe(State("a+ b+ c+ d+ e+", 'a', "cde"), At(0));
        var decision = logic.Decide(At(10));
        Assert.Equal(Fate.Yield, decision!.Fate);
        Assert.Equal(["b", "a"], decision.ToDown.Select(m => m.Address.Host));
    }

    [Fact]
    public void Nothing_happens_while_all_are_there_or_already_down()
    {
        var logic = Logic();
        Assert.Null(logic.Decide(At(0)));
        logic.Observe(State("a+ b+", 'a'), At(0));
        Assert.Null(logic.Decide(At(100)));
        logic.Observe(State("a+ b!", 'a', "b"), At(100));
        Assert.Null(logic.Decide(At(200)));
    }

    [Fact]
    public void A_cluster_that_does_not_come_to_rest_is_downed_as_a_whole()
    {
        var logic = Logic();
        logic.Observe(State("a+ b+ c+", 'a'), At(0));
        for (var second = 1; second < 19; second++) // fault: a link that flaps
        {
            logic.Observe(State("a+ b+ c+", 'a', second % 2 == 0 ? "c" : "bc"), At(second));
            Assert.Null(logic.Decide(At(second)));
        }
        logic.Observe(State("a+ b+ c+", 'a', "bc"), At(19));
        var decision = logic.Decide(At(19));
        Assert.Equal((Fate.DownAll, true), (decision!.Fate, decision.IsUnstable));
        Assert.Equal(["b", "c", "a"], decision.ToDown.Select(m => m.Address.Host));
    }
}
