using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The settings of an actor system, read once; the library's defaults stand behind what was given.</summary>
public class Settings
{
    private Config _fallback = ConfigurationFactory.Default();
    private readonly Config _user;

    public Settings(ActorSystem system, Config config)
        : this(system, config, ActorSystemSetup.Empty) { }

    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        System = system;
        Setup = setup;
        _user = config;
        Config = config.WithFallback(_fallback);

        ProviderClass = ProviderSelection.ClassName(Config.GetString("akka.actor.provider")!);
        SupervisorStrategyClass = Config.GetString("akka.actor.guardian-supervisor-strategy")!;
        AskTimeout = Config.GetTimeSpan("akka.actor.ask-timeout", null, allowInfinite: true);
        SerializeAllMessages = Config.GetBoolean("akka.actor.serialize-messages");
        SerializeAllCreators = Config.GetBoolean("akka.actor.serialize-creators");
        LogLevel = Logging.LogLevelFor(Config.GetString("akka.loglevel")!);
        StdoutLogLevel = Logging.LogLevelFor(Config.GetString("akka.stdout-loglevel")!);
        Loggers = [.. Config.GetStringList("akka.loggers")];
        LoggersDispatcher = Config.GetString("akka.loggers-dispatcher")!;
        LoggerStartTimeout = Config.GetTimeSpan("akka.logger-startup-timeout");
        LoggerAsyncStart = Config.GetBoolean("akka.logger-async-start");
        LogConfigOnStart = Config.GetBoolean("akka.log-config-on-start");
        LogDeadLetters = Config.GetString("akka.log-dead-letters")!.ToLowerInvariant() switch
        {
            "on" or "true" => int.MaxValue,
            "off" or "false" => 0,
            _ => Config.GetInt("akka.log-dead-letters"),
        };
        LogDeadLettersDuringShutdown = Config.GetBoolean("akka.log-dead-letters-during-shutdown");
        LogDeadLettersSuspendDuration = Config.GetTimeSpan("akka.log-dead-letters-suspend-duration");
        SchedulerClass = Config.GetString("akka.scheduler.implementation")!;
        LogFormatter = Formatter(Config.GetString("akka.logger-formatter")!);
        DebugReceive = Config.GetBoolean("akka.actor.debug.receive");
        DebugAutoReceive = Config.GetBoolean("akka.actor.debug.autoreceive");
        DebugLifecycle = Config.GetBoolean("akka.actor.debug.lifecycle");
        DebugEventStream = Config.GetBoolean("akka.actor.debug.event-stream");
        DebugUnhandledMessage = Config.GetBoolean("akka.actor.debug.unhandled");
        DebugTimers = Config.GetBoolean("akka.actor.debug.log-timers");
    }

    public ActorSystem System { get; }

    public Config Config { get; private set; }

    public ActorSystemSetup Setup { get; }

    public string ProviderClass { get; }

    public string SupervisorStrategyClass { get; }

    public TimeSpan AskTimeout { get; }

    public bool SerializeAllMessages { get; }

    public bool SerializeAllCreators { get; }

    public LogLevel LogLevel { get; }

    public LogLevel StdoutLogLevel { get; }

    public IList<string> Loggers { get; }

    public string LoggersDispatcher { get; }

    public TimeSpan LoggerStartTimeout { get; }

    public bool LoggerAsyncStart { get; }

    public ILogMessageFormatter LogFormatter { get; }

    public bool LogConfigOnStart { get; }

    /// <summary>How many are logged; int.MaxValue is all of them.</summary>
    public int LogDeadLetters { get; }

    public bool LogDeadLettersDuringShutdown { get; }

    public TimeSpan LogDeadLettersSuspendDuration { get; }

    public string SchedulerClass { get; }

    public bool DebugReceive { get; }

    public bool DebugAutoReceive { get; }

    public bool DebugLifecycle { get; }

    public bool DebugEventStream { get; }

    public bool DebugUnhandledMessage { get; }

    internal bool DebugTimers { get; }

    /// <summary>Adds defaults, of an extension say, behind everything that is there.</summary>
    public void InjectTopLevelFallback(Config config)
    {
        _fallback = config.WithFallback(_fallback);
        Config = _user.WithFallback(_fallback);
    }

    public override string ToString() => Config.ToString()!;

    private static ILogMessageFormatter Formatter(string name)
    {
        var type = TypeName.Find(name) ?? throw new ConfigurationException($"akka.logger-formatter: no type is named '{name}'.");
        return type == typeof(DefaultLogMessageFormatter)
            ? DefaultLogMessageFormatter.Instance
            : TypeName.Construct<ILogMessageFormatter>(type, "akka.logger-formatter");
    }
}
