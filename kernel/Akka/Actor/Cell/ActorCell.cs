using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The life of one actor behind its reference: it outlives the instances that restarts replace.</summary>
/// <remarks>Everything but the sending half is touched on the actor's turn only, so it needs no locks.</remarks>
public partial class ActorCell : IUntypedActorContext
{
    private readonly ActorSystemImpl _system;
    private readonly IInternalActorRef _self;
    private readonly IInternalActorRef _parent;
    private MessageDispatcher _dispatcher;
    private Mailbox _mailbox = null!;
    private ActorBase? _actor;
    private Receive? _behavior;
    private Stack<Receive>? _behaviorsBelow;
    private object? _message;
    private IActorRef? _sender;
    private ActorTaskScheduler? _taskScheduler;

    internal ActorCell(
        ActorSystemImpl system,
        IInternalActorRef self,
        Props props,
        MessageDispatcher dispatcher,
        IInternalActorRef parent
    )
    {
        (_system, _self, Props, _dispatcher, _parent) = (system, self, props, dispatcher, parent);
    }

    /// <summary>The cell whose turn runs on this thread.</summary>
    internal static ActorCell? Current => ActorThread.CurrentCell;

    internal static IActorRef? CurrentSelf => Current?._self;

    internal static IActorRef? CurrentSender => Current?.Sender;

    public Props Props { get; }

    public IActorRef Self => _self;

    public IActorRef Parent => _parent;

    public ActorSystem System => _system;

    public MessageDispatcher Dispatcher => _dispatcher;

    /// <summary>Who sent the message that is being handled; the dead letters if nobody did.</summary>
    public IActorRef Sender => _sender ?? _system.DeadLetters;

    internal ActorSystemImpl SystemImpl => _system;

    internal Mailbox Mailbox => Volatile.Read(ref _mailbox);

    internal ActorBase? Actor => _actor;

    internal object? CurrentMessage => _message;

    internal bool HasStashedCurrentMessage { get; set; }

    internal IActorRef? CurrentEnvelopeSender => _sender;

    internal bool IsTerminated => Mailbox.IsClosed;

    internal int NumberOfMessages => Mailbox.MessageQueue.Count;

    internal ActorTaskScheduler TaskScheduler => _taskScheduler ??= new ActorTaskScheduler(this);

    internal static ActorCell? Enter(ActorCell cell)
    {
        var thread = ActorThread.Current;
        var previous = thread.Cell;
        thread.Cell = cell;
        return previous;
    }

    internal static void Restore(ActorCell? previous) => ActorThread.CurrentCell = previous;

    /// <summary>Lets the garbage collector have the last message; a failed actor keeps it for PreRestart.</summary>
    internal void LeaveTurn()
    {
        if (_perpetrator is not null)
            return;
        _message = null;
        _sender = null;
    }

    /// <summary>Makes the mailbox, with the order to create the actor in front of everything.</summary>
    internal void Init(MailboxType mailboxType)
    {
        var mailbox = new Mailbox(mailboxType.Create(_self, _system));
        mailbox.SetActor(this);
        mailbox.SystemEnqueueFirst(new Create());
        _mailbox = mailbox;
    }

    /// <summary>From here on the actor runs.</summary>
    internal void Start() => _dispatcher.Attach(this);

    internal void SendMessage(object message, IActorRef? sender)
    {
        if (_system.SerializeAllMessages)
            message = _system.Serialization.Verified(message);
        _dispatcher.Dispatch(this, new Envelope(message, sender!));
    }

    internal void SendSystemMessage(SystemMessage message) => _dispatcher.SystemDispatch(this, message);

    /// <summary>Swaps in the mailbox of the dead and sends what is left there.</summary>
    internal void CloseMailbox()
    {
        var mailbox = _mailbox;
        Volatile.Write(ref _mailbox, _system.Mailboxes.DeadLetterMailbox);
        mailbox.BecomeClosed();
        mailbox.CleanUp();
    }

    IActorRef IActorRefFactory.ActorOf(Props props, string? name) => ActorOf(props, name);

    public ActorSelection ActorSelection(ActorPath actorPath) => ActorSelections.From(_system.Provider, actorPath);

    public ActorSelection ActorSelection(string actorPath) => ActorSelections.From(_system.Provider, _self, actorPath);

    public void Stop(IActorRef child)
    {
        if (_children?.Find(child) is not null)
            _children.MarkDying(child);
        ((IInternalActorRef)child).Stop();
    }

    public void Become(Receive receive) => _behavior = receive;

    public void BecomeStacked(Receive receive)
    {
        (_behaviorsBelow ??= new()).Push(_behavior!);
        _behavior = receive;
    }

    public void UnbecomeStacked()
    {
        if (_behaviorsBelow is { Count: > 0 })
            _behavior = _behaviorsBelow.Pop();
        else if (_actor is not null)
            _behavior = _actor.OwnReceive;
    }

    public void Become(UntypedReceive receive) => Become(Always(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(Always(receive));

    private static Receive Always(UntypedReceive receive) =>
        message =>
        {
            receive(message);
            return true;
        };

    private void Publish(LogEvent logEvent)
    {
        try
        {
            _system.EventStream.Publish(logEvent);
        }
        catch (Exception)
        {
            // A logger that fails must not take the actor with it.
        }
    }

    private Type ActorType => _actor?.GetType() ?? Props.Type ?? typeof(ActorCell);

    private void DebugLifecycle(string what)
    {
        if (_system.Settings.DebugLifecycle)
            Publish(new Debug(_self.Path.ToString(), ActorType, what));
    }
}
