using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting.Logging;

/// <summary>Hands log events of the actor system to the host's loggers, under the name of the class that logged.</summary>
public class LoggerFactoryLogger : ActorBase, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    protected readonly ILoggingAdapter InternalLogger = Akka.Event.Logging.GetLogger(
        Context.System.EventStream,
        nameof(LoggerFactoryLogger)
    );

    private readonly ILoggerFactory _loggers;

    public LoggerFactoryLogger()
    {
        var setup = Context.System.Settings.Setup.Get<LoggerFactorySetup>();
        _loggers = setup.HasValue
            ? setup.Value.LoggerFactory
            : throw new ConfigurationException(
                "LoggerFactoryLogger needs a LoggerFactorySetup: ConfigureLoggers(l => l.AddLoggerFactory(factory))."
            );
    }

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent logEvent:
                Log(logEvent, Sender.Path);
                return true;
            default:
                return false;
        }
    }

    protected virtual void Log(LogEvent log, ActorPath path) =>
        _loggers
            .CreateLogger(log.LogClass?.FullName ?? log.LogSource)
            .Log(Level(log.LogLevel()), log.Cause, "{LogSource}: {Message}", log.LogSource, log.Message?.ToString());

    protected override void PostStop() => InternalLogger.Debug("The logger of the host stopped.");

    private static Microsoft.Extensions.Logging.LogLevel Level(Akka.Event.LogLevel level) =>
        level switch
        {
            Akka.Event.LogLevel.DebugLevel => Microsoft.Extensions.Logging.LogLevel.Debug,
            Akka.Event.LogLevel.InfoLevel => Microsoft.Extensions.Logging.LogLevel.Information,
            Akka.Event.LogLevel.WarningLevel => Microsoft.Extensions.Logging.LogLevel.Warning,
            _ => Microsoft.Extensions.Logging.LogLevel.Error,
        };
}
