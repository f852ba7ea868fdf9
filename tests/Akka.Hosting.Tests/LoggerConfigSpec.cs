using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Akka.Hosting.Tests;

/// <summary>Options of logging as settings of a real actor system.</summary>
public sealed class LoggerConfigSpec
{
    public sealed class Upper : ILogMessageFormatter
    {
        public string Format(string format, params object[] args) => string.Format(format, args).ToUpperInvariant();

        public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());
    }

    private static async Task<Settings> SettingsOf(Action<LoggerConfigBuilder> configure)
    {
        using var host = new HostBuilder()
            .ConfigureServices(s => s.AddAkka("logged", akka => akka.ConfigureLoggers(l => configure(l.ClearLoggers()))))
            .Build();
        var system = host.Services.GetRequiredService<ActorSystem>();
        await system.Terminate();
        return system.Settings;
    }

    [Fact]
    public async Task Options_that_are_not_given_leave_the_settings_as_they_are()
    {
        var settings = await SettingsOf(_ => { });
        using var plain = ActorSystem.Create("plain", "akka { loglevel = INFO, loggers = [] }");
        Assert.Equal(plain.Settings.LogDeadLetters, settings.LogDeadLetters);
        Assert.Equal(plain.Settings.LogDeadLettersSuspendDuration, settings.LogDeadLettersSuspendDuration);
        Assert.Equal(plain.Settings.DebugLifecycle, settings.DebugLifecycle);
        Assert.Same(plain.Settings.LogFormatter, settings.LogFormatter);
    }

    [Fact]
    public async Task Debug_options_are_settings_of_the_system()
    {
        var settings = await SettingsOf(l =>
        {
            l.LogLevel = LogLevel.WarningLevel;
            l.DebugOptions = new DebugOptions
            {
                Receive = true,
                AutoReceive = true,
                LifeCycle = true,
                EventStream = true,
                Unhandled = true,
                FiniteStateMachine = true,
                RouterMisconfiguration = false,
            };
        });
        Assert.True(
            settings.DebugReceive
                && settings.DebugAutoReceive
                && settings.DebugLifecycle
                && settings.DebugEventStream
                && settings.DebugUnhandledMessage
        );
        Assert.True(settings.Config.GetBoolean("akka.actor.debug.fsm"));
        Assert.False(settings.Config.GetBoolean("akka.actor.debug.router-misconfiguration", true));
        Assert.Equal(LogLevel.WarningLevel, settings.LogLevel);
        Assert.Empty(settings.Loggers);
    }

    [Theory]
    [InlineData(TriStateValue.None, 0)]
    [InlineData(TriStateValue.Some, 3)]
    [InlineData(TriStateValue.All, int.MaxValue)]
    public async Task Dead_letters_are_logged_never_some_times_or_always(TriStateValue shouldLog, int count)
    {
        var settings = await SettingsOf(l =>
            l.DeadLetterOptions = new DeadLetterOptions
            {
                ShouldLog = shouldLog,
                LogCount = 3,
                LogDuringShutdown = true,
                LogSuspendDuration = TimeSpan.FromSeconds(90),
            }
        );
        Assert.Equal(
            (count, true, TimeSpan.FromSeconds(90)),
            (settings.LogDeadLetters, settings.LogDeadLettersDuringShutdown, settings.LogDeadLettersSuspendDuration)
        );
    }

    [Fact]
    public async Task A_pause_without_end_is_a_setting_too()
    {
        var settings = await SettingsOf(l =>
            l.DeadLetterOptions = new DeadLetterOptions { LogSuspendDuration = Timeout.InfiniteTimeSpan }
        );
        Assert.Equal(Timeout.InfiniteTimeSpan, settings.LogDeadLettersSuspendDuration);
    }

    [Theory]
    [InlineData(TriStateValue.Some, 0, "LogCount is 0")]
    [InlineData((TriStateValue)7, 1, "ShouldLog is 7")]
    public async Task Options_that_cannot_be_meant_are_named(TriStateValue shouldLog, int count, string problem)
    {
        var error = await Assert.ThrowsAsync<ConfigurationException>(() =>
            SettingsOf(l => l.DeadLetterOptions = new DeadLetterOptions { ShouldLog = shouldLog, LogCount = count })
        );
        Assert.Contains(problem, error.Message);
    }

    [Fact]
    public async Task A_formatter_of_ones_own_formats_and_another_type_is_refused()
    {
        Assert.IsType<Upper>((await SettingsOf(l => l.WithDefaultLogMessageFormatter<Upper>())).LogFormatter);
        var error = await Assert.ThrowsAsync<ConfigurationException>(() =>
            SettingsOf(l => l.LogMessageFormatter = typeof(string))
        );
        Assert.StartsWith("System.String is no log message formatter", error.Message);
    }

    [Fact]
    public void The_order_of_the_values_is_that_of_Akka()
    {
        Assert.Equal(["Prepend", "Append", "Replace"], Enum.GetNames<HoconAddMode>());
        Assert.Equal(["None", "Some", "All"], Enum.GetNames<TriStateValue>());
    }
}
