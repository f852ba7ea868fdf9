using Akka.Actor;
using Xunit.Sdk;

namespace Akka.TestKit.Tests;

/// <summary>Sets of messages that predicates judge, awaited conditions for heirs, and asynchronous handlers of test references.</summary>
public sealed class ExpectPredicatesSpec : Xunit2.TestKit
{
    private static PredicateInfo Above(int least) => PredicateInfo.Create<int>(m => m > least);

    [Fact]
    public void As_many_messages_as_predicates_in_any_order_and_each_predicate_once()
    {
        foreach (var message in (object[])["text", 20, 5])
            TestActor.Tell(message);

        var all = ExpectMsgAllOfMatchingPredicates(Above(10), PredicateInfo.Create<string>(m => m.Length == 4), Above(1));

        Assert.Equal(["text", 20, 5], all);
        TestActor.Tell(20);
        TestActor.Tell(30);
        Assert.Equal([20, 30], ExpectMsgAllOfMatchingPredicates(TimeSpan.FromSeconds(20), Above(10), Above(10)));
    }

    [Fact]
    public void A_message_that_matches_none_of_those_left_is_named_with_them()
    {
        TestActor.Tell(20);
        TestActor.Tell(30);

        var failure = Assert.ThrowsAny<XunitException>(() =>
            ExpectMsgAllOfMatchingPredicates(Above(10), PredicateInfo.Create<string>(_ => true))
        );

        Assert.Contains("Received <30>", failure.Message, StringComparison.Ordinal);
        Assert.Contains("System.String", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.Int32", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_fails_with_what_nothing_came_for()
    {
        TestActor.Tell(20);
        PredicateInfo[] predicates = [Above(10), PredicateInfo.Create<string>(_ => true)];

        var failure = await Assert.ThrowsAnyAsync<XunitException>(async () =>
        {
            await foreach (var _ in ExpectMsgAllOfMatchingPredicatesAsync(TimeSpan.FromMilliseconds(1), predicates)) { }
        });

        Assert.Contains("nothing came for", failure.Message, StringComparison.Ordinal);
        Assert.Contains("System.String", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_awaited_condition_is_told_to_the_heir_when_it_does_not_hold()
    {
        var told = new List<string>();
        var tries = 0;
        void Fail(string format, object[] arguments) => told.Add(string.Format(format, arguments));

        Assert.True(InternalAwaitCondition(() => ++tries == 3, TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(1), Fail));
        Assert.Empty(told);
        Assert.False(InternalAwaitCondition(() => false, TimeSpan.Zero, null, Fail, Log));
        Assert.False(await InternalAwaitConditionAsync(() => Task.FromResult(false), TimeSpan.Zero, null, Fail));
        Assert.Equal(2, told.Count);
        Assert.All(told, t => Assert.Contains("00:00:00", t, StringComparison.Ordinal));
        Assert.False(InternalAwaitCondition(() => false, TimeSpan.Zero, null, null!));
    }

    private sealed class Slow : ReceiveActor
    {
        public Slow() =>
            ReceiveAsync<string>(async m =>
            {
                await Task.Yield();
                Heard = m;
                Sender.Tell(m);
            });

        public string Heard { get; private set; } = "";
    }

    [Fact]
    public async Task A_test_reference_can_wait_for_an_asynchronous_handler()
    {
        var actor = ActorOfAsTestActorRef<Slow>();

        await actor.ReceiveAsync("message", TestActor);

        Assert.Equal("message", actor.UnderlyingActor.Heard);
        await ExpectMsgAsync("message");
    }
}
