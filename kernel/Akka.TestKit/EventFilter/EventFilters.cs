using Akka.Event;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit.Internal;

internal sealed class LevelFilter<TEvent>(string name, IStringMatcher? message, IStringMatcher? source)
    : EventFilterBase(message, source)
    where TEvent : LogEvent
{
    protected override string FilterDescriptiveName => name;

    protected override bool IsMatch(LogEvent evt) =>
        evt is TEvent and not { Message: AllDeadLetters } && InternalDoMatch(evt.LogSource, evt.Message);
}

/// <summary>Errors with an exception. The message is looked for in the event and in the exception.</summary>
internal sealed class ExceptionFilter(Type type, IStringMatcher? message, IStringMatcher? source, bool inner)
    : EventFilterBase(message, source)
{
    protected override string FilterDescriptiveName => type.Name;

    protected override bool IsMatch(LogEvent evt) => evt is Error && Causes(evt.Cause).Any(cause => IsMeant(evt, cause));

    private bool IsMeant(LogEvent evt, Exception cause) =>
        type.IsInstanceOfType(cause)
        && (InternalDoMatch(evt.LogSource, evt.Message) || InternalDoMatch(evt.LogSource, cause.Message));

    private IEnumerable<Exception> Causes(Exception? cause)
    {
        if (cause is null)
            return [];
        if (!inner)
            return [cause];
        var below = cause is AggregateException many ? many.InnerExceptions : (IEnumerable<Exception?>)[cause.InnerException];
        return below.SelectMany(Causes).Prepend(cause);
    }
}

internal sealed class DeadLettersFilter(IStringMatcher? source, Func<DeadLetter, bool> isMatch, string what)
    : EventFilterBase(null, source)
{
    protected override string FilterDescriptiveName => what;

    protected override bool IsMatch(LogEvent evt) =>
        evt.Message is DeadLetter dead && isMatch(dead) && InternalDoMatch(evt.LogSource, dead.Message);
}

internal sealed class CustomEventFilter(Predicate<LogEvent> predicate, string what) : EventFilterBase(null, null)
{
    protected override string FilterDescriptiveName => what;

    protected override bool IsMatch(LogEvent evt) => predicate(evt);
}
