namespace Akka.Actor;

public partial class ActorCell
{
    private TimeoutState? _timeout;
    private TimerScheduler? _timers;

    public TimeSpan? ReceiveTimeout => _timeout?.Length;

    /// <summary>After this much silence a <see cref="Actor.ReceiveTimeout"/> comes, again and again; null ends it.</summary>
    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        _timeout?.Cancel();
        if (timeout is { } length && length <= TimeSpan.Zero && length != Timeout.InfiniteTimeSpan)
            throw new ArgumentException($"The receive timeout is {length}; it must be longer than zero.", nameof(timeout));
        _timeout = timeout is { } wanted && wanted != Timeout.InfiniteTimeSpan ? new TimeoutState(wanted) : null;
        ArmReceiveTimeout();
    }

    private void ArmReceiveTimeout()
    {
        if (_timeout is not { } state || _actor is null)
            return;
        state.Cancel();
        state.Pending = _system.Scheduler.ScheduleTellOnceCancelable(state.Length, _self, TimeoutMessage, _self);
    }

    private static ReceiveTimeout TimeoutMessage => Akka.Actor.ReceiveTimeout.Instance;

    private sealed class TimeoutState(TimeSpan length)
    {
        public TimeSpan Length { get; } = length;

        public ICancelable? Pending { get; set; }

        public void Cancel()
        {
            Pending?.Cancel();
            Pending = null;
        }
    }
}
