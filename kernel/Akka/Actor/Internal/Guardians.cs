using Akka.Dispatch.SysMsg;

namespace Akka.Actor.Internal;

/// <summary>Top of the tree: ends when a guardian below it has ended.</summary>
internal sealed class RootGuardianActor : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is StopChild stop)
            Context.Stop(stop.Child);
        else
            Context.System.DeadLetters.Tell(message, Sender);
    }

    protected override void PreRestart(Exception reason, object message) { } // the guardians below go on
}

internal sealed class UserGuardianActor : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is StopChild stop)
            Context.Stop(stop.Child);
        else
            Context.System.DeadLetters.Tell(message, Sender);
    }

    protected override void PreRestart(Exception reason, object message) { } // top-level actors go on
}

/// <summary>Ends after /user has ended and those who asked for it have done their last work; then the whole tree ends.</summary>
internal sealed class SystemGuardianActor(IActorRef userGuardian) : UntypedActor
{
    private readonly HashSet<IActorRef> _hooks = [];

    protected override void PreStart() => Context.Watch(userGuardian);

    protected override void PreRestart(Exception reason, object message) { }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case StopChild stop:
                Context.Stop(stop.Child);
                break;
            case Terminated terminated when terminated.ActorRef.Equals(userGuardian):
                Context.Become(Ending);
                foreach (var hook in _hooks)
                    hook.Tell(TerminationHook.Instance, Self);
                StopWhenAllDone();
                break;
            case Terminated terminated:
                _hooks.Remove(terminated.ActorRef);
                break;
            case RegisterTerminationHook:
                _hooks.Add(Sender);
                Context.Watch(Sender);
                break;
            default:
                Context.System.DeadLetters.Tell(message, Sender);
                break;
        }
    }

    private bool Ending(object message)
    {
        if (message is Terminated terminated)
            _hooks.Remove(terminated.ActorRef);
        else if (message is TerminationHookDone)
            _hooks.Remove(Sender);
        else
            return false;
        StopWhenAllDone();
        return true;
    }

    private void StopWhenAllDone()
    {
        if (_hooks.Count > 0)
            return;
        ((ActorSystemImpl)Context.System).StopLoggers();
        Context.Stop(Self);
        ((IInternalActorRef)Context.Parent).Stop();
    }
}

internal sealed record StopChild(IActorRef Child) : INoSerializationVerificationNeeded;

internal sealed record RegisterTerminationHook : INoSerializationVerificationNeeded
{
    public static readonly RegisterTerminationHook Instance = new();
}

internal sealed record TerminationHook : INoSerializationVerificationNeeded
{
    public static readonly TerminationHook Instance = new();
}

internal sealed record TerminationHookDone : INoSerializationVerificationNeeded
{
    public static readonly TerminationHookDone Instance = new();
}
