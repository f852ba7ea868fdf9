using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace ActorFed.Kernel.VirtualTime;

/// <summary>
/// A scheduler whose clock is a number. It steps from due time to due time, and only when the seeded dispatcher has nothing queued or
/// running and no work token is unfinished: an hour of waiting costs nothing, and no message can be overtaken by a timer.
/// </summary>
/// <remarks>
/// Loaded by <c>akka.scheduler.implementation</c>; see <see cref="VirtualTimeHocon"/>. Outside threads may Tell and Ask at any time; one
/// that needs the clock to stand while it does so takes <see cref="Hold"/>, one that needs a repeatable schedule takes
/// <see cref="Pause"/>. The clock starts at <see cref="Start"/>.
/// An <see cref="IRunnable"/> that is an <see cref="IAsyncResult"/> is a time-out of real work, such as a phase of the coordinated shutdown:
/// until the result completes or the time-out is called off, the clock goes no faster than the system's, so that the work meets it as it
/// would on real time, and what the work itself waits for on this clock still comes.
/// </remarks>
public sealed class VirtualScheduler : SchedulerBase, IDisposable
{
    /// <summary>Where every virtual clock starts: 1 January 2000, 00:00 UTC.</summary>
    public static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly VirtualWorld _world;

    /// <summary>Called by the actor system with its whole configuration.</summary>
    /// <param name="scheduler">Reads <c>actorfed.virtual-time.seed</c> and <c>.order</c> (fifo or random).</param>
    /// <param name="log">Gets the exceptions of scheduled actions.</param>
    /// <exception cref="ConfigurationException">The seed is missing or the order has another name.</exception>
    public VirtualScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log)
    {
        _world = new VirtualWorld(
            VirtualTimeHocon.ReadOrder(scheduler),
            bug => Log.Error(bug, "A scheduled action failed: {0}", bug.Message)
        );
        TimeProvider = new SchedulerTimeProvider(this);
    }

    /// <summary>The virtual scheduler of <paramref name="system"/>, or null when it runs on real time.</summary>
    public static VirtualScheduler? Of(ActorSystem system) => system.Scheduler as VirtualScheduler;

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Elapsed => _world.Elapsed;

    /// <summary>The virtual date and time, UTC.</summary>
    public DateTimeOffset Now => TimeNow;

    /// <summary>The same clock for code that takes a <see cref="System.TimeProvider"/>.</summary>
    public TimeProvider TimeProvider { get; }

    /// <inheritdoc />
    public override TimeSpan MonotonicClock => _world.Elapsed;

    /// <inheritdoc />
    public override TimeSpan HighResMonotonicClock => _world.Elapsed;

    /// <inheritdoc />
    protected override DateTimeOffset TimeNow => Start + _world.Elapsed;

    internal VirtualWorld World => _world;

    /// <summary>Stops the clock, not the actors, until the result is disposed. Holds nest.</summary>
    public IDisposable Hold()
    {
        _world.Hold();
        return new OnDispose(_world.Release);
    }

    /// <summary>
    /// Waits until the actors have nothing to do, then stops clock and actors until the result is disposed: messages queue up, and the
    /// schedule that follows is a function of the seed, of what was sent, and of how often the system was paused before.
    /// </summary>
    /// <exception cref="InvalidOperationException">Called by an actor, which would wait for itself.</exception>
    public IDisposable Pause()
    {
        _world.Pause();
        return new OnDispose(_world.Resume);
    }

    /// <summary>Called by the actor system at its end: nothing fires any more.</summary>
    public void Dispose() => _world.Close();

    /// <inheritdoc />
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Add(delay, action, null, cancelable);

    /// <inheritdoc />
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable)
    {
        if (action is IAsyncResult passed)
            new DueTimeout(_world, action.Run, passed, cancelable).Start(delay);
        else
            Add(delay, action.Run, null, cancelable);
    }

    /// <inheritdoc />
    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        Action action,
        ICancelable cancelable
    ) => Add(initialDelay, action, interval, cancelable);

    /// <inheritdoc />
    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        IRunnable action,
        ICancelable cancelable
    ) => Add(initialDelay, action.Run, interval, cancelable);

    /// <inheritdoc />
    protected override void InternalScheduleTellOnce(
        TimeSpan delay,
        ICanTell receiver,
        object message,
        IActorRef sender,
        ICancelable cancelable
    ) => Add(delay, () => receiver.Tell(message, sender), null, cancelable);

    /// <inheritdoc />
    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        ICanTell receiver,
        object message,
        IActorRef sender,
        ICancelable cancelable
    ) => Add(initialDelay, () => receiver.Tell(message, sender), interval, cancelable);

    private void Add(TimeSpan delay, Action action, TimeSpan? interval, ICancelable? cancelable) =>
        _world.Schedule(new DueTimer(_world, action, interval, cancelable), delay, DueTime.Timer);
}
