using Akka.Actor;
using Akka.Cluster.Membership;

namespace Akka.Cluster.Tests.Simulation;

/// <summary>
/// Hosts, a clock that is a number, and messages that take some milliseconds or are lost. What happens is a function of the seed.
/// </summary>
internal sealed class SimulatedNetwork(int seed, double loss)
{
    private readonly PriorityQueue<Action, (long Time, long Order)> _due = new();
    private readonly Dictionary<Address, Action<object>> _receivers = [];
    private readonly Dictionary<Address, int> _component = [];
    private readonly Dictionary<(Address From, Address To), long> _delayed = [];
    private long _order;

    public Random Chance { get; } = new(seed);

    /// <summary>Milliseconds.</summary>
    public long Now { get; private set; }

    public void At(long time, Action action) => _due.Enqueue(action, (time, _order++));

    public void After(long delay, Action action) => At(Now + delay, action);

    /// <summary>Everything that is due until then.</summary>
    public void RunUntil(long time)
    {
        while (_due.TryPeek(out _, out var due) && due.Time <= time)
        {
            Now = due.Time;
            _due.Dequeue()();
        }
        Now = time;
    }

    public void Listen(Address at, Action<object> receiver) => _receivers[at] = receiver;

    public void Send(Address from, Address to, object message)
    {
        if (Chance.NextDouble() < loss)
            return;
        At(
            Math.Max(Now + Chance.Next(1, 40), _delayed.GetValueOrDefault((from, to))),
            () =>
            {
                if (AreConnected(from, to) && _receivers.TryGetValue(to, out var receiver))
                    receiver(message);
            }
        );
    }

    public int ComponentOf(Address host) => _component.GetValueOrDefault(host);

    public bool AreConnected(Address a, Address b) => ComponentOf(a) == ComponentOf(b);

    /// <summary>What one host sends to another is not heard before that time.</summary>
    public void Delay(Address from, Address to, long until) => _delayed[(from, to)] = until;

    /// <summary>From now on messages pass between hosts of the same component only.</summary>
    public void Split(Func<Address, int> component)
    {
        foreach (var host in _receivers.Keys)
            _component[host] = component(host);
    }

    public void Heal() => _component.Clear();

    public bool IsSplit => _component.Values.Distinct().Skip(1).Any();
}
