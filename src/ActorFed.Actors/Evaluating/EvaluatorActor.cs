using ActorFed.Actors.Devices;
using ActorFed.Actors.Wire;
using ActorFed.Kernel.VirtualTime;
using Akka.Actor;
using static ActorFed.Actors.Evaluating.EvaluationProtocol;

namespace ActorFed.Actors.Evaluating;

/// <summary>Has a device judge the global model. It takes no simulated time: a server evaluates beside its rounds.</summary>
public sealed class EvaluatorActor : ReceiveActor
{
    private readonly WorkQueue _work;
    private readonly CancellationTokenSource _stopped = new();

    private EvaluatorActor(WorkQueue work)
    {
        _work = work;
        Receive<Evaluate>(Start);
        Receive<Answer>(m => m.Asker.Tell(m.Reply));
        Receive<EvaluationFailed>(m => throw new EvaluationException(m.Cause));
    }

    /// <summary>How to make one.</summary>
    public static Props Props(WorkQueue work) => Akka.Actor.Props.Create(() => new EvaluatorActor(work));

    /// <inheritdoc />
    protected override void PostStop()
    {
        _stopped.Cancel();
        _stopped.Dispose();
        base.PostStop();
    }

    private void Start(Evaluate m)
    {
        var asker = Sender;
        WorkTokens
            .For(Context.System)
            .Run(
                cancel => _work.RunAsync(WorkOrder.First, (device, c) => device.EvaluateAsync(m.Global, m.Part, c), cancel),
                TimeSpan.Zero,
                order: 0,
                Self,
                success: result => new Answer(asker, new Evaluated(m.Round, m.Part, result)),
                failure: cause => new EvaluationFailed(cause),
                _stopped.Token
            );
    }

    private sealed record Answer(IActorRef Asker, Evaluated Reply) : ILocalMessage;

    private sealed record EvaluationFailed(Exception Cause) : ILocalMessage;
}

/// <summary>The global model could not be evaluated.</summary>
public sealed class EvaluationException(Exception cause) : Exception($"The evaluation failed: {cause?.Message}", cause);
