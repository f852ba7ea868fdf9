using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>What a thread that runs actors knows: whose turn it is, and while it works for the pool, which mailbox it runs next.</summary>
/// <remarks>
/// A turn on the pool that wakes one other actor leaves it in the slot instead of in the pool's queues: it runs next, on a warm cache.
/// The slot holds one mailbox, the latest, and it is never the thread's alone: a turn that goes on with another message gives it away,
/// so does an Ask, and <see cref="ParkedMailboxWatch"/> takes out what waits behind a long or a blocked handler.
/// </remarks>
internal sealed class ActorThread
{
    private const int TurnsBeforeLook = 64;
    private const int LongestChain = 1024;

    [ThreadStatic]
    private static ActorThread? s_current;

    private MessageDispatcher? _servant;
    private bool _watched;

    private ActorThread() { }

    public static ActorThread Current => s_current ??= new ActorThread();

    /// <summary>The cell whose turn runs on the present thread.</summary>
    public static ActorCell? CurrentCell
    {
        get => s_current?.Cell;
        set => Current.Cell = value;
    }

    /// <summary>The cell whose turn runs on this one.</summary>
    public ActorCell? Cell { get; set; }

    public ParkingSlot Slot { get; } = new();

    /// <summary>Parks a claimed mailbox if the present thread is in a turn of the same dispatcher.</summary>
    public static bool TryPark(MessageDispatcher dispatcher, Mailbox mailbox)
    {
        var thread = s_current;
        if (thread is null || thread._servant != dispatcher)
            return false;
        if (thread.Slot.Take() is { } older)
            Queue(older);
        thread.Slot.Park(mailbox);
        ParkedMailboxWatch.EnsureAwake();
        return true;
    }

    /// <summary>Gives what the present thread has parked to the pool: the thread is about to wait.</summary>
    public static void BeforeWait() => s_current?.GiveAway();

    /// <summary>Gives the parked mailbox, if any, to the pool.</summary>
    public void GiveAway()
    {
        if (Slot.Take() is { } mailbox)
            Queue(mailbox);
    }

    /// <summary>First come, first served, and any thread may take it.</summary>
    public static void Queue(Mailbox mailbox) => ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: false);

    /// <summary>Runs a mailbox on the present thread of the pool, then those that its and their turns park.</summary>
    public static void RunOnPool(MessageDispatcher dispatcher, Mailbox first)
    {
        var thread = Current;
        thread.BeWatched();
        thread._servant = dispatcher;
        try
        {
            thread.RunChain(first);
        }
        finally
        {
            thread._servant = null;
            thread.GiveAway();
        }
    }

    private void BeWatched()
    {
        if (_watched)
            return;
        _watched = true;
        ParkedMailboxWatch.Register(Slot);
    }

    /// <summary>Ends when the slot is empty, when others wait for a thread (it looks every so often), and some time in any case.</summary>
    private void RunChain(Mailbox first)
    {
        var clean = ExecutionContext.Capture();
        var tick = ParkedMailboxWatch.Tick;
        var mailbox = first;
        for (var turn = 1; ; turn++)
        {
            mailbox.Run(this);
            if (Slot.Take() is not { } next)
                return;
            mailbox = next;
            var now = ParkedMailboxWatch.Tick;
            if (turn % TurnsBeforeLook == 0 || now != tick)
            {
                tick = now;
                if (turn >= LongestChain || ThreadPool.PendingWorkItemCount > 0)
                    break;
            }
            ForgetContext(clean);
        }
        Queue(mailbox);
    }

    /// <summary>What a handler left on the thread is not for the next actor; between work items the pool does the same.</summary>
    private static void ForgetContext(ExecutionContext? clean)
    {
        if (ExecutionContext.Capture() != clean && clean is not null)
            ExecutionContext.Restore(clean);
        if (SynchronizationContext.Current is not null)
            SynchronizationContext.SetSynchronizationContext(null);
    }
}
