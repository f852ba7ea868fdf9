using System.Diagnostics;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>The messages of one actor, and the state that decides whether a thread may work on them.</summary>
/// <remarks>
/// One status word, changed by compare-and-swap: bit 0 closed, bit 1 scheduled, above them how often it is suspended. A thread owns the
/// mailbox while the scheduled bit is its; system messages are an intrusive stack that is reversed when it is taken.
/// </remarks>
public class Mailbox : IRunnable
{
    private const int Closed = 1;
    private const int Scheduled = 2;
    private const int SuspendUnit = 4;

    private readonly UnboundedMessageQueue? _unbounded; // the common queue, called without an interface
    private readonly IMessageQueue _queue;
    private MessageDispatcher? _dispatcher;
    private ActorCell _cell = null!;
    private SystemMessage? _systemHead;
    private int _status;

    public Mailbox(IMessageQueue messageQueue)
    {
        _queue = messageQueue;
        _unbounded = messageQueue as UnboundedMessageQueue;
    }

    public IMessageQueue MessageQueue => _queue;

    public MessageDispatcher Dispatcher => _dispatcher!;

    internal bool IsClosed => (Volatile.Read(ref _status) & Closed) != 0;

    internal bool IsSuspended => Volatile.Read(ref _status) >= SuspendUnit;

    internal bool HasSystemMessages => Volatile.Read(ref _systemHead) is not null;

    internal bool HasMessages => _unbounded is { } queue ? queue.HasMessages : _queue.HasMessages;

    public virtual void SetActor(ActorCell actorCell)
    {
        _cell = actorCell;
        _dispatcher = actorCell.Dispatcher;
    }

    /// <summary>Adds a user message and says whether the caller now has to have the mailbox run.</summary>
    internal bool EnqueueAndClaim(IActorRef receiver, Envelope envelope)
    {
        if (_unbounded is { } queue)
            queue.Add(envelope.Message, envelope.Sender);
        else
            _queue.Enqueue(receiver, envelope);
        // The message must be visible before the status is read: the owner clears the bit first and looks for messages after.
        // A status that was 0 before needs no barrier of its own: claiming it is one.
        if (Volatile.Read(ref _status) == 0 && Interlocked.CompareExchange(ref _status, Scheduled, 0) == 0)
            return true;
        Interlocked.MemoryBarrier();
        var status = Volatile.Read(ref _status);
        return status == 0 ? TrySetScheduled() : (status & Closed) != 0 && RescueAfterClose();
    }

    internal bool SystemEnqueueAndClaim(IActorRef receiver, SystemMessage message)
    {
        SystemMessage? head;
        do
        {
            head = Volatile.Read(ref _systemHead);
            message.Next = head;
        } while (Interlocked.CompareExchange(ref _systemHead, message, head) != head);
        var status = Volatile.Read(ref _status);
        if ((status & Closed) != 0)
            return RescueAfterClose();
        return (status & Scheduled) == 0 && TrySetScheduled();
    }

    /// <summary>Puts in the first system message, before anybody knows the mailbox.</summary>
    internal void SystemEnqueueFirst(SystemMessage message) => _systemHead = message;

    /// <summary>A message that came between the close and the clean-up goes where the others went.</summary>
    private bool RescueAfterClose()
    {
        CleanUp();
        return false;
    }

    /// <summary>Claims the mailbox if there is something that it may work on.</summary>
    internal bool TryClaim()
    {
        var status = Volatile.Read(ref _status);
        if ((status & (Closed | Scheduled)) != 0)
            return false;
        var work = HasSystemMessages || (status < SuspendUnit && HasMessages);
        return work && TrySetScheduled();
    }

    private bool TrySetScheduled()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if ((status & (Closed | Scheduled)) != 0)
                return false;
            if (Interlocked.CompareExchange(ref _status, status | Scheduled, status) == status)
                return true;
        }
    }

    private void SetIdle() => Interlocked.And(ref _status, ~Scheduled);

    internal void Suspend() => Interlocked.Add(ref _status, SuspendUnit);

    /// <summary>Takes one suspension back; without one it does nothing.</summary>
    internal void Resume()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if (status < SuspendUnit || Interlocked.CompareExchange(ref _status, status - SuspendUnit, status) == status)
                return;
        }
    }

    internal void BecomeClosed() => Interlocked.Or(ref _status, Closed);

    public void Execute() => _dispatcher!.RunOnPool(this);

    public void Run() => Run(ActorThread.Current);

    /// <summary>One turn, on the present thread.</summary>
    internal void Run(ActorThread thread)
    {
        var interrupted = thread.Cell;
        thread.Cell = _cell;
        try
        {
            if (!IsClosed)
            {
                ProcessSystemMessages();
                ProcessMessages(thread);
            }
        }
        finally
        {
            _cell.LeaveTurn();
            thread.Cell = interrupted;
            SetIdle();
            if (TryClaim())
                _dispatcher!.ExecuteAgain(this);
        }
    }

    private void ProcessMessages(ActorThread thread)
    {
        var dispatcher = _dispatcher!;
        var left = dispatcher.Throughput;
        var deadline = dispatcher.TurnDeadline;
        var cell = _cell;
        while (Volatile.Read(ref _status) == Scheduled)
        {
            Envelope envelope;
            if (!(_unbounded is { } queue ? queue.TryDequeue(out envelope) : _queue.TryDequeue(out envelope)))
                return;
            thread.GiveAway(); // whom an earlier message of this turn woke need not wait for its end
            cell.Invoke(envelope.Message, envelope.Sender);
            if (HasSystemMessages)
                ProcessSystemMessages();
            if (--left <= 0 || (deadline != 0 && Stopwatch.GetTimestamp() >= deadline))
                return;
        }
    }

    internal void ProcessSystemMessages()
    {
        while (!IsClosed && TakeSystemMessages() is { } message)
        {
            for (var current = message; current is not null; )
            {
                var next = current.Next;
                current.Next = null;
                if (IsClosed)
                    DeadLetters.Accept(_cell.Self, current);
                else
                    _cell.SystemInvoke(current);
                current = next;
            }
        }
    }

    /// <summary>All system messages that are there, oldest first.</summary>
    private SystemMessage? TakeSystemMessages()
    {
        if (Volatile.Read(ref _systemHead) is null)
            return null;
        var newest = Interlocked.Exchange(ref _systemHead, null);
        SystemMessage? oldest = null;
        while (newest is not null)
        {
            (var next, newest.Next) = (newest.Next, oldest);
            oldest = newest;
            newest = next;
        }
        return oldest;
    }

    private DeadLetterMailbox DeadLetters => _cell.SystemImpl.Mailboxes.DeadLetterMailbox;

    /// <summary>Hands everything that is left to the dead letters. Senders that come late call it too.</summary>
    public virtual void CleanUp()
    {
        lock (_queue)
        {
            for (var message = TakeSystemMessages(); message is not null; )
            {
                var next = message.Next;
                message.Next = null;
                DeadLetters.Accept(_cell.Self, message);
                message = next;
            }
            _queue.CleanUp(_cell.Self, DeadLetters.MessageQueue);
        }
    }

    [Conditional("MAILBOX_DEBUG")]
    public static void DebugPrint(string message, params object[] args) => Console.WriteLine(message, args);
}
