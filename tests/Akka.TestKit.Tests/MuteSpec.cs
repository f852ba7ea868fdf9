using Akka.Event;
using static Akka.TestKit.Tests.Clocks;

namespace Akka.TestKit.Tests;

/// <summary>What the test listener prints. Standard output belongs to all tests, so each text here is its own.</summary>
[Collection(nameof(Console))]
public sealed class MuteSpec() : Xunit2.TestKit(Virtual())
{
    private string Printed(Action code)
    {
        var (stdout, written) = (Console.Out, new StringWriter());
        Console.SetOut(TextWriter.Synchronized(written));
        try
        {
            code();
            EventFilter.Error("end of the mute test").ExpectOne(() => Log.Error("end of the mute test")); // all before it has been seen
        }
        finally
        {
            Console.SetOut(stdout);
        }
        return written.ToString();
    }

    [Fact]
    public void Muted_events_are_not_printed_until_they_are_unmuted()
    {
        var text = Printed(() =>
        {
            Log.Error("mute-before");
            using (EventFilter.Error(contains: "mute-during").Mute())
            {
                Log.Error("mute-during 1");
                Log.Error("mute-other");
            }
            Log.Error("mute-during 2");
            EventFilter.Error(contains: "mute-block").Mute(() => Log.Error("mute-block"));
            Assert.Equal(
                1,
                EventFilter
                    .Error(contains: "mute-value")
                    .Mute(() =>
                    {
                        Log.Error("mute-value");
                        return 1;
                    })
            );
        });
        Assert.Contains("mute-before", text);
        Assert.Contains("mute-other", text);
        Assert.Contains("mute-during 2", text);
        Assert.DoesNotContain("mute-during 1", text);
        Assert.DoesNotContain("mute-block", text);
        Assert.DoesNotContain("mute-value", text);
    }

    [Fact]
    public void Expected_events_are_not_printed()
    {
        var text = Printed(() => EventFilter.Error("mute-expected").ExpectOne(() => Log.Error("mute-expected")));
        Assert.DoesNotContain("mute-expected", text);
    }
}

/// <summary>Tests that take standard output run by themselves.</summary>
[CollectionDefinition(nameof(Console), DisableParallelization = true)]
public sealed class ConsoleCollection;
