using Akka.Actor;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Writes log events to the output of the running test.</summary>
public class TestOutputLogger : ReceiveActor
{
    public TestOutputLogger(ITestOutputHelper output)
    {
        Receive<LogEvent>(logEvent => Write(output, logEvent));
        Receive<InitializeLogger>(initialize =>
        {
            initialize.LoggingBus.Subscribe(Self, typeof(LogEvent));
            Sender.Tell(new LoggerInitialized());
        });
    }

    private static void Write(ITestOutputHelper output, LogEvent logEvent)
    {
        try
        {
            output.WriteLine(logEvent.ToString());
        }
        catch (FormatException e)
        {
            output.WriteLine($"A {logEvent.LogLevel()} of {logEvent.LogSource} cannot be formatted: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            // The test has ended, its output is closed; the actor system may still log.
        }
    }
}
