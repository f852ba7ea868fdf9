using Akka.Actor;
using Akka.Configuration;
using static Akka.TestKit.Tests.Clocks;

namespace Akka.TestKit.Tests;

/// <summary>The settings below akka.test, and the factor that every wait is multiplied with.</summary>
public sealed class SettingsSpec
{
    private sealed class Kit(string hocon) : Xunit2.TestKit(Virtual(hocon));

    [Fact]
    public void The_defaults_are_those_of_Akka()
    {
        using var kit = new Kit("");
        var settings = kit.TestKitSettings;
        Assert.Equal(
            (Seconds(5), Seconds(3), Seconds(3), 1.0, false),
            (
                settings.DefaultTimeout,
                settings.SingleExpectDefault,
                settings.TestEventFilterLeeway,
                settings.TestTimeFactor,
                settings.LogTestKitCalls
            )
        );
    }

    [Fact]
    public void The_time_factor_dilates_what_a_test_names_and_the_default()
    {
        using var kit = new Kit("akka.test { timefactor = 3, single-expect-default = 2s }");
        Assert.Equal(Seconds(30), kit.Dilated(Seconds(10)));
        Assert.Equal(Timeout.InfiniteTimeSpan, kit.Dilated(Timeout.InfiniteTimeSpan));
        Assert.Equal(Seconds(6), kit.RemainingOrDefault);
        Assert.Equal(Seconds(12), kit.RemainingOrDilated(Seconds(4)));
        Assert.Equal(Seconds(12), kit.GetTimeoutOrDefault(Seconds(4)));
        var start = kit.Now;
        kit.ExpectNoMsg(Seconds(1));
        Assert.Equal(Seconds(3), kit.Now - start);
        kit.ExpectNoMsg();
        Assert.Equal(Seconds(9), kit.Now - start);
        kit.Within(Seconds(2), () => Assert.Equal(Seconds(6), kit.Remaining));
        kit.ReceiveOne(Seconds(1)); // the one wait that is taken as it is
        Assert.Equal(Seconds(10), kit.Now - start);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("NaN")]
    public void A_factor_that_makes_no_time_is_refused(string factor)
    {
        var error = Assert.ThrowsAny<ConfigurationException>(() => new Kit($"akka.test.timefactor = {factor}"));
        Assert.Contains("akka.test.timefactor", error.Message);
    }

    [Fact]
    public void A_system_that_the_test_brings_is_the_tests_to_end()
    {
        using var system = ActorSystem.Create("mine", Virtual("akka { loglevel = OFF, stdout-loglevel = OFF }"));
        using (var kit = new Xunit2.TestKit(system))
            Assert.Same(system, kit.Sys);
        Assert.False(system.WhenTerminated.IsCompleted);
        using var own = new Kit("");
        own.Shutdown(verifySystemShutdown: true);
        Assert.True(own.Sys.WhenTerminated.IsCompleted);
    }

    [Fact]
    public void The_kit_says_what_it_waits_for_when_asked_to()
    {
        using var kit = new Kit("akka { loglevel = DEBUG, test.testkit.debug = on }");
        kit.EventFilter.Debug("The test waits for a message, at most 00:00:02.").ExpectOne(() => kit.ExpectNoMsg(Seconds(2)));
    }

    [Fact]
    public void The_kit_leaves_the_thread_as_it_was()
    {
        var before = SynchronizationContext.Current;
        var mine = new SynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(mine);
        try
        {
            var kit = new Kit("");
            Assert.NotSame(mine, SynchronizationContext.Current);
            kit.Dispose();
            Assert.Same(mine, SynchronizationContext.Current);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
