using Akka.Actor;

namespace ActorFed.Kernel.VirtualTime;

/// <summary>
/// The place of something that is due on the virtual clock. Ties are broken by the order key, then by who asked first. Timers have the
/// largest key: work that ends exactly at a deadline has met it.
/// </summary>
/// <param name="Ticks">Virtual time since the start, in ticks of 100 ns.</param>
/// <param name="Order">Order key: the caller's for work, <see cref="Timer"/> for timers.</param>
/// <param name="Sequence">Counts all that was ever scheduled.</param>
internal readonly record struct DueTime(long Ticks, long Order, long Sequence) : IComparable<DueTime>
{
    public const long Timer = long.MaxValue;

    public int CompareTo(DueTime other)
    {
        var byTicks = Ticks.CompareTo(other.Ticks);
        if (byTicks != 0)
            return byTicks;
        var byOrder = Order.CompareTo(other.Order);
        return byOrder != 0 ? byOrder : Sequence.CompareTo(other.Sequence);
    }
}

/// <summary>Something that happens at a virtual time.</summary>
internal abstract class Due
{
    /// <summary>When it is due; written under the world's lock. A queued place that differs from it is void.</summary>
    public DueTime Time { get; set; }

    /// <summary>No longer wanted: it must not even move the clock.</summary>
    public abstract bool IsCancelled { get; }

    /// <summary>Whether the clock, having come to it, may go on. False only for work that is still running.</summary>
    public virtual bool IsReady => true;

    /// <summary>Runs on the pump thread.</summary>
    public abstract void Run();
}

/// <summary>A timer of the scheduler; one with an interval comes back by itself until it is cancelled.</summary>
internal sealed class DueTimer(VirtualWorld world, Action action, TimeSpan? interval, ICancelable? cancelable) : Due
{
    public override bool IsCancelled => cancelable is { IsCancellationRequested: true };

    public override void Run()
    {
        // Its next place is taken first, so that what the action schedules for the same time comes after it, as with real timers.
        if (interval is { } every)
            world.Schedule(this, every, DueTime.Timer);
        action();
    }
}
