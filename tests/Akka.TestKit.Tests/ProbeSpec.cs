using Akka.Actor;
using Xunit.Sdk;
using static Akka.TestKit.Tests.Clocks;

namespace Akka.TestKit.Tests;

/// <summary>Probes stand for actors that the test plays, on virtual time.</summary>
public sealed class ProbeSpec() : Xunit2.TestKit(Virtual())
{
    private sealed class Relay(IActorRef next) : UntypedActor
    {
        protected override void OnReceive(object message) => next.Forward(message);
    }

    [Fact]
    public void A_probe_answers_whoever_sent_last()
    {
        var probe = CreateTestProbe();
        probe.Ref.Tell("question"); // the sender is the test actor
        Assert.Equal("question", probe.ExpectMsg<string>());
        Assert.Equal(TestActor, probe.LastSender);
        Assert.Equal(TestActor, probe.Sender);
        probe.Reply("answer");
        ExpectMsgFrom(probe.Ref, "answer");
    }

    [Fact]
    public void An_answer_before_any_question_is_an_error() =>
        Assert.Contains("no sender", Assert.Throws<InvalidOperationException>(() => CreateTestProbe().Reply("answer")).Message);

    [Fact]
    public void A_probe_forwards_with_the_original_sender()
    {
        var (probe, target) = (CreateTestProbe(), CreateTestProbe());
        Assert.Throws<InvalidOperationException>(() => probe.Forward(target.Ref));
        probe.Ref.Tell("order");
        probe.ExpectMsg("order");
        probe.Forward(target.Ref);
        target.ExpectMsgFrom(TestActor, "order");
        probe.Forward(target.Ref, "another");
        target.ExpectMsgFrom(TestActor, "another");
    }

    [Fact]
    public void A_probe_sends_in_its_own_name()
    {
        var (probe, echo) = (CreateTestProbe(), ActorOf<Echo>());
        probe.Send(echo, "hi");
        probe.ExpectMsgFrom(echo, "hi");
        Assert.False(HasMessages);
    }

    [Fact]
    public void A_probe_can_stand_wherever_a_reference_is_wanted()
    {
        var probe = CreateTestProbe("standin");
        var relay = ActorOf(Props.Create(() => new Relay(probe)));
        relay.Tell("through");
        probe.ExpectMsgFrom(TestActor, "through");
        Assert.EndsWith("/standin", probe.Ref.Path.ToString());
        Assert.True(probe.Equals(probe.Ref));
        Assert.Equal(probe.Ref.ToString(), probe.ToString());
        Assert.Equal(0, ((IComparable<IActorRef>)probe).CompareTo(probe.Ref));
    }

    [Fact]
    public void A_probe_watches_and_expects_the_end()
    {
        var (probe, actor) = (CreateTestProbe(), ActorOf<Echo>());
        probe.Watch(actor);
        actor.Tell(PoisonPill.Instance);
        var end = probe.ExpectTerminated(actor);
        Assert.Equal((actor, true, false), (end.ActorRef, end.ExistenceConfirmed, end.AddressTerminated));
        Assert.False(HasMessages);
        Watch(probe.Ref);
        Sys.Stop(probe.Ref);
        ExpectTerminated(probe.Ref);
    }

    [Fact]
    public void The_end_of_nobody_fails_by_time()
    {
        var actor = ActorOf<Echo>();
        Watch(actor);
        var error = Assert.ThrowsAny<XunitException>(() => ExpectTerminated(actor, Seconds(2), "shutdown"));
        Assert.Contains(
            "Timeout (00:00:02) while waiting for a message of type Akka.Actor.Terminated (shutdown).",
            error.Message
        );
    }

    [Fact]
    public void Each_probe_has_its_own_queue_and_its_own_time()
    {
        var (a, b) = (CreateTestProbe(), CreateTestProbe());
        a.Ref.Tell(1);
        b.Ref.Tell(2);
        b.ExpectMsg(2);
        a.ExpectMsg(1);
        Within(Seconds(1), () => Assert.Throws<InvalidOperationException>(() => a.Remaining));
    }

    [Fact]
    public void Making_a_probe_leaves_the_test_actor_as_the_sender_of_the_test()
    {
        CreateTestProbe();
        ActorOf<Echo>().Tell("mine");
        ExpectMsg("mine");
        Assert.Throws<NotSupportedException>(() => CreateTestProbe().CreateTestProbe());
    }

    [Fact]
    public void Children_of_the_test_actor_fail_to_the_strategy_that_they_brought()
    {
        var stopped = ChildActorOf(Props.Create<Fragile>(), "stopped", new OneForOneStrategy(_ => Directive.Stop));
        var restarted = ChildActorOf(Props.Create<Fragile>(), "restarted");
        Assert.Equal(TestActor.Path / "stopped", stopped.Path);
        Watch(stopped);
        Watch(restarted);
        EventFilter
            .Exception<InvalidOperationException>()
            .Expect(
                2,
                () =>
                {
                    stopped.Tell("break");
                    restarted.Tell("break");
                    ExpectTerminated(stopped);
                }
            );
        restarted.Tell("still there");
        ExpectMsg("still there");
        Assert.Throws<InvalidActorNameException>(() => ChildActorOf(Props.Create<Fragile>(), "restarted"));
    }
}

/// <summary>Echoes, and breaks when told so.</summary>
public sealed class Fragile : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is "break")
            throw new InvalidOperationException("broken");
        Sender.Tell(message);
    }
}
