using System.Text;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.SBR;

namespace Akka.Cluster.Tests.Simulation;

/// <summary>One run of a cluster: joins, leaves, crashes, splits and heals at times drawn from a seed, with the invariants held at every step.</summary>
internal sealed class Schedule
{
    // Detection: the pause, and what phi needs above it. Then the resolver, gossip of the decision, and its leader's next round; a second
    // leader's turn if the first is gone by then.
    private const long Detection = 9_000;
    private const long Spreading = 8_000;
    private const long Step = 250;
    private const int Lateness = 8_000;

    private readonly SimulatedNetwork _network;
    private readonly SimulatedSettings _settings;
    private readonly List<SimulatedNode> _nodes = [];
    private readonly StringBuilder _story = new();
    private readonly long _bound;
    private long _calmSince;
    private int _uid;

    public Schedule(int seed, DowningStrategy? other = null)
    {
        Seed = seed;
        _network = new SimulatedNetwork(seed, loss: seed % 4 == 0 ? 0.02 : 0);
        var hosts = _network.Chance.Next(2, 8);
        DowningStrategy strategy = _network.Chance.Next(3) switch
        {
            0 => new KeepMajority(""),
            1 => new StaticQuorum(hosts / 2 + 1, ""),
            _ => new KeepOldest(_network.Chance.Next(2) == 0, ""),
        };
        var stableAfter = TimeSpan.FromSeconds(10);
        _settings = new SimulatedSettings(other ?? strategy, stableAfter, MonitoredBy: _network.Chance.Next(3) == 0 ? 2 : 9);
        _bound = 2 * (Detection + (long)_settings.StableAfter.TotalMilliseconds + Spreading);
        Hosts = [.. Enumerable.Range(0, hosts).Select(i => new Address("akka.tcp", "sim", ((char)('a' + i)).ToString(), 1))];
        Tell($"seed {seed}: {hosts} hosts, each watched by {_settings.MonitoredBy}, {strategy}");
    }

    public int Seed { get; }

    public Address[] Hosts { get; }

    public string Story => _story.ToString();

    /// <summary>Whether a decision was needed, and whether anybody was left in the end: a test where nothing happens proves nothing.</summary>
    public bool HadSplit { get; private set; }

    public bool HasSurvivors => Up.Any();

    public int Moves { get; private set; }

    private IEnumerable<SimulatedNode> Alive => _nodes.Where(n => n.IsAlive);

    private IEnumerable<SimulatedNode> Up => Alive.Where(n => n.Status is MemberStatus.Up);

    private void Tell(string what) => _story.AppendLine($"{_network.Now / 1000.0, 8:0.000} {what}");

    /// <exception cref="Xunit.Sdk.XunitException">An invariant does not hold; the message tells the story.</exception>
    public void Run()
    {
        Form();
        for (var moves = _network.Chance.Next(2, 6); moves > 0; moves--)
        {
            _calmSince = Math.Max(_calmSince, _network.Now); // what is late may still be
            Move();
            Moves++;
            // Mostly in the middle of what follows from it, sometimes after that.
            Go(_network.Chance.Next(5) == 0 ? _calmSince + _bound - _network.Now : _network.Chance.Next(200, 25_000));
        }
        Go(_calmSince + _bound - _network.Now);
        CheckSettled();
    }

    private void Form()
    {
        var first = Start(Hosts[0]);
        first.Membership.JoinTo(Hosts[0]);
        foreach (var host in Hosts.Skip(1).Take(_network.Chance.Next(Hosts.Length)))
            Start(host).Membership.JoinTo(Hosts[0]);
        Go(8_000);
        Tell($"formed: {string.Join(' ', Up.Select(n => n.Self.Address.Host))}");
    }

    private SimulatedNode Start(Address host)
    {
        var node = new SimulatedNode(_network, new UniqueAddress(host, ++_uid), _settings);
        _nodes.Add(node);
        return node;
    }

    private void Move()
    {
        switch (_network.Chance.Next(9))
        {
            case 0 or 1 or 6 or 7:
                JoinOne();
                break;
            case 2:
                if (Pick(Up) is { } leaver)
                {
                    Tell($"{leaver.Self.Address.Host} leaves");
                    leaver.Membership.Leave(leaver.Self.Address);
                }
                break;
            case 3:
                if (Pick(Alive) is { } victim)
                {
                    Tell($"fault: {victim.Self.Address.Host} crashes");
                    victim.Crash();
                }
                break;
            case 4 when _network.IsSplit && _network.Chance.Next(2) == 0:
            case 5 when _network.IsSplit:
                Tell("heals");
                _network.Heal();
                break;
            case 8:
                HearLate();
                break;
            default:
                SplitOnce();
                break;
        }
    }

