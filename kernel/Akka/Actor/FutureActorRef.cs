using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The reference behind one Ask: the first answer completes the task, later ones are dead letters.</summary>
/// <remarks>Its path is made, and registered, only when somebody looks at it: an answer within the process never does.</remarks>
public sealed class FutureActorRef<T> : MinimalActorRef
{
    private readonly TaskCompletionSource<T> _result;
    private readonly IActorRefProvider _provider;
    private readonly Lock _gate = new();
    private ActorPath? _path;
    private HashSet<IActorRef>? _watchedBy;
    private bool _done;

    internal FutureActorRef(TaskCompletionSource<T> result, IActorRefProvider provider) =>
        (_result, _provider) = (result, provider);

    public override IActorRefProvider Provider => _provider;

    public override IInternalActorRef Parent => _provider.TempContainer;

    public override bool IsTerminated => _result.Task.IsCompleted;

    public override ActorPath Path
    {
        get
        {
            lock (_gate)
            {
                if (_path is not null)
                    return _path;
                _path = _provider.TempPath();
                if (!_done)
                    _provider.RegisterTempActor(this, _path);
                return _path;
            }
        }
    }

    internal override void TellInternal(object message, IActorRef? sender)
    {
        var first = message switch
        {
            Status.Failure failure when !typeof(Status).IsAssignableFrom(typeof(T)) => _result.TrySetException(
                failure.Cause ?? new TaskCanceledException("The actor answered with a failure that has no cause.")
            ),
            T answer => _result.TrySetResult(answer),
            _ => _result.TrySetException(
                new ArgumentException(
                    $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]"
                )
            ),
        };
        if (first)
            Finish();
        else
            _provider.DeadLetters.Tell(new Event.DeadLetter(message, sender ?? _provider.DeadLetters, this), sender!);
    }

    /// <summary>Ends the registration and the watches; called once the task is complete, however that came.</summary>
    internal void Finish()
    {
        HashSet<IActorRef>? watchers;
        lock (_gate)
        {
            if (_done)
                return;
            _done = true;
            watchers = _watchedBy;
            _watchedBy = null;
            if (_path is not null)
                _provider.UnregisterTempActor(_path);
        }
        foreach (var watcher in watchers ?? [])
            ((IInternalActorRef)watcher).SendSystemMessage(new DeathWatchNotification(this, true, false));
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Watch watch when watch.Watchee.Equals(this) && !watch.Watcher.Equals(this):
                if (!AddWatcher(watch.Watcher))
                    watch.Watcher.SendSystemMessage(new DeathWatchNotification(this, true, false));
                break;
            case Unwatch unwatch:
                lock (_gate)
                    _watchedBy?.Remove(unwatch.Watcher);
                break;
            case Terminate:
                if (_result.TrySetCanceled())
                    Finish();
                break;
        }
    }

    public override void Stop() => SendSystemMessage(new Terminate());

    private bool AddWatcher(IActorRef watcher)
    {
        lock (_gate)
        {
            if (_done)
                return false;
            (_watchedBy ??= []).Add(watcher);
            return true;
        }
    }
}
