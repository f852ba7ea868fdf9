using Akka.Actor;

namespace Akka.Event;

/// <summary>Logs dead letters, as many as akka.log-dead-letters allows; then it is silent for a while.</summary>
internal sealed class DeadLetterListener : ActorBase
{
    private readonly EventStream _stream = Context.System.EventStream;
    private readonly int _most = Context.System.Settings.LogDeadLetters;
    private readonly TimeSpan _pause = Context.System.Settings.LogDeadLettersSuspendDuration;
    private int _count;
    private TimeSpan? _silentUntil;

    protected override void PostRestart(Exception reason) { }

    protected override void PreRestart(Exception reason, object message) { }

    protected override void PostStop() => _stream.Unsubscribe(Self);

    protected override bool Receive(object message)
    {
        if (message is not AllDeadLetters letter)
            return false;
        if (letter.Message is IDeadLetterSuppression || IsSilent())
            return true;
        _count++;
        if (_most == int.MaxValue || _count < _most)
            Log(letter, "");
        else if (_pause == Timeout.InfiniteTimeSpan)
        {
            Log(letter, ", no more dead letters will be logged");
            Context.Stop(Self);
        }
        else
        {
            Log(letter, $", no more dead letters will be logged in next [{_pause}]");
            _silentUntil = Context.System.Scheduler.MonotonicClock + _pause;
        }
        return true;
    }

    private bool IsSilent()
    {
        if (_silentUntil is not { } until)
            return false;
        if (Context.System.Scheduler.MonotonicClock < until)
            return true;
        (_silentUntil, _count) = (null, 0);
        return false;
    }

    private void Log(AllDeadLetters letter, string doneMessage)
    {
        var what = letter is UnhandledMessage ? "was unhandled" : "was not delivered";
        var from =
            letter.Sender is null || ReferenceEquals(letter.Sender, Context.System.DeadLetters) ? "" : $" from {letter.Sender}";
        _stream.Publish(
            new Info(
                letter.Recipient.Path.ToString(),
                letter.Recipient.GetType(),
                $"Message [{letter.Message.GetType().Name}]{from} to {letter.Recipient} {what}. [{_count}] dead letters encountered{doneMessage}. "
                    + "This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' and "
                    + $"'akka.log-dead-letters-during-shutdown'. Message content: {letter.Message}"
            )
        );
    }
}
