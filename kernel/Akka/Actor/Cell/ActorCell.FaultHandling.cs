using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

public partial class ActorCell
{
    /// <summary>Who failed: this actor, or the child whose failure it passed on. Null while all is well.</summary>
    private IActorRef? _perpetrator;

    internal bool IsTerminating => _children?.IsTerminating == true;

    private bool IsNormal => _children?.IsNormal != false;

    private bool WaitForChildren(WaitReason reason, Exception? cause = null) => _children?.WaitFor(reason, cause) == true;

    private void CreateActor()
    {
        try
        {
            _actor = NewActor();
            _actor.AroundPreStart();
            ArmReceiveTimeout();
            DebugLifecycle("Started (" + _actor.GetType() + ")");
        }
        catch (Exception e)
        {
            ClearActor();
            var inner = e is System.Reflection.TargetInvocationException { InnerException: { } cause } ? cause : e;
            throw inner is ActorInitializationException
                ? inner
                : new ActorInitializationException(_self, $"Exception during creation: {inner.Message}", inner);
        }
    }

    private ActorBase NewActor()
    {
        _behavior = null;
        _behaviorsBelow = null;
        var actor =
            Props.NewActor() ?? throw new ActorInitializationException(_self, "Actor instance passed to ActorOf can't be 'null'");
        _actor = actor;
        Equip(actor);
        _behavior ??= actor.OwnReceive;
        (actor as IInitializableActor)?.Init();
        return actor;
    }

    private void Equip(ActorBase actor)
    {
        if (actor is IActorStash stashing)
            stashing.Stash = StashFactory.CreateStash(this, stashing);
        if (actor is IWithTimers timed)
            timed.Timers = _timers = new TimerScheduler(this);
    }

    /// <summary>Stops normal work and tells the supervisor; the children wait with this actor.</summary>
    internal void HandleInvokeFailure(Exception cause, IActorRef? notToSuspend = null)
    {
        if (_perpetrator is not null)
            return;
        _mailbox.Suspend();
        try
        {
            _perpetrator = notToSuspend ?? _self;
            SuspendChildren(notToSuspend);
            _parent.SendSystemMessage(new Failed(_self, cause, _self.Path.Uid));
        }
        catch (Exception e)
        {
            Publish(new Error(e, _self.Path.ToString(), ActorType, "emergency stop: exception in failure handling"));
            foreach (var child in Children?.Refs() ?? [])
                Stop(child);
            FinishTerminate();
        }
    }

    /// <summary>A child failed: the strategy decides, or the failure becomes this actor's own.</summary>
    private void HandleFailed(Failed failed)
    {
        _message = failed;
        _sender = failed.Child;
        var stats = failed.Uid == failed.Child.Path.Uid ? _children?.Stats(failed.Child, _system.Scheduler) : null;
        if (stats is null)
        {
            DebugLifecycle($"dropping Failed({failed.Cause}) from unknown child {failed.Child}");
            return;
        }
        var strategy = _actor?.Strategy ?? SupervisorStrategy.StoppingStrategy;
        if (!strategy.HandleFailure(this, failed.Child, failed.Cause, stats, _children!.AllStats(_system.Scheduler)))
            throw failed.Cause;
    }

    private void FaultRecreate(Exception cause)
    {
        if (_actor is null)
        {
            Publish(new Error(null!, _self.Path.ToString(), ActorType, "changing Recreate into Create after " + cause));
            FaultCreate();
        }
        else if (IsNormal)
        {
            var failed = _actor;
            DebugLifecycle("restarting");
            try
            {
                failed.AroundPreRestart(cause, _message!);
            }
            catch (Exception e)
            {
                var wrapped = new PreRestartException(_self, e, cause, _message);
                Publish(new Error(wrapped, _self.Path.ToString(), failed.GetType(), e.Message));
            }
            finally
            {
                LeaveInstance();
            }
            if (!WaitForChildren(WaitReason.Recreation, cause))
                FinishRecreate(cause, failed);
        }
        else
        {
            // Dying already; the suspension that came with the failure must be taken back all the same.
            FaultResume(null);
        }
    }

