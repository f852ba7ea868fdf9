using Xunit.Sdk;
using static Akka.TestKit.Tests.Clocks;

namespace Akka.TestKit.Tests;

/// <summary>Within, on a clock that the test moves.</summary>
public sealed class WithinSpec() : Xunit2.TestKit(ByHand)
{
    private void Pass(double seconds) => ((TestScheduler)Sys.Scheduler).Advance(Seconds(seconds));

    private static string FailureOf(Action code) => Assert.ThrowsAny<XunitException>(code).Message;

    [Fact]
    public void A_block_between_minimum_and_maximum_passes_and_gives_its_result()
    {
        Within(Seconds(1), Seconds(3), () => Pass(1));
        Within(Seconds(1), Seconds(3), () => Pass(3));
        Assert.Equal("done", Within(Seconds(3), () => "done"));
        Assert.Equal(
            "late",
            Within(
                Seconds(1),
                Seconds(3),
                () =>
                {
                    Pass(2);
                    return "late";
                },
                "hint"
            )
        );
    }

    [Fact]
    public void A_block_that_is_too_fast_fails_and_says_how_fast_it_was() =>
        Assert.Contains(
            "The block took 00:00:01, but should have taken at least 00:00:02 (warm up).",
            FailureOf(() => Within(Seconds(2), Seconds(3), () => Pass(1), "warm up"))
        );

    [Fact]
    public void A_block_that_is_too_slow_fails_and_says_how_slow_it_was() =>
        Assert.Contains("The block took 00:00:04, more than 00:00:03", FailureOf(() => Within(Seconds(3), () => Pass(4))));

    [Fact]
    public void Epsilon_is_how_much_later_it_may_be()
    {
        Within(Seconds(3), () => Pass(4), epsilonValue: Seconds(1));
        Assert.Contains("took 00:00:05", FailureOf(() => Within(Seconds(3), () => Pass(5), epsilonValue: Seconds(1))));
    }

    [Fact]
    public void Remaining_is_what_is_left_and_has_no_meaning_outside()
    {
        Assert.Throws<InvalidOperationException>(() => Remaining);
        Assert.Equal(Seconds(3), RemainingOrDefault);
        Within(
            Seconds(10),
            () =>
            {
                Pass(4);
                Assert.Equal(Seconds(6), Remaining);
                Assert.Equal(Seconds(6), RemainingOrDefault);
                Assert.Equal(Seconds(6), RemainingOrDilated(null));
                Assert.Equal(Seconds(8), RemainingOrDilated(Seconds(8)));
            }
        );
        Assert.Throws<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public void Remaining_is_never_below_zero() =>
        FailureOf(() =>
            Within(
                Seconds(1),
                () =>
                {
                    Pass(2);
                    Assert.Equal(TimeSpan.Zero, Remaining);
                }
            )
        );

    [Fact]
    public void An_inner_block_has_no_more_than_the_outer_one_has_left()
    {
        Within(
            Seconds(10),
            () =>
            {
                Pass(4);
                Within(Seconds(60), () => Assert.Equal(Seconds(6), Remaining));
                Within(Seconds(2), () => Assert.Equal(Seconds(2), Remaining));
                Assert.Equal(Seconds(6), Remaining);
            }
        );
        Assert.Contains(
            "at least 00:00:05, but only 00:00:01 is left",
            FailureOf(() =>
                Within(
                    Seconds(10),
                    () =>
                    {
                        Pass(9);
                        Within(Seconds(5), Seconds(8), () => { });
                    }
                )
            )
        );
    }

    [Fact]
    public void What_the_block_throws_passes_through_and_the_time_limit_ends_with_it()
    {
        Assert.Throws<NotSupportedException>(() => Within(Seconds(1), () => throw new NotSupportedException()));
        Assert.Throws<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public async Task The_asynchronous_forms_judge_alike()
    {
        Assert.Equal(5, await WithinAsync(Seconds(1), () => Task.FromResult(5)));
        await WithinAsync(
            Seconds(1),
            Seconds(2),
            () =>
            {
                Pass(1);
                return Task.CompletedTask;
            }
        );
        var slow = await Assert.ThrowsAnyAsync<XunitException>(() =>
            WithinAsync(
                Seconds(1),
                async () =>
                {
                    await Task.Yield();
                    Pass(2);
                }
            )
        );
        Assert.Contains("The block took 00:00:02, more than 00:00:01", slow.Message);
    }

    [Fact]
    public void Limits_that_no_block_can_keep_are_argument_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Within(Seconds(-1), () => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Within(Seconds(2), Seconds(1), () => { }));
    }

    [Fact]
    public void A_cancelled_token_keeps_the_block_from_running()
    {
        var ran = false;
        var cancelled = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => Within(Seconds(1), () => ran = true, cancellationToken: cancelled));
        Assert.False(ran);
    }
}
