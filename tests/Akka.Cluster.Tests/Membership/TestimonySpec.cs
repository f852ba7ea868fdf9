using Akka.Cluster.Membership;
using static Akka.Cluster.Tests.Membership.Nodes;

namespace Akka.Cluster.Tests.Membership;

/// <summary>Who is out of reach, as a table of who says what: "a:bc" is a, that cannot reach b and c.</summary>
public sealed class TestimonySpec
{
    private const string Five = "a+ b+ c+ d+ e+";

    [Theory]
    [InlineData(Five, 'a', "", "")]
    [InlineData(Five, 'a', "b:c", "c")]
    [InlineData(Five, 'c', "b:c", "")] // nobody has to tell it about itself
    [InlineData(Five, 'a', "b:c a:b", "b")] // b is gone, and what it said last with it
    [InlineData(Five, 'd', "b:ac a:b", "abc")] // one against one: a link is broken, or b is wrong
    [InlineData(Five, 'd', "b:ac a:b e:b", "b")] // but e, whom nobody accuses, cannot reach b either
    [InlineData(Five, 'd', "b:a a:c c:e", "ae")] // b is believed, so a is not, so c is again
    [InlineData(Five, 'e', "a:b b:a", "ab")]
    [InlineData(Five, 'a', "a:b b:a", "b")]
    [InlineData(Five, 'a', "b:cde c:bde d:bce e:bcd", "bcde")]
    [InlineData("a+ b! c+ d+ e+", 'a', "b:c", "")] // one that is down has no voice
    [InlineData("a+ b+ c+", 'a', "z:b b:z", "")] // nor one that is no member, nor anything about it
    public void Who_is_out_of_reach(string members, char self, string rows, string unreachable)
    {
        var gossip = rows.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(Gossip(members), (g, row) => g.Observe(Node(row[0]), [.. row[2..].Select(n => Node(n))]));
        Assert.Equal(unreachable, string.Concat(Testimony.Unreachable(gossip, Node(self)).Select(n => n.Address.Host).Order()));
    }
}
