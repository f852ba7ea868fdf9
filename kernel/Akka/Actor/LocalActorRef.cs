using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The reference to an actor of this process.</summary>
public class LocalActorRef : InternalActorRefBase, ILocalRef
{
    private readonly ActorCell _cell;
    private readonly ActorPath _path;

    internal LocalActorRef(
        ActorSystemImpl system,
        Props props,
        MessageDispatcher dispatcher,
        MailboxType mailboxType,
        IInternalActorRef supervisor,
        ActorPath path
    )
    {
        _path = path;
        _cell = NewCell(system, props, dispatcher, supervisor);
        _cell.Init(mailboxType);
    }

    /// <summary>A test's reference has a cell of its own.</summary>
    internal virtual ActorCell NewCell(
        ActorSystemImpl system,
        Props props,
        MessageDispatcher dispatcher,
        IInternalActorRef supervisor
    ) => new(system, this, props, dispatcher, supervisor);

    internal ActorCell Cell => _cell;

    public override ActorPath Path => _path;

    public override IInternalActorRef Parent => (IInternalActorRef)_cell.Parent;

    public override IActorRefProvider Provider => _cell.SystemImpl.Provider;

    public override bool IsTerminated => _cell.IsTerminated;

    public override bool IsLocal => true;

    internal override void TellInternal(object message, IActorRef? sender) => _cell.SendMessage(message, sender);

    public override void Start() => _cell.Start();

    public override void Stop() => SendSystemMessage(new Terminate());

    public override void Suspend() => SendSystemMessage(new Suspend());

    public override void Resume(Exception? causedByFailure = null) => SendSystemMessage(new Resume(causedByFailure));

    public override void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    public override void SendSystemMessage(ISystemMessage message) => _cell.SendSystemMessage((SystemMessage)message);

    public override void SendSystemMessage(ISystemMessage message, IActorRef sender) => SendSystemMessage(message);

    /// <summary>Walks down the names; ".." is up, "" is here.</summary>
    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        IInternalActorRef current = this;
        for (var i = 0; i < name.Count; i++)
        {
            switch (name[i])
            {
                case "":
                    break;
                case "..":
                    current = current.Parent;
                    break;
                case var _ when current is not LocalActorRef:
                    return current.GetChild([.. name.Skip(i)]);
                default:
                    if (((LocalActorRef)current).Single(name[i]) is not { } child)
                        return ActorRefs.Nobody;
                    current = child;
                    break;
            }
        }
        return current;
    }

    internal virtual IInternalActorRef? Single(string name) => _cell.FindChild(name);
}
