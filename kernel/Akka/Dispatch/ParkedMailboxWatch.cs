namespace Akka.Dispatch;

/// <summary>Sees to it that no mailbox stays in a <see cref="ParkingSlot"/> whose thread is busy or blocked.</summary>
/// <remarks>
/// One thread for the process. While mailboxes are parked it looks at every slot and hands to the pool what it sees for the second time:
/// every millisecond while it finds a full slot, less and less often, down to every fourth, while those that parked have taken theirs
/// out again. When nothing has been parked for a while it sleeps. Going to sleep is safe: it says so first and looks after,
/// whoever parks does so first and asks after, and the barrier that this needs is all paid for by the one that seldom sleeps.
/// </remarks>
internal static class ParkedMailboxWatch
{
    private const int QuietLooksBeforeSleep = 12;
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(4);

    private static readonly object s_gate = new();
    private static Watched[] s_watched = [];
    private static bool s_started;
    private static bool s_awake;
    private static int s_tick;

    /// <summary>Goes up with every look, once in one to four milliseconds while mailboxes are parked.</summary>
    public static int Tick => Volatile.Read(ref s_tick);

    public static void Register(ParkingSlot slot)
    {
        lock (s_gate)
            s_watched = [.. s_watched.Where(w => w.Slot.Owner.IsAlive), new Watched(slot)];
    }

    /// <summary>To be called after a mailbox has been parked.</summary>
    public static void EnsureAwake()
    {
        if (!Volatile.Read(ref s_awake))
            Wake();
    }

    private static void Wake()
    {
        lock (s_gate)
        {
            s_awake = true;
            if (!s_started)
                new Thread(Watch) { IsBackground = true, Name = "akka-parked-mailboxes" }.Start();
            s_started = true;
            Monitor.Pulse(s_gate);
        }
    }

    private static void Watch()
    {
        while (true)
        {
            var interval = s_shortest;
            for (var quiet = 0; quiet < QuietLooksBeforeSleep; )
            {
                Pause(interval);
                var (isParked, isFull) = LookAround();
                quiet = isParked ? 0 : quiet + 1;
                interval = isFull ? s_shortest : Longer(interval);
            }
            Sleep();
        }
    }

    private static TimeSpan Longer(TimeSpan interval) => interval < s_longest ? interval * 2 : s_longest;

    private static void Pause(TimeSpan interval)
    {
        lock (s_gate)
            Monitor.Wait(s_gate, interval);
    }

    private static void Sleep()
    {
        lock (s_gate)
        {
            Volatile.Write(ref s_awake, false);
            Interlocked.MemoryBarrierProcessWide();
            s_awake |= Array.Exists(s_watched, static w => w.Slot.IsFull);
            while (!s_awake)
                Monitor.Wait(s_gate);
        }
    }

    /// <summary>One look at every slot: has anything been parked since the last one, and is a slot full now?</summary>
    private static (bool IsParked, bool IsFull) LookAround()
    {
        Volatile.Write(ref s_tick, s_tick + 1);
        var (isParked, isFull) = (false, false);
        foreach (var watched in Volatile.Read(ref s_watched))
        {
            isFull |= watched.Slot.IsFull;
            isParked |= watched.Look();
        }
        return (isParked, isFull);
    }

    private sealed class Watched(ParkingSlot slot)
    {
        private int _seen;

        public ParkingSlot Slot => slot;

        public bool Look()
        {
            var parkings = slot.Parkings;
            if (parkings != _seen)
            {
                _seen = parkings;
                return true;
            }
            if (slot.Steal() is not { } mailbox)
                return false;
            ActorThread.Queue(mailbox);
            return true;
        }
    }
}
