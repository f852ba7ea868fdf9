using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Event;

/// <summary>Events by their class: who subscribes to a class or interface gets everything that is one.</summary>
public class LoggingBus : ActorEventBus<object, Type>
{
    private static readonly LogLevel[] s_levels =
    [
        LogLevel.ErrorLevel,
        LogLevel.WarningLevel,
        LogLevel.InfoLevel,
        LogLevel.DebugLevel,
    ];

    private readonly List<IActorRef> _loggers = [];
    private volatile ConcurrentDictionary<Type, IActorRef[]> _subscribers = new();
    private int _level = (int)LogLevel.WarningLevel;
    private StandardOutLogger? _stdout;

    /// <summary>The least severe level that loggers get.</summary>
    public LogLevel LogLevel => (LogLevel)Volatile.Read(ref _level);

    /// <summary>Subscribers by event class, until a subscription changes.</summary>
    internal override IActorRef[] SubscribersOf(object @event)
    {
        var known = _subscribers;
        var type = @event.GetType();
        return known.TryGetValue(type, out var subscribers) ? subscribers : known.GetOrAdd(type, base.SubscribersOf(@event));
    }

    internal override void Changed() => _subscribers = new();

    protected override bool IsSubClassification(Type parent, Type child) => parent.IsAssignableFrom(child);

    protected override void Publish(object @event, IActorRef subscriber) => subscriber.Tell(@event, ActorRefs.NoSender);

    protected override bool Classify(object @event, Type classifier) => classifier.IsInstanceOfType(@event);

    protected override Type GetClassifier(object @event) => @event.GetType();

    /// <summary>From now on the loggers get this level and what is more severe.</summary>
    public void SetLogLevel(LogLevel logLevel)
    {
        Volatile.Write(ref _level, (int)logLevel);
        lock (_loggers)
        {
            foreach (var logger in _loggers)
                SubscribeTo(logger, logLevel);
        }
    }

    private void SubscribeTo(IActorRef logger, LogLevel level)
    {
        foreach (var each in s_levels)
        {
            if (each >= level)
                Subscribe(logger, Logging.ClassFor(each));
            else
                Unsubscribe(logger, Logging.ClassFor(each));
        }
    }

    /// <summary>Writes to the console while the system starts, and again while it ends.</summary>
    public void StartStdoutLogger(Settings config)
    {
        _stdout = new StandardOutLogger(config.LogFormatter);
        Volatile.Write(ref _level, (int)config.StdoutLogLevel);
        SubscribeTo(_stdout, config.StdoutLogLevel);
    }

    /// <summary>Starts the loggers of akka.loggers and waits until each says that it is ready.</summary>
    internal void StartDefaultLoggers(ActorSystemImpl system)
    {
        var settings = system.Settings;
        var number = 0;
        foreach (var name in settings.Loggers)
        {
            var type = TypeName.Find(name) ?? throw new ConfigurationException($"akka.loggers: no type is named '{name}'.");
            if (type == typeof(StandardOutLogger))
                continue;
            AddLogger(system, type, ++number);
        }
        Volatile.Write(ref _level, (int)settings.LogLevel);
        if (number > 0 && _stdout is not null)
            Unsubscribe(_stdout);
    }

    private void AddLogger(ActorSystemImpl system, Type type, int number)
    {
        var settings = system.Settings;
        var props = Props.Create(type).WithDispatcher(settings.LoggersDispatcher);
        var logger = system.SystemActorOf(props, $"log{number}-{Logging.SimpleName(type)}");
        var ready = logger.Ask(new InitializeLogger(this), settings.LoggerStartTimeout);
        if (!settings.LoggerAsyncStart)
            WaitFor(ready, logger, settings.LoggerStartTimeout);
        lock (_loggers)
            _loggers.Add(logger);
        SubscribeTo(logger, settings.LogLevel);
    }

    private void WaitFor(Task<object> ready, IActorRef logger, TimeSpan timeout)
    {
        try
        {
            if (ready.GetAwaiter().GetResult() is not LoggerInitialized)
                throw new LoggerInitializationException($"Logger {logger} did not respond with {nameof(LoggerInitialized)}.");
        }
        catch (AskTimeoutException)
        {
            Publish(
                new Warning(
                    logger.Path.Name,
                    GetType(),
                    $"Logger {logger.Path.Name} did not respond within {timeout} to InitializeLogger."
                )
            );
        }
    }

    /// <summary>The loggers end with the system; what is logged from here on goes to the console.</summary>
    internal void StopDefaultLoggers(ActorSystem system)
    {
        if (_stdout is not null)
            SubscribeTo(_stdout, system.Settings.StdoutLogLevel);
        lock (_loggers)
        {
            foreach (var logger in _loggers)
                Unsubscribe(logger);
            _loggers.Clear();
        }
    }
}

internal sealed class LoggerInitializationException(string message) : AkkaException(message);
