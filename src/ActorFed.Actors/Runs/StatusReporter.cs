using ActorFed.Actors.Transfer;
using Akka.Actor;
using static ActorFed.Actors.Runs.StatusProtocol;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Runs;

/// <summary>Adds to one answer what the fetcher alone knows, sends it, and is gone: nobody's turn waits for that.</summary>
internal sealed class StatusReporter : ReceiveActor
{
    public StatusReporter(RunStatus known, IActorRef fetcher, IActorRef asker)
    {
        fetcher.Tell(new DescribeTransfers());
        Receive<TransferReport>(m =>
        {
            asker.Tell(known with { Transfers = m with { Current = [.. m.Current.Take(RunStatus.MostTransfers)] } });
            Context.Stop(Self);
        });
    }

    public static Props Props(RunStatus known, IActorRef fetcher, IActorRef asker) =>
        Akka.Actor.Props.Create(() => new StatusReporter(known, fetcher, asker));
}
