using ActorFed.Kernel.VirtualTime;
using Xunit.Sdk;
using static Akka.TestKit.Tests.Clocks;

namespace Akka.TestKit.Tests;

/// <summary>Blocks that end by waiting for nothing, on virtual time: what they wait is exact.</summary>
public sealed class SilenceSpec() : Xunit2.TestKit(Virtual())
{
    private static string FailureOf(Action code) => Assert.ThrowsAny<XunitException>(code).Message;

    [Fact]
    public void ExpectNoMsg_uses_what_remains_and_no_more()
    {
        var start = Now;
        Within(Seconds(3600), () => ExpectNoMsg());
        Assert.Equal(Seconds(3600), Now - start);
        Within(Seconds(1), Seconds(5), () => ExpectNoMsg(Seconds(5)));
    }

    [Fact]
    public void A_silence_that_was_asked_for_beyond_the_maximum_is_late() =>
        Assert.Contains(
            "The block took 00:00:06, more than 00:00:05",
            FailureOf(() => Within(Seconds(5), () => ExpectNoMsg(Seconds(6))))
        );

    [Fact]
    public void A_silence_that_is_shorter_than_the_minimum_is_too_fast() =>
        Assert.Contains("at least 00:00:04", FailureOf(() => Within(Seconds(4), Seconds(9), () => ExpectNoMsg(Seconds(3)))));

    [Fact]
    public void Time_after_a_short_silence_counts() =>
        Assert.Contains(
            "The block took 00:00:11, more than 00:00:05",
            FailureOf(() =>
                Within(
                    Seconds(5),
                    () =>
                    {
                        ExpectNoMsg(Seconds(1));
                        Assert.False(AwaitConditionNoThrow(() => false, Seconds(10)));
                    }
                )
            )
        );

    [Fact]
    public void ReceiveWhile_may_wait_until_the_end()
    {
        var start = Now;
        Within(
            Seconds(5),
            () =>
            {
                using (VirtualScheduler.Of(Sys)!.Hold())
                {
                    this.After(1, "a");
                    this.After(2, "b");
                }
                Assert.Equal(["a", "b"], ReceiveWhile(message => message as string));
            }
        );
        Assert.Equal(Seconds(5), Now - start);
    }

    [Fact]
    public void ReceiveWhile_beyond_the_maximum_is_late() =>
        Assert.Contains(
            "The block took 00:00:07, more than 00:00:05",
            FailureOf(() => Within(Seconds(5), () => ReceiveWhile(Seconds(7), message => message as string)))
        );

    [Fact]
    public void ReceiveWhile_that_a_late_message_ends_is_late()
    {
        var failure = FailureOf(() =>
            Within(
                Seconds(5),
                () =>
                {
                    this.After(7, "end");
                    ReceiveWhile<string>(word => word != "end", Seconds(20));
                }
            )
        );
        Assert.Contains("The block took 00:00:07, more than 00:00:05", failure);
    }

    [Fact]
    public void A_message_breaks_the_silence_and_is_named()
    {
        this.After(2, "knock");
        Assert.Contains($"but received <knock> from {TestActor} after", FailureOf(() => Within(Seconds(5), () => ExpectNoMsg())));
    }

    [Fact]
    public void A_message_stops_the_clock_of_the_wait_that_it_ends()
    {
        for (var i = 0; i < 200; i++) // each time the clock could run on to the end of the wait before this thread wakes up
        {
            var start = Now;
            this.After(3, i);
            Within(Seconds(5), () => ExpectMsg(i, Seconds(60)));
            Assert.Equal(Seconds(3), Now - start);
        }
    }

    [Fact]
    public async Task Asynchronous_waits_are_on_the_virtual_clock_too()
    {
        var start = Now;
        this.After(3, "a");
        await WithinAsync(Seconds(5), async () => await ExpectMsgAsync("a", Seconds(60)));
        await ExpectNoMsgAsync(Seconds(7));
        Assert.Equal(Seconds(10), Now - start);
        var late = await Assert.ThrowsAnyAsync<XunitException>(() =>
            WithinAsync(Seconds(5), async () => await ExpectNoMsgAsync(Seconds(6)))
        );
        Assert.Contains("The block took 00:00:06, more than 00:00:05", late.Message);
    }

    [Fact]
    public async Task Radio_silence_gives_what_came_before_it()
    {
        var start = Now;
        using (VirtualScheduler.Of(Sys)!.Hold())
        {
            foreach (var at in new[] { 1, 3, 5 })
                this.After(at, at);
        }
        Assert.Equal(new[] { 1, 3, 5 }, (await WaitForRadioSilenceAsync(Seconds(4))).Cast<int>());
        Assert.Equal(Seconds(9), Now - start);
        this.After(1, "x");
        this.After(2, "y");
        var noise = await Assert.ThrowsAnyAsync<XunitException>(() => WaitForRadioSilenceAsync(Seconds(4), maxMessages: 1));
        Assert.Contains("more than 1 messages came, the last is <y>", noise.Message);
    }
}
