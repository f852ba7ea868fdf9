using Akka.Actor;
using Akka.Event;
using static Akka.TestKit.Tests.Clocks;

namespace Akka.TestKit.Tests;

/// <summary>With serialize-messages every message passes through its serializer on its way.</summary>
public sealed class SerializeMessagesSpec() : Xunit2.TestKit(Virtual("akka.actor.serialize-messages = on"))
{
    public sealed record Order(string Item, int Count);

    public sealed record Note(string Text) : INoSerializationVerificationNeeded;

    public sealed record Bad(string Text)
    {
        public string Broken => throw new NotSupportedException($"cannot write {Text}");
    }

    [Fact]
    public void A_message_arrives_as_an_equal_copy()
    {
        var order = new Order("adapter", 3);
        ActorOf<Echo>().Tell(order);
        Assert.NotSame(order, ExpectMsg(order));
    }

    [Fact]
    public void A_message_that_needs_no_verification_arrives_as_it_is()
    {
        var note = new Note("as is");
        TestActor.Tell(note);
        Assert.Same(note, ExpectMsg<Note>());
    }

    [Fact]
    public void The_commands_of_the_kit_pass()
    {
        var (probe, actor) = (CreateTestProbe(), ActorOf<Echo>());
        probe.IgnoreMessages<int>();
        probe.Ref.Tell(1);
        probe.Ref.Tell("a");
        probe.ExpectMsg("a");
        probe.Watch(actor);
        Sys.Stop(actor);
        probe.ExpectTerminated(actor);
        EventFilter.Warning("w").ExpectOne(() => Log.Warning("w"));
    }

    [Fact]
    public void A_message_that_cannot_be_written_fails_where_it_is_told() =>
        Assert.ThrowsAny<Exception>(() => TestActor.Tell(new Bad("this")));
}
