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
    public void The_side_that_stays_stays_whole(string strategy) =>
        Never(
            strategy,
            watchers: 9,
            rest => rest.Exists(n => n.Status != MemberStatus.Up || !Members(n).SetEquals(Selves(rest)))
        );

    /// <summary>
    /// Where nobody but its accusers watched it, nothing changes in what is known when it is cut off: a broken link, of which both ends go.
    /// </summary>
    [Theory, MemberData(nameof(Strategies))]
    public void Where_few_watch_each_other_the_side_that_stays_lives(string strategy) =>
        Never(
            strategy,
            watchers: 2,
            rest =>
            {
                var up = rest.FindAll(n => n.Status == MemberStatus.Up);
                return up.Count == 0 || up.Exists(n => !Members(n).SetEquals(Selves(up)));
            }
        );

    private static void Never(string strategy, int watchers, Predicate<List<SimulatedNode>> isWrong)
    {
        var wrong = Enumerable
            .Range(0, Schedules)
            .Select(seed => Run(strategy, watchers, seed, isWrong))
            .Where(story => story.Length > 0)
            .ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {Schedules}:\n{string.Join('\n', wrong.Take(10))}");
    }

    /// <summary>Empty, or what went wrong.</summary>
    private static string Run(string strategy, int watchers, int seed, Predicate<List<SimulatedNode>> isWrong)
    {
        var network = new SimulatedNetwork(seed, loss: 0);
        var hosts = Enumerable.Range(0, network.Chance.Next(3, 7)).Select(i => Host("abcdef"[i])).ToArray();
        network.Chance.Shuffle(hosts); // the first founds the cluster: the oldest is not always the first by address
        var settings = new SimulatedSettings(Strategy(strategy, hosts.Length), StableAfter, watchers);
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

        return isWrong(rest)
            ? $"seed {seed}: {witness.Self.Address.Host} heard [{Names(late)}] late and was cut off: "
                + string.Join(", ", rest.Select(n => $"{n.Self.Address.Host} is {n.Status?.ToString() ?? "gone"}"))
            : "";
    }

    private static HashSet<UniqueAddress> Members(SimulatedNode node) =>
        [.. node.Membership.State.Gossip.Members.Select(m => m.UniqueAddress)];

    private static IEnumerable<UniqueAddress> Selves(List<SimulatedNode> nodes) => nodes.Select(n => n.Self);

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
