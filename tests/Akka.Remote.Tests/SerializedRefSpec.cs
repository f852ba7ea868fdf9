using Akka.Actor;

namespace Akka.Remote.Tests;

/// <summary>References inside of messages, and as text.</summary>
public sealed class SerializedRefSpec : RemoteSpec
{
    public sealed record Introduction(IActorRef Who, string Greeting);

    [Fact]
    public void A_reference_in_a_message_works_where_it_arrives()
    {
        var there = NewSystem();
        var (probe, seen) = ProbeOn(there);

        seen.Tell(new Introduction(TestActor, "hi"), TestActor); // JSON
        probe.ExpectMsg<Introduction>().Who.Tell("to the third", probe.Ref);
        ExpectMsg("to the third");

        seen.Tell(TestActor, TestActor); // a bare reference
        probe.ExpectMsg<IActorRef>().Tell("again", probe.Ref);
        ExpectMsg("again");
    }

    [Fact]
    public void A_reference_comes_home_as_the_local_actor()
    {
        var there = NewSystem();
        var echo = Seen(Sys, there.ActorOf(Props.Create(() => new Echo())), there);

        echo.Tell(new Introduction(TestActor, "hi"), TestActor);

        Assert.Same(TestActor, ExpectMsg<Introduction>().Who);
    }

    [Fact]
    public void A_third_system_is_reached_through_a_reference_that_was_passed_on()
    {
        var (there, far) = (NewSystem("there"), NewSystem("far"));
        var echo = Seen(Sys, there.ActorOf(Props.Create(() => new Echo())), there);
        var (probe, seenFar) = ProbeOn(far);

        echo.Tell(new Introduction(seenFar, "hi"), TestActor);

        var back = ExpectMsg<Introduction>().Who;
        Assert.Equal(seenFar, back);
        back.Tell("far away", TestActor);
        probe.ExpectMsg("far away");
    }

    [Fact]
    public void Text_of_a_reference_has_the_address_of_its_system()
    {
        var text = Akka.Serialization.Serialization.SerializedActorPath(TestActor);

        Assert.StartsWith(AddressOf(Sys) + "/system/", text, StringComparison.Ordinal);
        Assert.EndsWith("#" + TestActor.Path.Uid, text, StringComparison.Ordinal);
        Assert.Same(TestActor, ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(text));
        Assert.Same(TestActor, Sys.Serialization.DeserializeActorRef(text));
    }

    [Fact]
    public void Text_inside_of_another_systems_serialization_has_the_address_of_its_own()
    {
        var there = NewSystem();
        var text = Akka.Serialization.Serialization.WithTransport(
            there,
            AddressOf(there),
            () => Akka.Serialization.Serialization.SerializedActorPath(TestActor)
        );
        Assert.StartsWith(AddressOf(Sys) + "/", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reference_of_an_ask_travels()
    {
        var there = NewSystem();
        var (probe, seen) = ProbeOn(there);

        var answer = seen.Ask<string>(asker => new Introduction(asker, "?"), Patience, CancellationToken.None);

        probe.ExpectMsg<Introduction>().Who.Tell("!", probe.Ref);
        Assert.Equal("!", answer.Result);
    }

    [Fact]
    public void Failures_arrive_as_failures_and_name_types_of_others_only_as_text()
    {
        var there = NewSystem();
        var echo = Seen(Sys, there.ActorOf(Props.Create(() => new Echo())), there);

        echo.Tell(new Status.Failure(new InvalidOperationException("outer", new Strange("inner")), "state"), TestActor);

        var failure = ExpectMsg<Status.Failure>();
        var outer = Assert.IsType<InvalidOperationException>(failure.Cause);
        Assert.Equal(("outer", "state"), (outer.Message, failure.State));
        Assert.Contains(nameof(Strange), outer.InnerException!.Message, StringComparison.Ordinal);
        Assert.IsNotType<Strange>(outer.InnerException);
    }

    private sealed class Strange(string message) : Exception(message);
}
