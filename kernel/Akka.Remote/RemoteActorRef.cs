using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Remote;

/// <summary>An actor of another system.</summary>
internal sealed class RemoteActorRef : InternalActorRefBase
{
    private readonly RemoteActorRefProvider _provider;
    private string? _wirePath;

    public RemoteActorRef(RemoteActorRefProvider provider, ActorPath path)
    {
        (_provider, Path) = (provider, path);
        var elements = path.Elements;
        IsControl = elements is ["system", "cluster" or "remote-watcher", ..];
    }

    public override ActorPath Path { get; }

    /// <summary>Whether everything to this actor goes on the control connection.</summary>
    public bool IsControl { get; }

    /// <summary>The path as it is sent.</summary>
    public string WirePath => _wirePath ??= Path.ToSerializationFormat();

    /// <summary>What the transport has looked up for this reference.</summary>
    internal object? TransportCache { get; set; }

    public override IActorRefProvider Provider => _provider;

    public override IInternalActorRef Parent =>
        Path.Depth == 0 ? ActorRefs.Nobody : (IInternalActorRef)_provider.ResolveActorRef(Path.Parent);

    public override bool IsTerminated => false;

    public override bool IsLocal => false;

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        var path = Path;
        foreach (var element in name)
        {
            if (element is "..")
                path = path.Depth == 0 ? path : path.Parent;
            else if (element.Length > 0)
                path /= element;
        }
        return _provider.ResolveActorRef(path);
    }

    internal override void TellInternal(object message, IActorRef? sender) => _provider.Transport.Send(message, sender, this);

    public override void SendSystemMessage(ISystemMessage message, IActorRef sender) => SendSystemMessage(message);

    public override void SendSystemMessage(ISystemMessage message)
    {
        var watcher = _provider.RemoteWatcher;
        switch (message)
        {
            // The other system sees one watcher for all of this system: the actor that also watches the system itself.
            case Watch watch when watch.Watchee.Equals(this) && !watch.Watcher.Equals(watcher):
                watcher.Tell(new RemoteWatcher.WatchRemote(watch.Watchee, watch.Watcher), ActorRefs.NoSender);
                break;
            case Unwatch unwatch when unwatch.Watchee.Equals(this) && !unwatch.Watcher.Equals(watcher):
                watcher.Tell(new RemoteWatcher.UnwatchRemote(unwatch.Watchee, unwatch.Watcher), ActorRefs.NoSender);
                break;
            default:
                _provider.Transport.SendSystem(message, this);
                break;
        }
    }

    public override void Start() { }

    public override void Stop() => SendSystemMessage(new Terminate());

    public override void Suspend() => SendSystemMessage(new Suspend());

    public override void Resume(Exception? causedByFailure = null) => SendSystemMessage(new Resume(causedByFailure));

    public override void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));
}
