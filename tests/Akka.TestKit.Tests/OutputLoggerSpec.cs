using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2.Internals;
using Xunit.Abstractions;

namespace Akka.TestKit.Tests;

/// <summary>Log events in the output of a test.</summary>
public sealed class OutputLoggerSpec
{
    private sealed class Output(bool closed = false) : ITestOutputHelper
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public void WriteLine(string message)
        {
            if (closed)
                throw new InvalidOperationException("There is no currently active test.");
            Lines.Enqueue(message);
        }

        public void WriteLine(string format, params object[] args) => WriteLine(string.Format(format, args));
    }

    private sealed class Kit(Output output) : Xunit2.TestKit("akka.loglevel = DEBUG", output)
    {
        public void AlsoTo(ActorSystem system, string prefix) => InitializeLogger(system, prefix);
    }

    [Fact]
    public void Events_of_all_levels_are_written_to_the_output()
    {
        var output = new Output();
        using var kit = new Kit(output);
        kit.Log.Debug("d {0}", 1);
        kit.Log.Error(new InvalidOperationException("cause"), "e");
        kit.AwaitCondition(() => output.Lines.Any(l => l.Contains("cause", StringComparison.Ordinal)));
        Assert.Contains(
            output.Lines,
            l => l.Contains("DEBUG", StringComparison.Ordinal) && l.Contains("d 1", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Another_system_has_its_prefix()
    {
        var output = new Output();
        using var kit = new Kit(output);
        using var second = ActorSystem.Create("second", "akka.stdout-loglevel = OFF");
        kit.AlsoTo(second, "[second] ");
        second.Log.Warning("hello");
        kit.AwaitCondition(() => output.Lines.Any(l => IsFrom(l, "hello")));
        static bool IsFrom(string line, string text) =>
            line.StartsWith("[second] ", StringComparison.Ordinal) && line.EndsWith(text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_output_disturbs_nobody()
    {
        using var kit = new Kit(new Output(closed: true));
        kit.EventFilter.Exception<InvalidOperationException>().Expect(0, () => kit.Log.Warning("after the end"));
    }

    [Fact]
    public void An_event_that_cannot_be_formatted_is_named()
    {
        var output = new Output();
        using var kit = new Kit(output);
        kit.Log.Warning("{0} {1}", "only one");
        kit.AwaitCondition(() =>
            output.Lines.Any(l =>
                l.Contains("{0} {1}", StringComparison.Ordinal) || l.Contains("cannot be formatted", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void It_is_an_actor_that_any_system_can_start()
    {
        using var kit = new Xunit2.TestKit();
        var output = new Output();
        var logger = kit.Sys.ActorOf(Props.Create(() => new TestOutputLogger(output)));
        logger.Tell(new InitializeLogger(kit.Sys.EventStream), kit.TestActor);
        kit.ExpectMsg<LoggerInitialized>();
        kit.Log.Warning("seen");
        kit.AwaitCondition(() => output.Lines.Any(l => l.EndsWith("seen", StringComparison.Ordinal)));
    }
}