    private void JoinOne()
    {
        var free = Hosts.Where(h => !Alive.Any(n => n.Self.Address.Equals(h))).ToList();
        if (free.Count == 0)
            return;
        var host = free[_network.Chance.Next(free.Count)];
        if (Pick(Up.Where(n => _network.AreConnected(n.Self.Address, host))) is not { } contact)
            return; // whom should it ask
        Tell($"{host.Host} joins by {contact.Self.Address.Host}");
        Start(host).Membership.JoinSeeds(Hosts.Where(h => !h.Equals(host)).Prepend(contact.Self.Address));
    }

    private void SplitOnce()
    {
        var parts = _network.Chance.Next(5) == 0 ? 3 : 2;
        var component = Hosts.ToDictionary(h => h, _ => _network.Chance.Next(parts));
        _network.Split(h => component[h]);
        HadSplit |= Up.Select(n => component[n.Self.Address]).Distinct().Skip(1).Any();
        Tell(
            $"fault: splits into {string.Join(" | ", Hosts.GroupBy(h => component[h]).Select(g => string.Join(' ', g.Select(h => h.Host))))}"
        );
    }

    // What it says of those it hears late stays with the others, when the next move takes it away.
    private void HearLate()
    {
        if (Pick(Alive) is not { } witness)
            return;
        var others = Hosts.Where(h => !h.Equals(witness.Self.Address) && _network.Chance.Next(2) == 0).ToList();
        var until = _network.Now + _network.Chance.Next(1_000, Lateness);
        _calmSince = Math.Max(_calmSince, until);
        foreach (var from in others)
            _network.Delay(from, witness.Self.Address, until);
        Tell(
            $"fault: {witness.Self.Address.Host} hears {string.Join(' ', others.Select(h => h.Host))} late, until {until / 1000.0:0.000}"
        );
    }

    private SimulatedNode? Pick(IEnumerable<SimulatedNode> nodes)
    {
        var all = nodes.ToList();
        return all.Count == 0 ? null : all[_network.Chance.Next(all.Count)];
    }

    private void Go(long milliseconds)
    {
        for (var end = _network.Now + milliseconds; _network.Now < end; )
        {
            _network.RunUntil(Math.Min(end, _network.Now + Step));
            CheckSingleton();
            if (_network.Now - _calmSince == _bound)
                CheckSettled();
        }
    }

    /// <summary>At every step: no two singletons where nodes can talk to each other.</summary>
    private void CheckSingleton()
    {
        SimulatedNode? running = null;
        foreach (var node in _nodes)
        {
            if (!node.RunsSingleton)
                continue;
            if (running is not null && _network.AreConnected(running.Self.Address, node.Self.Address))
                Fail($"the singleton runs on {running.Self} and on {node.Self}");
            running = node;
        }
    }

    /// <summary>After the bound without a move.</summary>
    private void CheckSettled()
    {
        var sides = Up.GroupBy(n => _network.ComponentOf(n.Self.Address)).ToList();
        if (sides.Count > 1)
            Fail(
                $"members are up on {sides.Count} sides: {string.Join(" | ", sides.Select(s => string.Join(' ', s.Select(n => n.Self.Address.Host))))}"
            );
        foreach (var node in Up)
        {
            foreach (var member in node.Membership.State.Gossip.Members)
            {
                if (!_nodes.Exists(n => n.IsAlive && n.Self.Equals(member.UniqueAddress)))
                    Fail($"{node.Self} still has {member}, which is gone for {(_network.Now - _calmSince) / 1000.0} s");
            }
        }
        CheckAgreement([.. Up]);
    }

    private void CheckAgreement(List<SimulatedNode> up)
    {
        if (up.Count == 0)
            return;
        var first = up[0].Membership.State;
        foreach (var node in up)
        {
            var state = node.Membership.State;
            if (!state.HasConverged)
                Fail($"{node.Self} sees no convergence: {state.Gossip}");
            if (!Equals(state.Leader, first.Leader) || state.Leader is null)
                Fail($"{node.Self} is led by {state.Leader}, {up[0].Self} by {first.Leader}");
            if (!state.Gossip.Members.SequenceEqual(first.Gossip.Members))
                Fail($"{node.Self} and {up[0].Self} have different members");
        }
        if (up.Count(n => n.RunsSingleton) != 1)
            Fail($"the singleton runs on {up.Count(n => n.RunsSingleton)} nodes");
    }

    private void Fail(string what) => Assert.Fail($"{what}\n{Story}{_network.Now / 1000.0, 8:0.000} <-- here");
}
