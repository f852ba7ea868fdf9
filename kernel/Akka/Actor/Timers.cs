using Akka.Event;

namespace Akka.Actor;

/// <summary>Gives an actor timers; the property is set before PreStart.</summary>
public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}

/// <summary>Timers of one actor instance, by key: they end with the instance, and a replaced or cancelled one never arrives.</summary>
public interface ITimerScheduler
{
    /// <summary>The keys of the timers that are running.</summary>
    IReadOnlyCollection<object> ActiveTimers { get; }

    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender);

    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender);

    bool IsTimerActive(object key);

    void Cancel(object key);

    void CancelAll();
}

/// <summary>A timer's message on its way; the receiver unwraps it if that very timer still runs.</summary>
internal class TimerMessage(TimerScheduler owner, object key, long generation, object message)
    : IAutoReceivedMessage,
        INoSerializationVerificationNeeded,
        IDeadLetterSuppression
{
    public TimerScheduler Owner { get; } = owner;

    public object Key { get; } = key;

    public long Generation { get; } = generation;

    public object Message { get; } = message;

    public override string ToString() => $"TimerMsg(key={Key}, generation={Generation})";
}

/// <summary>The same for a message that must not restart the receive timeout.</summary>
internal sealed class QuietTimerMessage(TimerScheduler owner, object key, long generation, object message)
    : TimerMessage(owner, key, generation, message),
        INotInfluenceReceiveTimeout;

/// <summary>The timers of one instance.</summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, Timer> _timers = [];
    private long _generation;

    public IReadOnlyCollection<object> ActiveTimers => [.. _timers.Keys];

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => Start(key, msg, interval, interval, cell.Self);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        Start(key, msg, initialDelay, interval, cell.Self);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, initialDelay, interval, sender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => Start(key, msg, timeout, null, cell.Self);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) =>
        Start(key, msg, timeout, null, sender);

    private void Start(object key, object message, TimeSpan delay, TimeSpan? interval, IActorRef sender)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(message);
        if (_timers.TryGetValue(key, out var replaced))
            replaced.Pending.Cancel();
        var scheduler = cell.System.Scheduler;
        var pending = new Cancelable(scheduler);
        var timer = new Timer(++_generation, pending, interval is not null);
        _timers[key] = timer;
        var envelope =
            message is INotInfluenceReceiveTimeout
                ? new QuietTimerMessage(this, key, timer.Generation, message)
                : new TimerMessage(this, key, timer.Generation, message);
        if (interval is { } every)
            scheduler.ScheduleTellRepeatedly(delay, every, cell.Self, envelope, sender, pending);
        else
            scheduler.ScheduleTellOnce(delay, cell.Self, envelope, sender, pending);
        if (cell.SystemImpl.Settings.DebugTimers)
            cell.System.EventStream.Publish(
                new Debug(
                    cell.Self.Path.ToString(),
                    typeof(TimerScheduler),
                    $"Start timer [{key}] with generation [{timer.Generation}]"
                )
            );
    }

    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers.Remove(key, out var timer))
            timer.Pending.Cancel();
    }

    public void CancelAll()
    {
        foreach (var timer in _timers.Values)
            timer.Pending.Cancel();
        _timers.Clear();
    }

    /// <summary>False for what an old instance, or a cancelled or replaced timer, has sent.</summary>
    public bool TryAccept(TimerMessage arrived, out object message)
    {
        message = arrived.Message;
        if (!ReferenceEquals(arrived.Owner, this))
            return false;
        if (!_timers.TryGetValue(arrived.Key, out var timer) || timer.Generation != arrived.Generation)
            return false;
        if (!timer.Repeats)
            _timers.Remove(arrived.Key);
        return true;
    }

    private sealed record Timer(long Generation, ICancelable Pending, bool Repeats);
}
