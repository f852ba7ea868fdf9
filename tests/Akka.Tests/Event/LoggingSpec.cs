using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Event;

public sealed class LoggingSpec
{
    [Fact]
    public async Task A_log_call_publishes_level_source_text_and_cause()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        local.Sys.EventStream.Subscribe(log.Ref, typeof(LogEvent));
        local.Sys.EventStream.SetLogLevel(LogLevel.InfoLevel);
        var logger = Logging.GetLogger(local.Sys, "me");
        var cause = new InvalidOperationException("x");

        logger.Debug("below the level");
        logger.Info("{0} and {1}", 1, "two");
        logger.Error(cause, "bad {0}", 3);

        var info = await log.Expect<Info>();
        Assert.Equal("1 and two", info.Message.ToString());
        Assert.Equal("me(akka://spec)", info.LogSource);
        var error = await log.Expect<Error>();
        Assert.Equal(("bad 3", cause), (error.Message.ToString()!, error.Cause));
    }

    [Theory]
    [InlineData("DEBUG", LogLevel.DebugLevel)]
    [InlineData("info", LogLevel.InfoLevel)]
    [InlineData("Warning", LogLevel.WarningLevel)]
    [InlineData("ERROR", LogLevel.ErrorLevel)]
    public void A_level_has_a_name(string name, LogLevel level)
    {
        Assert.Equal(level, Logging.LogLevelFor(name));
        Assert.Equal(name.ToUpperInvariant(), level.StringFor());
    }

    [Fact]
    public void An_unknown_level_is_refused() => Assert.Throws<ArgumentException>(() => Logging.LogLevelFor("LOUD"));

    [Fact]
    public async Task A_logger_of_ones_own_is_started_from_the_settings()
    {
        var name = $"{typeof(Collector).FullName}, {typeof(Collector).Assembly.GetName().Name}";
        await using var local = new LocalSystem($"akka {{ loggers = [\"{name}\"], loglevel = WARNING }}");

        local.Sys.Log.Info("below the level");
        local.Sys.Log.Warning("seen");

        Assert.Equal("seen", await LocalSystem.Soon(Collector.First.Task));
    }

    public sealed class Collector : ReceiveActor
    {
        public static readonly TaskCompletionSource<string> First = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Collector()
        {
            Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
            Receive<LogEvent>(e => First.TrySetResult(e.Message.ToString()!));
        }
    }
}
