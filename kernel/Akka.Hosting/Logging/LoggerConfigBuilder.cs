using System.Text;
using Akka.Configuration;
using Akka.Event;
using Akka.Hosting.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>What the actor system logs, and where to.</summary>
public sealed class LoggerConfigBuilder
{
    private readonly List<Type> _loggers = [typeof(DefaultLogger)];
    private Type _formatter = typeof(DefaultLogMessageFormatter);

    internal LoggerConfigBuilder(AkkaConfigurationBuilder builder) => Builder = builder;

    internal AkkaConfigurationBuilder Builder { get; }

    public Akka.Event.LogLevel LogLevel { get; set; } = Akka.Event.LogLevel.InfoLevel;

    /// <summary>Writes the whole configuration to the log when the system starts.</summary>
    public bool LogConfigOnStart { get; set; }

    /// <summary>What the system says about itself; null leaves it as it is.</summary>
    public DebugOptions? DebugOptions { get; set; }

    /// <summary>Which dead letters are logged; null leaves it as it is.</summary>
    public DeadLetterOptions? DeadLetterOptions { get; set; }

    /// <summary>Fills the arguments into messages: an ILogMessageFormatter with a constructor without parameters.</summary>
    /// <exception cref="ConfigurationException">The type is no such class.</exception>
    public Type LogMessageFormatter
    {
        get => _formatter;
        set =>
            _formatter =
                value is { IsAbstract: false } && typeof(ILogMessageFormatter).IsAssignableFrom(value)
                    ? value
                    : throw new ConfigurationException(
                        $"{value} is no log message formatter: it must be an ILogMessageFormatter."
                    );
    }

    public LoggerConfigBuilder WithDefaultLogMessageFormatter<T>()
        where T : ILogMessageFormatter
    {
        LogMessageFormatter = typeof(T);
        return this;
    }

    public LoggerConfigBuilder ClearLoggers()
    {
        _loggers.Clear();
        return this;
    }

    public LoggerConfigBuilder AddLogger<T>()
        where T : Akka.Dispatch.IRequiresMessageQueue<ILoggerMessageQueueSemantics>
    {
        _loggers.Add(typeof(T));
        return this;
    }

    internal LoggerConfigBuilder Add(Type logger)
    {
        _loggers.Add(logger);
        return this;
    }

    internal Config ToConfig()
    {
        var hocon = new StringBuilder()
            .AppendLine($"akka.loglevel = {Akka.Event.Logging.StringFor(LogLevel)}")
            .AppendLine($"akka.log-config-on-start = {LogConfigOnStart.ToHocon()}")
            .AppendLine($"akka.loggers = [{string.Join(", ", _loggers.Distinct().Select(NameOf))}]");
        if (_formatter != typeof(DefaultLogMessageFormatter))
            hocon.AppendLine($"akka.logger-formatter = {NameOf(_formatter)}");
        DebugOptions?.WriteTo(hocon);
        DeadLetterOptions?.WriteTo(hocon);
        return hocon.ToString();
    }

    private static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}".ToHocon();
}

/// <summary>Adds loggers.</summary>
public static class LoggingExtensions
{
    public static AkkaConfigurationBuilder ConfigureLoggers(
        this AkkaConfigurationBuilder builder,
        Action<LoggerConfigBuilder> configurator
    )
    {
        var loggers = new LoggerConfigBuilder(builder);
        configurator(loggers);
        return builder.AddHocon(loggers.ToConfig(), HoconAddMode.Prepend);
    }

    /// <summary>Writes to standard output.</summary>
    public static LoggerConfigBuilder AddDefaultLogger(this LoggerConfigBuilder configBuilder) =>
        configBuilder.Add(typeof(DefaultLogger));

    /// <summary>Writes to the loggers of the host.</summary>
    public static LoggerConfigBuilder AddLoggerFactory(this LoggerConfigBuilder configBuilder, ILoggerFactory loggerFactory)
    {
        configBuilder.Builder.AddSetup(new LoggerFactorySetup(loggerFactory));
        return configBuilder.Add(typeof(LoggerFactoryLogger));
    }

    public static LoggerConfigBuilder AddLoggerFactory(this LoggerConfigBuilder configBuilder) =>
        configBuilder.AddLoggerFactory(
            configBuilder.Builder.Services?.GetService<ILoggerFactory>()
                ?? throw new ConfigurationException("The host has no ILoggerFactory; give AddLoggerFactory one.")
        );
}
