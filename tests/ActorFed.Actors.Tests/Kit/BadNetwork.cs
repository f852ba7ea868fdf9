using ActorFed.Actors.Runs;
using Akka.Actor;
using static ActorFed.Actors.Roster.RosterProtocol;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>
/// Stands between a server and a node, as the node for one and as the server for the other. Every message takes a time of its own, so that
/// any two can change places; some come twice; those that are sent again when they are not answered are also lost.
/// </summary>
internal sealed class BadNetwork : ReceiveActor
{
    private const int SlowestMilliseconds = 2000;

    private readonly Random _chance;
    private readonly Dictionary<RoundKey, IActorRef> _managers = [];
    private IActorRef _node = ActorRefs.Nobody;

    public BadNetwork(IActorRef run, int seed, BadNetworkCount count)
    {
        _chance = new(seed); // the only source of chance: one seed, one network
        Receive<RegisterNode>(m =>
        {
            _node = Sender;
            run.Tell(m);
        });
        Receive<NodeRegistered>(m => _node.Tell(m));
        Receive<IClientMessage>(m =>
        {
            if (m is Invite or AssignWork or UpdateReceived or UpdateRefused or RoundOver)
            {
                _managers[m.Key] = Sender;
                Deliver(_node, m, count);
            }
            else
            {
                Deliver(_managers[m.Key], m, count);
            }
        });
    }

    private void Deliver(IActorRef to, IClientMessage message, BadNetworkCount count)
    {
        if (message is SubmitUpdate or UpdateReceived or RoundOver && _chance.Next(4) == 0)
        {
            count.Lost++;
            return;
        }

        var copies = _chance.Next(3) == 0 ? 2 : 1;
        count.Doubled += copies - 1;
        for (var copy = 0; copy < copies; copy++)
        {
            var delay = TimeSpan.FromMilliseconds(_chance.Next(SlowestMilliseconds));
            Context.System.Scheduler.ScheduleTellOnce(delay, to, message, Self);
        }
    }
}

/// <summary>What a bad network did; written on its own turns, read when the run is over.</summary>
internal sealed class BadNetworkCount
{
    public int Lost { get; set; }
    public int Doubled { get; set; }
}
