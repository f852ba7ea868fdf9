using Xunit.Sdk;
using static Akka.TestKit.Tests.Clocks;

namespace Akka.TestKit.Tests;

/// <summary>AwaitAssert and AwaitCondition, on virtual time: how often they ask is exact.</summary>
public sealed class AwaitSpec() : Xunit2.TestKit(Virtual())
{
    private readonly List<double> _attempts = [];

    /// <summary>Becomes true at the attempt of that number.</summary>
    private Func<bool> TrueAt(int attempt)
    {
        var start = Now;
        return () =>
        {
            _attempts.Add((Now - start).TotalMilliseconds);
            return _attempts.Count >= attempt;
        };
    }

    [Fact]
    public void An_assertion_is_tried_every_100_ms_until_it_holds()
    {
        var holds = TrueAt(3);
        AwaitAssert(() => Assert.True(holds()));
        Assert.Equal([0, 100, 200], _attempts);
    }

    [Fact]
    public void The_interval_can_be_chosen()
    {
        var holds = TrueAt(3);
        AwaitAssert(() => Assert.True(holds()), interval: Seconds(1));
        Assert.Equal([0, 1000, 2000], _attempts);
    }

    [Fact]
    public void When_the_time_is_over_the_last_failure_is_thrown()
    {
        var holds = TrueAt(100);
        var error = Assert.Throws<InvalidOperationException>(() =>
            AwaitAssert(() => throw new InvalidOperationException($"{holds()} {_attempts.Count}"), TimeSpan.FromMilliseconds(250))
        );
        Assert.Equal("False 4", error.Message);
        Assert.Equal([0, 100, 200, 250], _attempts);
    }

    [Fact]
    public void Inside_of_Within_both_have_what_is_left()
    {
        var start = Now;
        Assert.Throws<TrueException>(() => Within(Seconds(2), () => AwaitAssert(() => Assert.True(false))));
        Assert.ThrowsAny<XunitException>(() => Within(Seconds(2), () => AwaitCondition(() => false)));
        Assert.Equal(Seconds(4), Now - start);
    }

    [Fact]
    public void A_condition_is_awaited_or_fails_with_its_message()
    {
        AwaitCondition(TrueAt(4));
        Assert.Equal([0, 100, 200, 300], _attempts);
        AwaitCondition(() => true, TimeSpan.Zero); // what holds already needs no time
        Assert.Contains(
            "Timeout (00:00:00.3000000) while waiting for a condition (the door is open).",
            Assert.ThrowsAny<XunitException>(() => AwaitCondition(() => false, Seconds(0.3), "the door is open")).Message
        );
    }

    [Fact]
    public void The_form_that_does_not_throw_answers_instead()
    {
        Assert.True(AwaitConditionNoThrow(TrueAt(2), Seconds(1)));
        Assert.False(AwaitConditionNoThrow(() => false, Seconds(1), Seconds(0.5)));
    }

    [Fact]
    public async Task Asynchronous_conditions_and_assertions_are_awaited_alike()
    {
        var (one, two, three) = (0, 0, 0);
        await AwaitConditionAsync(async () =>
        {
            await Task.Yield();
            return ++one == 3;
        });
        await AwaitAssertAsync(async () =>
        {
            await Task.Yield();
            Assert.Equal(3, ++two);
        });
        await AwaitAssertAsync(() => Assert.Equal(2, ++three));
        Assert.Equal((3, 3, 2), (one, two, three));
        Assert.False(await AwaitConditionNoThrowAsync(() => false, Seconds(1)));
        await Assert.ThrowsAnyAsync<XunitException>(() => AwaitConditionAsync(() => false, Seconds(1), "never"));
        await Assert.ThrowsAsync<TrueException>(() => AwaitAssertAsync(() => Assert.True(false), Seconds(1)));
    }

    [Fact]
    public void A_cancelled_token_ends_both()
    {
        using var source = new CancellationTokenSource();
        var tries = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
            AwaitCondition(
                () =>
                {
                    if (++tries == 3)
                        source.Cancel();
                    return false;
                },
                source.Token
            )
        );
        Assert.Equal(3, tries);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            AwaitAssert(() => Assert.True(false), cancellationToken: source.Token)
        );
    }
}
