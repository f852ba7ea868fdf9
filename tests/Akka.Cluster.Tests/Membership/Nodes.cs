using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;

namespace Akka.Cluster.Tests.Membership;

/// <summary>Nodes and gossips for tests of the values.</summary>
internal static class Nodes
{
    /// <summary>The node of a letter; by address a comes before b.</summary>
    public static UniqueAddress Node(char name, int uid = 1) => new(new Address("akka.tcp", "test", name.ToString(), 1), uid);

    public static Member Member(char name, MemberStatus status, int upNumber = -1, params string[] roles) =>
        new(
            Node(name),
            upNumber >= 0 ? upNumber
                : status == MemberStatus.Joining ? Akka.Cluster.Member.NotUpYet
                : name - 'a' + 1,
            status,
            [.. roles]
        );

    /// <summary>"a+ b? c&lt;": a is up, b joining, c leaving; "&gt;" is exiting, "!" down, "*" has just come up. The age is the order of the alphabet.</summary>
    public static Gossip Gossip(string text)
    {
        var members = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse).Order().ToList();
        return new Gossip(
            [.. members],
            [.. members.Select(m => m.UniqueAddress)],
            Reachability.AllReachable,
            VectorClock.Empty.Increment(Node('a')),
            ImmutableDictionary<UniqueAddress, long>.Empty
        );
    }

    private static Member Parse(string text) =>
        text[1] == '*' ? Member(text[0], MemberStatus.Up, 100 + text[0]) : Member(text[0], Status(text[1]));

    private static MemberStatus Status(char mark) =>
        mark switch
        {
            '+' => MemberStatus.Up,
            '?' => MemberStatus.Joining,
            '<' => MemberStatus.Leaving,
            '>' => MemberStatus.Exiting,
            '!' => MemberStatus.Down,
            _ => throw new ArgumentException($"'{mark}' marks no status.", nameof(mark)),
        };

    /// <summary>The state of a node that cannot reach others; the rest has seen what it sees.</summary>
    public static MembershipState State(string members, char self, string unreachable = "") =>
        State(Gossip(members), self, unreachable);

    public static MembershipState State(Gossip gossip, char self, string unreachable)
    {
        UniqueAddress[] lost = [.. unreachable.Select(n => Node(n))];
        var seen = gossip.Members.Select(m => m.UniqueAddress).Except(lost);
        return new MembershipState(gossip.Observe(Node(self), [.. lost]).ChangedBy(Node(self)).SeenBy(seen), Node(self));
    }
}
