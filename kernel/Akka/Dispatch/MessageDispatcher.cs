using System.Diagnostics;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>Gives actors threads: puts messages into mailboxes and has those with work run.</summary>
public abstract class MessageDispatcher
{
    public static readonly int DefaultThroughput = 100;

    private long _inhabitants;
    private readonly long _turnTicks;

    protected MessageDispatcher(MessageDispatcherConfigurator configurator)
    {
        Configurator = configurator;
        var config = configurator.Config;
        Id = config.GetString("id", "");
        Throughput = config.GetInt("throughput", DefaultThroughput);
        ShutdownTimeout = config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1));
        var deadline = config.GetTimeSpan("throughput-deadline-time", TimeSpan.Zero);
        ThroughputDeadlineTime = deadline > TimeSpan.Zero ? deadline.Ticks : null;
        var choosesMailbox = config.HasPath("mailbox-type") || !string.IsNullOrEmpty(config.GetString("mailbox-requirement", ""));
        OwnMailboxConfig = choosesMailbox ? config : null;
        _turnTicks = (long)(deadline.TotalSeconds * Stopwatch.Frequency);
    }

    public MessageDispatcherConfigurator Configurator { get; }

    /// <summary>Its settings if they say something about mailboxes, else null.</summary>
    internal Configuration.Config? OwnMailboxConfig { get; }

    public EventStream EventStream => Configurator.Prerequisites.EventStream;

    public Mailboxes Mailboxes => Configurator.Prerequisites.Mailboxes;

    public string Id { get; protected set; }

    /// <summary>How many actors live on it.</summary>
    public long Inhabitants => Volatile.Read(ref _inhabitants);

    public TimeSpan ShutdownTimeout { get; protected set; }

    /// <summary>The most messages of one actor in one turn.</summary>
    public int Throughput { get; set; }

    /// <summary>The longest turn in 100 ns ticks; null is no limit.</summary>
    public long? ThroughputDeadlineTime { get; set; }

    /// <summary>When a turn that begins now must end, as a stopwatch reading; 0 is never.</summary>
    internal long TurnDeadline => _turnTicks <= 0 ? 0 : Stopwatch.GetTimestamp() + _turnTicks;

    /// <summary>Runs some work soon, on a thread of this dispatcher.</summary>
    protected abstract void ExecuteTask(IRunnable run);

    /// <summary>Gives back what the dispatcher holds; it may be used again afterwards.</summary>
    protected abstract void Shutdown();

    public void Schedule(Action run) => ExecuteTask(new ActionRunnable(run));

    public void Schedule(IRunnable run) => ExecuteTask(run);

    public virtual void Attach(ActorCell cell)
    {
        Interlocked.Increment(ref _inhabitants);
        if (cell.Mailbox.TryClaim())
            ExecuteMailbox(cell.Mailbox);
    }

    public virtual void Detach(ActorCell cell)
    {
        cell.CloseMailbox();
        if (Interlocked.Decrement(ref _inhabitants) == 0)
            WhenEmpty();
    }

    /// <summary>The last inhabitant has left; dispatchers with threads of their own let them go.</summary>
    internal virtual void WhenEmpty() { }

    internal void Stop() => Shutdown();

    public virtual void Dispatch(ActorCell cell, Envelope envelope)
    {
        var mailbox = cell.Mailbox;
        if (mailbox.EnqueueAndClaim(cell.Self, envelope))
            ExecuteMailbox(mailbox);
    }

    public virtual void SystemDispatch(ActorCell cell, SystemMessage message)
    {
        var mailbox = cell.Mailbox;
        if (mailbox is DeadLetterMailbox dead)
            dead.Accept(cell.Self, message);
        else if (mailbox.SystemEnqueueAndClaim(cell.Self, message))
            ExecuteMailbox(mailbox);
    }

    /// <summary>Runs a mailbox that the caller has claimed.</summary>
    internal void ExecuteMailbox(Mailbox mailbox)
    {
        try
        {
            ExecuteTask(mailbox);
        }
        catch (Exception e)
        {
            ReportFailure(e);
            throw;
        }
    }

    /// <summary>A mailbox has come up as a work item of the thread pool.</summary>
    internal virtual void RunOnPool(Mailbox mailbox) => mailbox.Run();

    /// <summary>A turn has ended and the mailbox is not empty.</summary>
    internal virtual void ExecuteAgain(Mailbox mailbox) => ExecuteMailbox(mailbox);

    protected void ReportFailure(Exception ex) => EventStream.Publish(new Error(ex, GetType().FullName!, GetType(), ex.Message));
}
