using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Ends remoting after the last actor below /user, and before the end of the system.</summary>
internal sealed class RemotingTerminator : UntypedActor
{
    private readonly RemoteTransport _transport;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public RemotingTerminator(RemoteTransport transport) => _transport = transport;

    protected override void PreStart() =>
        ((ActorSystemImpl)Context.System).SystemGuardian.Tell(RegisterTerminationHook.Instance, Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case TerminationHook:
                _log.Info("Shutting down remote daemon.");
                _transport.ShutdownAsync().PipeTo(Self, Self, () => Ended.Instance, e => new Status.Failure(e));
                break;
            case Status.Failure failure:
                _log.Error(failure.Cause, "Remoting ended with an error");
                Done();
                break;
            case Ended:
                _log.Info("Remoting shut down.");
                Done();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Done()
    {
        ((ActorSystemImpl)Context.System).SystemGuardian.Tell(TerminationHookDone.Instance, Self);
        Context.Stop(Self);
    }

    private sealed record Ended : INoSerializationVerificationNeeded
    {
        public static readonly Ended Instance = new();
    }
}
