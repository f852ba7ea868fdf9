using Akka.Actor;

namespace Akka.TestKit.Tests;

/// <summary>Actors that run on the thread of the test, and that it can look into.</summary>
public sealed class TestActorRefSpec : Xunit2.TestKit
{
    public sealed class Counter : ReceiveActor
    {
        public Counter()
        {
            Receive<int>(i => Sum += i);
            Receive<string>(text =>
            {
                Thread = Environment.CurrentManagedThreadId;
                if (text == "break")
                    throw new InvalidOperationException("broken");
                if (text == "twice")
                {
                    Self.Tell(10);
                    Assert.Equal(0, Sum); // to itself: after the present message
                }
                Sender.Tell(text);
            });
            Receive<Terminated>(end => Ended = end.ActorRef);
        }

        public int Sum { get; private set; }

        public int Thread { get; private set; }

        public IActorRef? Ended { get; private set; }
    }

    [Fact]
    public void A_message_has_been_handled_when_Tell_returns()
    {
        var counter = ActorOfAsTestActorRef<Counter>("counter");
        counter.Tell(3);
        counter.Tell(4, TestActor);
        Assert.Equal(7, counter.UnderlyingActor.Sum);
        counter.Tell("who");
        Assert.Equal(Environment.CurrentManagedThreadId, counter.UnderlyingActor.Thread);
        Assert.Equal("who", ReceiveOne(TimeSpan.Zero));
        Assert.Equal("akka://test/user/counter", counter.Path.ToString());
    }

    [Fact]
    public void What_an_actor_tells_itself_comes_after_the_present_message_and_before_Tell_returns()
    {
        var counter = ActorOfAsTestActorRef(() => new Counter());
        counter.Tell("twice");
        Assert.Equal(10, counter.UnderlyingActor.Sum);
        ExpectMsg("twice");
    }

    [Fact]
    public void A_failure_by_Tell_is_the_supervisors_and_one_by_Receive_is_the_callers()
    {
        var counter = ActorOfAsTestActorRef<Counter>(Props.Create<Counter>());
        counter.Tell(5);
        var before = counter.UnderlyingActor;
        Assert.Equal("broken", Assert.Throws<InvalidOperationException>(() => counter.Receive("break")).Message);
        Assert.Same(before, counter.UnderlyingActor);
        EventFilter.Exception<InvalidOperationException>("broken").ExpectOne(() => counter.Tell("break"));
        AwaitAssert(() => Assert.NotSame(before, counter.UnderlyingActor)); // the guardian restarts it on its own thread
        Assert.Equal(0, counter.UnderlyingActor.Sum);
    }

    [Fact]
    public void Receive_hands_over_the_sender()
    {
        ActorOfAsTestActorRef<Counter>().Receive("hello", TestActor);
        ExpectMsg("hello");
    }

    [Fact]
    public void The_parent_can_be_chosen_and_supervises()
    {
        var parent = ActorOfAsTestActorRef<Parent>("parent");
        var child = ActorOfAsTestActorRef<Counter>(Props.Create<Counter>(), parent, "child");
        Assert.Equal(parent.Path / "child", child.Path);
        Watch(child);
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => child.Tell("break"));
        ExpectTerminated(child); // by its parent's strategy
        Assert.Contains("has ended", Assert.Throws<IllegalActorStateException>(() => child.UnderlyingActor).Message);
        Assert.Throws<IllegalActorStateException>(() => child.Receive("x"));
    }

    [Fact]
    public void It_watches_for_the_actor()
    {
        var (counter, other) = (ActorOfAsTestActorRef<Counter>(), ActorOf<Echo>());
        counter.Watch(other);
        Sys.Stop(other);
        AwaitAssert(() => Assert.Equal(other, counter.UnderlyingActor.Ended));
    }

    [Fact]
    public void It_equals_the_plain_reference()
    {
        var counter = ActorOfAsTestActorRef<Counter>();
        IActorRef plain = counter.Ref,
            other = TestActor;
        Assert.True(counter == plain && plain == counter && counter.Equals(plain));
        Assert.True(counter != other && other != counter && !counter.Equals(other));
        Assert.Equal(plain.GetHashCode(), counter.GetHashCode());
        Assert.Same(plain, TestActorRefBase<Counter>.ToActorRef(counter));
    }

    [Fact]
    public void Forward_keeps_the_sender_of_the_message_that_an_actor_handles()
    {
        var counter = ActorOfAsTestActorRef<Counter>();
        ActorOfAsTestActorRef(() => new Relay(counter)).Tell("on", TestActor);
        ExpectMsgFrom(counter, "on");
    }

    private sealed class Relay(TestActorRef<Counter> next) : UntypedActor
    {
        protected override void OnReceive(object message) => next.Forward(message);
    }

    [Fact]
    public void A_probe_can_be_the_parent_and_a_reference_that_is_no_local_actor_cannot()
    {
        var probe = CreateTestProbe();
        var child = ActorOfAsTestActorRef<Counter>(probe, "child");
        Assert.Equal(probe.Ref.Path / "child", child.Path);
        var error = Assert.Throws<ArgumentException>(() => ActorOfAsTestActorRef<Counter>(Sys.DeadLetters));
        Assert.Contains("cannot have children", error.Message);
    }

    public sealed class Parent : UntypedActor
    {
        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

        protected override void OnReceive(object message) { }
    }
}
