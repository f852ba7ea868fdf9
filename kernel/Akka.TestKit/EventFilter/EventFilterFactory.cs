using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit;

/// <summary>Names log events to expect or to mute.</summary>
/// <remarks>
/// Of <c>message</c> (the whole), <c>start</c> and <c>contains</c> one can be given; without any, every message matches. <c>source</c> is the
/// log source: for an actor its path.
/// </remarks>
public class EventFilterFactory
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;

    public EventFilterFactory(TestKitBase testkit)
        : this(testkit, testkit.Sys) { }

    public EventFilterFactory(TestKitBase testkit, ActorSystem system)
        : this(testkit, system, []) { }

    /// <param name="filters">Filters that count together with the one that is made here.</param>
    public EventFilterFactory(TestKitBase testkit, ActorSystem actorSystem, IReadOnlyList<EventFilterBase> filters) =>
        (_testkit, _system, _filters) = (testkit, actorSystem, filters);

    /// <summary>Errors with an exception of the type; the message is the event's or the exception's.</summary>
    public IEventFilterApplier Exception<TException>(
        string? message = null,
        string? start = null,
        string? contains = null,
        string? source = null
    )
        where TException : Exception => Exception(typeof(TException), message, start, contains, source);

    /// <param name="checkInnerExceptions">Whether the exception may also stand inside of the logged one.</param>
    public IEventFilterApplier Exception(
        Type exceptionType,
        string? message = null,
        string? start = null,
        string? contains = null,
        string? source = null,
        bool checkInnerExceptions = false
    ) =>
        Apply(
            new ExceptionFilter(
                exceptionType,
                CreateMessageMatcher(message, start, contains),
                Source(source),
                checkInnerExceptions
            )
        );

    public IEventFilterApplier Exception<TException>(Regex pattern, string? source = null)
        where TException : Exception => Exception(typeof(TException), pattern, source);

    public IEventFilterApplier Exception(
        Type exceptionType,
        Regex pattern,
        string? source = null,
        bool checkInnerExceptions = false
    ) => Apply(new ExceptionFilter(exceptionType, new RegexMatcher(pattern), Source(source), checkInnerExceptions));

    public IEventFilterApplier Error(
        string? message = null,
        string? start = null,
        string? contains = null,
        string? source = null
    ) => Level<Error>(CreateMessageMatcher(message, start, contains), source);

    public IEventFilterApplier Error(Regex pattern, string? source = null) => Level<Error>(new RegexMatcher(pattern), source);

    public IEventFilterApplier Warning(
        string? message = null,
        string? start = null,
        string? contains = null,
        string? source = null
    ) => Level<Warning>(CreateMessageMatcher(message, start, contains), source);

    public IEventFilterApplier Warning(Regex pattern, string? source = null) => Level<Warning>(new RegexMatcher(pattern), source);

    public IEventFilterApplier Info(
        string? message = null,
        string? start = null,
        string? contains = null,
        string? source = null
    ) => Level<Info>(CreateMessageMatcher(message, start, contains), source);

    public IEventFilterApplier Info(Regex pattern, string? source = null) => Level<Info>(new RegexMatcher(pattern), source);

    public IEventFilterApplier Debug(
        string? message = null,
        string? start = null,
        string? contains = null,
        string? source = null
    ) => Level<Debug>(CreateMessageMatcher(message, start, contains), source);

    public IEventFilterApplier Debug(Regex pattern, string? source = null) => Level<Debug>(new RegexMatcher(pattern), source);

    public IEventFilterApplier ForLogLevel(
        LogLevel logLevel,
        string? message = null,
        string? start = null,
        string? contains = null,
        string? source = null
    ) => ForLogLevel(logLevel, CreateMessageMatcher(message, start, contains), source);

    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null) =>
        ForLogLevel(logLevel, new RegexMatcher(pattern), source);

    private IEventFilterApplier ForLogLevel(LogLevel logLevel, IStringMatcher message, string? source) =>
        logLevel switch
        {
            LogLevel.DebugLevel => Level<Debug>(message, source),
            LogLevel.InfoLevel => Level<Info>(message, source),
            LogLevel.WarningLevel => Level<Warning>(message, source),
            LogLevel.ErrorLevel => Level<Error>(message, source),
            _ => throw new ArgumentOutOfRangeException(nameof(logLevel), logLevel, "Not a level that events have."),
        };

    /// <summary>Any message to an actor that is not there. <c>source</c> is the path of that actor.</summary>
    public IEventFilterApplier DeadLetter() => Dead(_ => true, "dead letter", null);

    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) => DeadLetter(typeof(TMessage), source);

    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) =>
        DeadLetter(typeof(TMessage), message => isMatch((TMessage)message), source);

    public IEventFilterApplier DeadLetter(Type type, string? source = null) => DeadLetter(type, _ => true, source);

    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string? source = null) =>
        Dead(
            letter => type.IsInstanceOfType(letter.Message) && isMatch(letter.Message),
            $"dead letter with a {type.Name}",
            source
        );

    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) =>
        Apply(new CustomEventFilter(predicate, "event as the test says"));

    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate)
        where TLogEvent : LogEvent =>
        Apply(new CustomEventFilter(e => e is TLogEvent typed && predicate(typed), $"{typeof(TLogEvent).Name} as the test says"));

    protected IStringMatcher CreateMessageMatcher(string? message, string? start, string? contains) =>
        (message, start, contains) switch
        {
            (null, null, null) => MatchesAll.Instance,
            ({ } text, null, null) => TextMatcher.Equal(text),
            (null, { } text, null) => TextMatcher.StartsWith(text),
            (null, null, { } text) => TextMatcher.Contains(text),
            _ => throw new ArgumentException("Give one of message, start and contains."),
        };

    protected IEventFilterApplier CreateApplier(EventFilterBase filter, ActorSystem system) =>
        new EventFilterApplier(_testkit, system, [.. _filters, filter]);

    private IEventFilterApplier Apply(EventFilterBase filter) => CreateApplier(filter, _system);

    private IEventFilterApplier Level<TEvent>(IStringMatcher message, string? source)
        where TEvent : LogEvent => Apply(new LevelFilter<TEvent>(typeof(TEvent).Name, message, Source(source)));

    private IEventFilterApplier Dead(Func<DeadLetter, bool> isMatch, string what, string? source) =>
        Apply(new DeadLettersFilter(Source(source), isMatch, what));

    private static IStringMatcher? Source(string? source) => source is null ? null : TextMatcher.Source(source);
}
