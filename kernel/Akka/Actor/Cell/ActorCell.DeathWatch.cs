using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

public partial class ActorCell
{
    private static readonly object s_noMessage = new();

    // The value is the message of WatchWith, or the mark that there is none.
    private Dictionary<IActorRef, object>? _watching;
    private Dictionary<IActorRef, object>? _terminatedQueued;
    private HashSet<IActorRef>? _watchedBy;

    public IActorRef Watch(IActorRef subject) => StartWatching(subject, s_noMessage);

    public IActorRef WatchWith(IActorRef subject, object message) => StartWatching(subject, message);

    private IActorRef StartWatching(IActorRef subject, object message)
    {
        if (subject.Equals(_self))
            return subject;
        _watching ??= [];
        if (_watching.TryGetValue(subject, out var known))
        {
            if (!Equals(known, message))
                throw new InvalidOperationException(
                    $"{_self} watches {subject} already, with another termination message; unwatch it first."
                );
            return subject;
        }
        var watchee = (IInternalActorRef)subject;
        watchee.SendSystemMessage(new Watch(watchee, _self));
        _watching.Add(subject, message);
        if (_system.Settings.DebugLifecycle)
            Publish(new Debug(_self.Path.ToString(), ActorType, "now watching " + subject));
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        if (_watching?.Remove(subject) == true)
        {
            var watchee = (IInternalActorRef)subject;
            watchee.SendSystemMessage(new Unwatch(watchee, _self));
            if (_system.Settings.DebugLifecycle)
                Publish(new Debug(_self.Path.ToString(), ActorType, "stopped watching " + subject));
        }
        _terminatedQueued?.Remove(subject);
        return subject;
    }

    /// <summary>A notice from the mailbox: only if it has not been unwatched since it was put there.</summary>
    private void ReceivedTerminated(Terminated terminated)
    {
        if (_terminatedQueued?.Remove(terminated.ActorRef, out var own) != true)
            return;
        var message = ReferenceEquals(own, s_noMessage) ? terminated : own!;
        _message = message;
        ReceiveMessage(message);
    }

    /// <summary>A notice that was stashed goes through the mailbox again.</summary>
    internal void ExpectTerminatedAgain(Terminated terminated) =>
        (_terminatedQueued ??= []).TryAdd(terminated.ActorRef, s_noMessage);

    private void WatchedActorTerminated(IActorRef actor, bool existenceConfirmed, bool addressTerminated)
    {
        if (_watching?.Remove(actor, out var own) == true && !IsTerminating)
        {
            (_terminatedQueued ??= [])[actor] = own!;
            _self.Tell(new Terminated(actor, existenceConfirmed, addressTerminated), actor);
        }
        if (_children?.Find(actor) is not null)
            HandleChildTerminated(actor);
    }

    private void AddWatcher(IActorRef watchee, IActorRef watcher)
    {
        if (watchee.Equals(_self) && !watcher.Equals(_self))
            (_watchedBy ??= []).Add(watcher);
        else if (!watchee.Equals(_self) && watcher.Equals(_self))
            Watch(watchee);
    }

    private void RemoveWatcher(IActorRef watchee, IActorRef watcher)
    {
        if (watchee.Equals(_self) && !watcher.Equals(_self))
            _watchedBy?.Remove(watcher);
        else if (!watchee.Equals(_self) && watcher.Equals(_self))
            Unwatch(watchee);
    }

    /// <summary>Remote watchers first: what they do then must not overtake the notice. The parent has its own.</summary>
    private void TellWatchersWeDied()
    {
        if (_watchedBy is null)
            return;
        foreach (var local in (bool[])[false, true])
        {
            foreach (var watcher in _watchedBy.Cast<IInternalActorRef>())
            {
                if (watcher.IsLocal == local && !watcher.Equals(_parent))
                    watcher.SendSystemMessage(new DeathWatchNotification(_self, true, false));
            }
        }
        _watchedBy = null;
    }

    private void UnwatchWatchedActors()
    {
        if (_watching is null)
            return;
        foreach (var watchee in _watching.Keys.Cast<IInternalActorRef>())
            watchee.SendSystemMessage(new Unwatch(watchee, _self));
        _watching = null;
        _terminatedQueued = null;
    }
}
