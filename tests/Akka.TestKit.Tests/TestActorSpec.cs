using Akka.Actor;
using Xunit.Sdk;
using static Akka.TestKit.Tests.Clocks;

namespace Akka.TestKit.Tests;

/// <summary>What a test actor does by itself: pilots, messages that it ignores, and what it leaves behind.</summary>
public sealed class TestActorSpec() : Xunit2.TestKit(Virtual())
{
    /// <summary>Answers as often as told, then steps down.</summary>
    private sealed class Pilot(int answers) : AutoPilot
    {
        public override AutoPilot Run(IActorRef sender, object message)
        {
            sender.Tell($"{message}!");
            return answers == 1 ? NoAutoPilot : new Pilot(answers - 1);
        }
    }

    private sealed class Autopilot(Action<object> seen) : AutoPilot
    {
        public override AutoPilot Run(IActorRef sender, object message)
        {
            seen(message);
            return KeepRunning;
        }
    }

    [Fact]
    public void A_pilot_answers_before_the_test_looks_and_may_hand_over()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new Pilot(2));
        foreach (var word in new[] { "a", "b", "c" })
            probe.Ref.Tell(word);
        ExpectMsg("a!");
        ExpectMsg("b!");
        ExpectNoMsg(Seconds(1));
        Assert.Equal(new object[] { "a", "b", "c" }, probe.ReceiveN(3));
    }

    [Fact]
    public void A_pilot_that_keeps_running_sees_all_ignored_messages_too_until_it_is_replaced()
    {
        var seen = new List<object>();
        SetAutoPilot(new Autopilot(seen.Add));
        IgnoreMessages<int>();
        TestActor.Tell(1);
        TestActor.Tell("a");
        SetAutoPilot(AutoPilot.NoAutoPilot);
        TestActor.Tell("b");
        ExpectMsg("a");
        ExpectMsg("b");
        Assert.Equal([1, "a"], seen);
    }

    [Fact]
    public void Ignored_messages_are_not_there()
    {
        IgnoreMessages(message => message is 1 or "a");
        Tell(1, "a", 2);
        ExpectMsg(2);
        IgnoreMessages<string>(word => word == "b"); // replaces the one before
        Tell(1, "b");
        ExpectMsg(1);
        IgnoreMessages<int>();
        Tell(1, "b");
        ExpectMsg("b");
        IgnoreNoMessages();
        Tell(1);
        ExpectMsg(1);
        ExpectNoMsg(Seconds(1));
    }

    [Fact]
    public void Only_what_comes_later_is_ignored()
    {
        Tell(1);
        IgnoreMessages<int>();
        ExpectMsg(1);
    }

    [Fact]
    public void What_the_test_did_not_look_at_becomes_a_dead_letter()
    {
        var probe = CreateTestProbe();
        probe.Ref.Tell("unseen");
        EventFilter.DeadLetter<string>(word => word == "unseen", probe.Ref.Path.ToString()).ExpectOne(() => Sys.Stop(probe.Ref));
    }

    [Fact]
    public void Several_test_actors_can_share_the_queue_of_a_kit()
    {
        var second = CreateTestActor("second");
        second.Tell("via second");
        TestActor.Tell("via first");
        ExpectMsg("via second");
        ExpectMsg("via first");
    }

    [Fact]
    public void Watching_what_ended_already_tells_at_once()
    {
        var actor = ActorOf<Echo>();
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        Watch(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void ExpectMsgAnyOf_names_what_came_and_all_that_was_expected()
    {
        Tell(3);
        var error = Assert.ThrowsAny<XunitException>(() => ExpectMsgAnyOf([1, 2]));
        Assert.Contains($"Received <3> from {TestActor}, but expected one of <1, 2>.", error.Message);
        Tell("x");
        Assert.Contains("but received <x> of type", Assert.ThrowsAny<XunitException>(() => ExpectMsgAnyOf([1, 2])).Message);
    }

    private void Tell(params object[] messages)
    {
        foreach (var message in messages)
            TestActor.Tell(message);
    }
}
