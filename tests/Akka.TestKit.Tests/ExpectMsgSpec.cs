using Akka.Actor;
using Akka.TestKit.Xunit2.Internals;
using Xunit.Sdk;

namespace Akka.TestKit.Tests;

public sealed class ExpectMsgSpec : Xunit2.TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void The_next_message_is_given_when_it_has_the_type()
    {
        TestActor.Tell("a");
        TestActor.Tell(1);
        Assert.Equal("a", ExpectMsg<string>());
        Assert.Equal(1, ExpectMsg<int>());
        Assert.Equal(1, LastMessage);
    }

    [Fact]
    public void A_message_of_another_type_fails_and_says_what_came_and_from_whom()
    {
        TestActor.Tell(1, TestActor);
        var error = Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(hint: "greeting"));
        Assert.Contains(
            $"Expected a message of type System.String (greeting), but received <1> of type System.Int32 from {TestActor}.",
            error.Message
        );
    }

    [Fact]
    public void Silence_fails_and_says_how_long_it_waited_and_for_what()
    {
        var error = Assert.ThrowsAny<XunitException>(() => ExpectMsg<List<int>>(Short, "greeting"));
        Assert.Contains(
            "Timeout (00:00:00.0200000) while waiting for a message of type System.Collections.Generic.List<System.Int32> (greeting).",
            error.Message
        );
    }

    [Fact]
    public void An_equal_message_passes_and_another_names_both()
    {
        TestActor.Tell("a");
        TestActor.Tell("b");
        ExpectMsg("a");
        var error = Assert.Throws<AkkaEqualException>(() => ExpectMsg("a"));
        Assert.Contains("Expected: a\nActual:   b", error.Message);
    }

    [Fact]
    public void Braces_in_a_message_do_not_disturb_the_text_of_the_failure()
    {
        TestActor.Tell("{0} {x");
        Assert.Contains("{0} {x", Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>()).Message);
    }

    [Fact]
    public void Sequences_are_equal_when_their_items_are()
    {
        TestActor.Tell(new List<int> { 1, 2 });
        ExpectMsg(new List<int> { 1, 2 });
        TestActor.Tell(new[] { 1, 2 });
        Assert.Throws<AkkaEqualException>(() => ExpectMsg(new[] { 1, 3 }));
    }

    [Fact]
    public void A_predicate_an_assertion_and_a_comparer_judge_the_message()
    {
        foreach (var i in Enumerable.Range(1, 8))
            TestActor.Tell(i);
        Assert.Equal(1, ExpectMsg<int>(i => i == 1));
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>(i => i == 1));
        Assert.Equal(3, ExpectMsg<int>(i => Assert.Equal(3, i)));
        Assert.Throws<EqualException>(() => ExpectMsg<int>(i => Assert.Equal(3, i)));
        Assert.Equal(5, ExpectMsg<int>((i, sender) => i == 5 && sender.Equals(TestActor)));
        Assert.Equal(6, ExpectMsg<int>((i, sender) => Assert.Equal(TestActor, sender)));
        Assert.Equal(7, ExpectMsg(-7, (a, b) => a == -b));
        Assert.Throws<AkkaEqualException>(() => ExpectMsg(8, (a, b) => a == -b));
    }

    [Fact]
    public void ExpectMsgFrom_judges_the_sender_too()
    {
        var probe = CreateTestProbe();
        foreach (var i in Enumerable.Range(1, 5))
            probe.Send(TestActor, i);
        Assert.Equal(1, ExpectMsgFrom<int>(probe.Ref));
        Assert.Equal(2, ExpectMsgFrom(probe.Ref, 2));
        Assert.Equal(3, ExpectMsgFrom<int>(probe.Ref, i => i == 3));
        Assert.Equal(4, ExpectMsgFrom<int>(sender => sender.Equals(probe.Ref), i => i == 4));
        var error = Assert.ThrowsAny<XunitException>(() => ExpectMsgFrom<int>(TestActor));
        Assert.Contains($"Expected a message from {TestActor}, but <5> came from {probe.Ref}.", error.Message);
    }

    [Fact]
    public void All_of_several_messages_may_come_in_any_order()
    {
        foreach (var i in new[] { 3, 1, 2, 2 })
            TestActor.Tell(i);
        Assert.Equal([3, 1, 2, 2], ExpectMsgAllOf(2, 1, 2, 3));
        TestActor.Tell(9);
        var wrong = Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOf(1, 2));
        Assert.Contains("Received <9>", wrong.Message);
        TestActor.Tell(1);
        var missing = Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOf(Short, 1, 2));
        Assert.Contains("these did not come: <2>", missing.Message);
    }

    [Fact]
    public void Any_of_several_messages_will_do()
    {
        TestActor.Tell(2);
        TestActor.Tell(3);
        Assert.Equal(2, ExpectMsgAnyOf([1, 2]));
        Assert.Contains("expected one of <1, 2>", Assert.ThrowsAny<XunitException>(() => ExpectMsgAnyOf([1, 2])).Message);
    }

    [Fact]
    public void No_message_is_what_ExpectNoMsg_expects()
    {
        ExpectNoMsg(Short);
        ExpectNoMsg(0);
        TestActor.Tell("x", TestActor);
        var error = Assert.ThrowsAny<XunitException>(() => ExpectNoMsg(1_000));
        Assert.Contains($"Expected no message within 00:00:01, but received <x> from {TestActor} after", error.Message);
    }

    [Fact]
    public async Task Every_expectation_has_an_asynchronous_form_that_keeps_the_sender()
    {
        var echo = ActorOf<Echo>();
        for (var i = 0; i < 3; i++)
        {
            echo.Tell(i); // without an explicit sender: the test actor is it, before and after an await
            Assert.Equal(i, await ExpectMsgAsync<int>());
        }
        echo.Tell("x");
        await ExpectMsgAsync("x");
        await ExpectNoMsgAsync(Short);
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<string>(Short));
        echo.Tell(5);
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectNoMsgAsync(1_000));
        echo.Tell(6);
        Assert.Equal(6, await ExpectMsgFromAsync<int>(echo));
    }

    [Fact]
    public void A_cancelled_token_ends_the_wait()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => ExpectMsg<string>(cancellationToken: source.Token));
    }

    [Fact]
    public void A_negative_wait_is_an_argument_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ExpectMsg<int>(TimeSpan.FromSeconds(-1)));

    [Fact]
    public void The_end_of_a_watched_actor_is_expected_by_its_reference()
    {
        var (actor, other) = (ActorOf<Echo>(), ActorOf<Echo>());
        Watch(actor);
        Watch(other);
        Sys.Stop(actor);
        Assert.Equal(actor, ExpectTerminated(actor).ActorRef);
        Sys.Stop(other);
        Assert.Contains("Expected the end of", Assert.ThrowsAny<XunitException>(() => ExpectTerminated(actor)).Message);
        var third = ActorOf<Echo>();
        Watch(third);
        Unwatch(third);
        Sys.Stop(third);
        ExpectNoMsg(Short);
    }
}

public sealed class Echo : UntypedActor
{
    protected override void OnReceive(object message) => Sender.Tell(message);
}
