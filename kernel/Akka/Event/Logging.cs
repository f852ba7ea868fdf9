using Akka.Actor;

namespace Akka.Event;

/// <summary>Loggers, levels, and the names of sources.</summary>
public static class Logging
{
    private const LogLevel OffLevel = (LogLevel)int.MaxValue;

    public static Type ClassFor(this LogLevel logLevel) =>
        logLevel switch
        {
            LogLevel.DebugLevel => typeof(Debug),
            LogLevel.InfoLevel => typeof(Info),
            LogLevel.WarningLevel => typeof(Warning),
            LogLevel.ErrorLevel => typeof(Error),
            _ => throw new ArgumentException($"Unknown LogLevel [{logLevel}]", nameof(logLevel)),
        };

    public static string StringFor(this LogLevel logLevel) =>
        logLevel switch
        {
            LogLevel.DebugLevel => "DEBUG",
            LogLevel.InfoLevel => "INFO",
            LogLevel.WarningLevel => "WARNING",
            LogLevel.ErrorLevel => "ERROR",
            OffLevel => "OFF",
            _ => throw new ArgumentException($"Unknown LogLevel [{logLevel}]", nameof(logLevel)),
        };

    /// <summary>The level of a setting; OFF is above all of them.</summary>
    public static LogLevel LogLevelFor(string logLevel) =>
        logLevel?.ToUpperInvariant() switch
        {
            "DEBUG" => LogLevel.DebugLevel,
            "INFO" => LogLevel.InfoLevel,
            "WARNING" => LogLevel.WarningLevel,
            "ERROR" => LogLevel.ErrorLevel,
            "OFF" => OffLevel,
            _ => throw new ArgumentException(
                $"Unknown LogLevel: '{logLevel}'. Valid values are: Debug, Info, Warning, Error, Off"
            ),
        };

    public static LogLevel LogLevelFor<T>()
        where T : LogEvent =>
        typeof(T) switch
        {
            var t when t == typeof(Debug) => LogLevel.DebugLevel,
            var t when t == typeof(Info) => LogLevel.InfoLevel,
            var t when t == typeof(Warning) => LogLevel.WarningLevel,
            var t when t == typeof(Error) => LogLevel.ErrorLevel,
            _ => throw new ArgumentException($"Unknown LogEvent type: {typeof(T)}"),
        };

    /// <summary>A logger whose source is the actor.</summary>
    public static ILoggingAdapter GetLogger(this IActorContext context, ILogMessageFormatter? logMessageFormatter = null)
    {
        var type = context is ActorCell { Actor: { } actor } ? actor.GetType() : context.Props.Type;
        return new BusLogging(
            context.System.EventStream,
            context.Self.Path.ToString(),
            type,
            logMessageFormatter ?? FormatterOf(context.System)
        );
    }

    public static ILoggingAdapter GetLogger(
        ActorSystem system,
        object logSourceObj,
        ILogMessageFormatter? logMessageFormatter = null
    )
    {
        var (source, type) = Source(logSourceObj, system);
        return new BusLogging(system.EventStream, source, type, logMessageFormatter ?? FormatterOf(system));
    }

    public static ILoggingAdapter GetLogger(
        LoggingBus loggingBus,
        object logSourceObj,
        ILogMessageFormatter? logMessageFormatter = null
    )
    {
        var (source, type) = Source(logSourceObj, null);
        return new BusLogging(loggingBus, source, type, logMessageFormatter ?? DefaultLogMessageFormatter.Instance);
    }

    private static ILogMessageFormatter FormatterOf(ActorSystem system) => system.Settings.LogFormatter;

    private static (string Source, Type Type) Source(object source, ActorSystem? system)
    {
        var (text, type) = source switch
        {
            string s => (s, typeof(string)),
            Type t => (SimpleName(t), t),
            IActorContext context => (context.Self.Path.ToString(), context.Props.Type),
            ActorBase actor => (actor.Cell.Self.Path.ToString(), actor.GetType()),
            IActorRef actor => (actor.Path.ToString(), actor.GetType()),
            ActorSystem s => (s.ToString()!, typeof(ActorSystem)),
            _ => (SimpleName(source), source.GetType()),
        };
        return (system is null || source is ActorSystem ? text : $"{text}({system})", type);
    }

    public static string SimpleName(object o) => SimpleName(o.GetType());

    public static string SimpleName(Type t) => t.Name;
}
