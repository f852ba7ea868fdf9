using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;
using Akka.TestKit.TestEvent;

namespace Akka.TestKit;

/// <summary>The logger of test systems: prints what no filter has muted, dead letters and unhandled messages included.</summary>
/// <remarks><c>akka.loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]</c>, the default of test systems.</remarks>
public class TestEventListener : DefaultLogger
{
    private readonly List<EventFilterBase> _filters = [];

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger initialize:
                Subscribe(initialize.LoggingBus);
                return base.Receive(message);
            case LogEvent logEvent:
                PrintUnlessMuted(logEvent);
                return true;
            case DeadLetter dead:
                PrintUnlessMuted(Warn(dead, dead.Recipient));
                return true;
            case UnhandledMessage unhandled:
                PrintUnlessMuted(Warn(unhandled, unhandled.Recipient));
                return true;
            case Mute mute:
                _filters.AddRange(mute.Filters);
                return true;
            case Unmute unmute:
                _filters.RemoveAll(unmute.Filters.Contains);
                return true;
            case Flush flush:
                flush.Done.Give();
                return true;
            default:
                return base.Receive(message);
        }
    }

    private void Subscribe(LoggingBus bus)
    {
        foreach (var type in new[] { typeof(Mute), typeof(Unmute), typeof(Flush), typeof(DeadLetter), typeof(UnhandledMessage) })
            bus.Subscribe(Self, type);
    }

    private static Warning Warn(AllDeadLetters message, IActorRef recipient) =>
        new(recipient.Path.ToString(), recipient.GetType(), message);

    private void PrintUnlessMuted(LogEvent logEvent)
    {
        // Each filter sees the event, so that each of several expectations counts it.
        var muted = false;
        foreach (var filter in _filters.ToArray())
            muted |= filter.Apply(logEvent);
        if (!muted)
            Print(logEvent);
    }
}
