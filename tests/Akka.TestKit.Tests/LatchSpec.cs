namespace Akka.TestKit.Tests;

/// <summary>Meeting points of threads.</summary>
public sealed class LatchSpec : Xunit2.TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void A_latch_opens_when_it_has_been_counted_down()
    {
        var latch = CreateTestLatch(2);
        Assert.False(latch.IsOpen);
        latch.CountDown();
        Assert.False(latch.IsOpen);
        var other = Task.Run(latch.CountDown);
        latch.Ready();
        Assert.True(latch.IsOpen);
        other.GetAwaiter().GetResult();
    }

    [Fact]
    public void A_latch_that_stays_shut_says_how_far_it_came()
    {
        var latch = CreateTestLatch(3);
        latch.CountDown();
        Assert.Contains("still counts 2 of 3", Assert.Throws<TimeoutException>(() => latch.Ready(Short)).Message);
        Assert.Throws<ArgumentException>(() => latch.Ready(TimeSpan.MaxValue));
    }

    [Fact]
    public void A_latch_can_be_opened_at_once_and_reset()
    {
        var latch = new TestLatch(5);
        latch.Open();
        latch.Open();
        latch.Ready(TimeSpan.Zero);
        latch.Reset();
        Assert.False(latch.IsOpen);
        Assert.Equal(TimeSpan.FromSeconds(5), TestLatch.DefaultTimeout);
    }

    [Fact]
    public void A_barrier_lets_all_go_when_the_last_has_come()
    {
        var barrier = CreateTestBarrier(2);
        var other = Task.Run(() => barrier.Await());
        barrier.Await();
        other.GetAwaiter().GetResult();
    }

    [Fact]
    public void A_barrier_that_waits_in_vain_says_who_is_missing() =>
        Assert.Contains("did not come", Assert.Throws<TimeoutException>(() => CreateTestBarrier(2).Await(Short)).Message);
}
