using System.Threading.Channels;
using ActorFed.Actors.Nodes;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Wire;
using Akka.Actor;
using Akka.Remote;

namespace ActorFed.Host.Cluster;

/// <summary>The server has given up this incarnation of the node: only a new actor system is heard again.</summary>
internal sealed record GivenUp : ILocalMessage;

/// <summary>The server was out of reach for longer than the settings allow.</summary>
internal sealed record PatienceOver : ILocalMessage;

/// <summary>Hands the facts of a node from the event stream to whoever decides about the process.</summary>
internal sealed class NodeWatcher : ReceiveActor, IWithTimers
{
    public NodeWatcher(ChannelWriter<object> facts, TimeSpan patience)
    {
        Receive<ThisActorSystemQuarantinedEvent>(_ => facts.TryWrite(new GivenUp()));
        Receive<PatienceOver>(m => facts.TryWrite(m));
        Receive<ServerLost>(m =>
        {
            Timers.StartSingleTimer(nameof(PatienceOver), new PatienceOver(), patience);
            facts.TryWrite(m);
        });
        Receive<NodeJoined>(m =>
        {
            Timers.Cancel(nameof(PatienceOver));
            facts.TryWrite(m);
        });
        ReceiveAny(m => facts.TryWrite(m));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        foreach (
            var kind in (Type[])
                [typeof(INodeEvent), typeof(ClientProgress), typeof(TransferProgress), typeof(ThisActorSystemQuarantinedEvent)]
        )
        {
            Context.System.EventStream.Subscribe(Self, kind);
        }
    }
}
