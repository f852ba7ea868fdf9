using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

public partial class ActorCell
{
    /// <summary>Handles one user message; whatever it throws is for the supervisor.</summary>
    internal void Invoke(object message, IActorRef? sender)
    {
        _message = message;
        _sender = sender;
        HasStashedCurrentMessage = false;
        try
        {
            if (_timeout is { } timeout && message is not INotInfluenceReceiveTimeout)
                timeout.Cancel();
            if (message is IAutoReceivedMessage)
                AutoReceive(message);
            else
                ReceiveMessage(message);
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e);
        }
        if (_timeout is not null && message is not INotInfluenceReceiveTimeout)
            ArmReceiveTimeout();
    }

    internal void ReceiveMessage(object message)
    {
        if (_system.Settings.DebugReceive)
            Publish(new Debug(_self.Path.ToString(), ActorType, $"received message {message} from {Sender}"));
        _actor!.AroundReceiveInternal(_behavior!, message);
    }

    private void AutoReceive(object message)
    {
        if (_system.Settings.DebugAutoReceive)
            Publish(new Debug(_self.Path.ToString(), ActorType, "received AutoReceiveMessage " + message));
        switch (message)
        {
            case TimerMessage timer:
                ReceiveTimer(timer);
                break;
            case Terminated terminated:
                ReceivedTerminated(terminated);
                break;
            case PoisonPill:
                _self.Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, _self), _self);
                break;
            case ActorSelectionMessage selection:
                ActorSelections.Deliver(_self, Sender, selection);
                break;
            default:
                ReceiveMessage(message);
                break;
        }
    }

    private void ReceiveTimer(TimerMessage timer)
    {
        if (_timers is null || !_timers.TryAccept(timer, out var message))
            return;
        _message = message;
        if (message is IAutoReceivedMessage)
            AutoReceive(message);
        else
            ReceiveMessage(message);
    }

    internal void SystemInvoke(SystemMessage message)
    {
        try
        {
            Handle(message);
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e, message is Failed failed ? failed.Child : null);
        }
    }

    private void Handle(SystemMessage message)
    {
        switch (message)
        {
            case Create:
                CreateActor();
                break;
            case ActorTask task:
                RunActorTask(task);
                break;
            case DeathWatchNotification died:
                WatchedActorTerminated(died.Actor, died.ExistenceConfirmed, died.AddressTerminated);
                break;
            case Watch watch:
                AddWatcher(watch.Watchee, watch.Watcher);
                break;
            case Unwatch unwatch:
                RemoveWatcher(unwatch.Watchee, unwatch.Watcher);
                break;
            case Failed failed:
                HandleFailed(failed);
                break;
            case Recreate recreate:
                FaultRecreate(recreate.Cause);
                break;
            case Suspend:
                FaultSuspend();
                break;
            case Resume resume:
                FaultResume(resume.CausedByFailure);
                break;
            case Terminate:
                TerminateActor();
                break;
            case Supervise supervise:
                HandleSupervise(supervise);
                break;
        }
    }

    /// <summary>Work of an async handler: it sees the message and the sender that it began with.</summary>
    private void RunActorTask(ActorTask task)
    {
        _message = task.Message;
        _sender = task.Sender;
        task.Run();
    }
}
