using Akka.Actor;
using Akka.Cluster.SBR;

namespace Akka.Cluster.Tests.Simulation;

/// <summary>
/// A node that hears some others late takes them for lost, says so to the rest, and is then cut off before it can take that back. What it
/// said last stays with the others: it must not cost the side that has to stay one of its members, nor its life.
/// </summary>
public sealed class LateWitness
{
    private const long Formed = 8_000;
    private const long Settled = 90_000;
    private const int Schedules = 400;

    /// <summary>Akka.NET's own; with less, all this going to and fro is reason enough to down everybody.</summary>
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Strategies => ["keep-majority", "static-quorum", "keep-oldest", "oldest-alone"];

    [Theory, MemberData(nameof(Strategies))]
    public void The_side_that_stays_stays_whole(string strategy)
    {
        var lost = Enumerable.Range(0, Schedules).Select(seed => Run(strategy, seed)).Where(story => story.Length > 0).ToList();
        Assert.True(lost.Count == 0, $"{lost.Count} of {Schedules}:\n{string.Join('\n', lost.Take(10))}");
    }

    /// <summary>Empty, or what went wrong.</summary>
    private static string Run(string strategy, int seed)
    {
        var network = new SimulatedNetwork(seed, loss: 0);
        var hosts = Enumerable.Range(0, network.Chance.Next(3, 7)).Select(i => Host("abcdef"[i])).ToArray();
        network.Chance.Shuffle(hosts); // the first founds the cluster: the oldest is not always the first by address
        var settings = new SimulatedSettings(Strategy(strategy, hosts.Length), StableAfter);
        var nodes = hosts.Select((h, i) => new SimulatedNode(network, new UniqueAddress(h, i + 1), settings)).ToList();
        foreach (var node in nodes)
        {
            node.Membership.JoinTo(hosts[0]);
            network.RunUntil(network.Now + 500);
        }
        network.RunUntil(Formed + network.Chance.Next(2_000));

        var witness = strategy == "oldest-alone" ? nodes[0] : nodes[^1];
        var rest = nodes.Where(n => n != witness).ToList();
        var late = rest.Where(_ => network.Chance.Next(2) == 0).Select(n => n.Self.Address).ToList();
        foreach (var from in late) // fault: its messages from some wait, as in a long pause of the thread that reads them
            network.Delay(from, witness.Self.Address, network.Now + network.Chance.Next(5_000, 9_000));
        network.RunUntil(network.Now + network.Chance.Next(3_000, 9_000));
        network.Split(h => h.Equals(witness.Self.Address) ? 1 : 0); // fault: then its cable is pulled
        network.RunUntil(network.Now + Settled);

        var wanted = rest.Select(n => n.Self).ToHashSet();
        var wrong = rest.Where(n => n.Status != MemberStatus.Up || !wanted.SetEquals(Members(n))).ToList();
        return wrong.Count == 0
            ? ""
            : $"seed {seed}: {witness.Self.Address.Host} heard [{Names(late)}] late and was cut off from [{Names(rest.Select(n => n.Self.Address))}]: "
                + string.Join(", ", wrong.Select(n => $"{n.Self.Address.Host} is {n.Status?.ToString() ?? "gone"}"));
    }

    private static IEnumerable<UniqueAddress> Members(SimulatedNode node) =>
        node.Membership.State.Gossip.Members.Select(m => m.UniqueAddress);

    private static Address Host(char name) => new("akka.tcp", "sim", name.ToString(), 1);

    private static string Names(IEnumerable<Address> hosts) => string.Join(' ', hosts.Select(h => h.Host));

    private static DowningStrategy Strategy(string name, int nodes) =>
        name switch
        {
            "keep-majority" => new KeepMajority(""),
            "static-quorum" => new StaticQuorum(nodes / 2 + 1, ""),
            _ => new KeepOldest(DownIfAlone: true, ""),
        };
}