    private void FinishRecreate(Exception cause, ActorBase? failed)
    {
        var survivors = Children?.Refs() ?? [];
        try
        {
            try
            {
                _mailbox.Resume();
            }
            finally
            {
                _perpetrator = null;
            }
            ClearActor();
            var fresh = NewActor();
            fresh.AroundPostRestart(cause, null!);
            ArmReceiveTimeout();
            DebugLifecycle("restarted");
            foreach (var child in survivors)
                RestartSurvivor(child, cause);
        }
        catch (Exception e)
        {
            ClearActor();
            var inner = e is System.Reflection.TargetInvocationException { InnerException: { } thrown } ? thrown : e;
            HandleInvokeFailure(new PostRestartException(_self, inner, cause));
        }
    }

    private void RestartSurvivor(IInternalActorRef child, Exception cause)
    {
        try
        {
            child.Restart(cause);
        }
        catch (Exception e)
        {
            Publish(new Error(e, _self.Path.ToString(), ActorType, "restarting " + child));
        }
    }

    private void FaultSuspend()
    {
        _mailbox.Suspend();
        SuspendChildren(null);
    }

    private void FaultResume(Exception? cause)
    {
        if (_actor is null)
        {
            Publish(new Error(null!, _self.Path.ToString(), ActorType, "changing Resume into Create after " + cause));
            FaultCreate();
            return;
        }
        var perpetrator = _perpetrator;
        _mailbox.Resume();
        if (cause is not null)
            _perpetrator = null;
        ResumeChildren(cause, perpetrator);
    }

    /// <summary>The constructor had failed: what children it left are stopped, and it is tried again.</summary>
    private void FaultCreate()
    {
        StopChildren();
        if (!WaitForChildren(WaitReason.Creation))
            FinishCreate();
    }

    private void FinishCreate()
    {
        try
        {
            _mailbox.Resume();
        }
        finally
        {
            _perpetrator = null;
        }
        try
        {
            CreateActor();
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e);
        }
    }

    private void StopChildren()
    {
        foreach (var child in Children?.Refs() ?? [])
            Stop(child);
    }

    private void TerminateActor()
    {
        SetReceiveTimeout(null);
        UnwatchWatchedActors();
        StopChildren();
        var wasTerminating = IsTerminating;
        if (WaitForChildren(WaitReason.Termination))
        {
            if (wasTerminating)
                return;
            _mailbox.Suspend(); // no user message while the children stop
            _perpetrator = _self;
            DebugLifecycle("stopping");
        }
        else
        {
            FinishTerminate();
        }
    }

    private void FinishTerminate()
    {
        ContainerForNewChild().Terminated();
        var actor = _actor;
        try
        {
            actor?.AroundPostStop();
        }
        catch (Exception e)
        {
            Publish(new Error(e, _self.Path.ToString(), ActorType, e.Message));
        }
        finally
        {
            LeaveInstance();
            _dispatcher.Detach(this);
            _parent.SendSystemMessage(new DeathWatchNotification(_self, true, false));
            TellWatchersWeDied();
            UnwatchWatchedActors();
            DebugLifecycle("stopped");
            ClearActor();
            _message = null;
            _sender = null;
        }
    }

    /// <summary>Timers belong to an instance and end with it.</summary>
    private void LeaveInstance()
    {
        _timers?.CancelAll();
        _timers = null;
        _timeout?.Cancel();
    }

    private void ClearActor()
    {
        var actor = _actor;
        _actor = null;
        _behavior = null;
        _behaviorsBelow = null;
        LeaveInstance();
        actor?.Clear(_self);
        if (actor is not null)
            Props.Release(actor);
    }
}
