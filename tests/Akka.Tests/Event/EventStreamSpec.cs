using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Event;

public sealed class EventStreamSpec
{
    private class Base;

    private sealed class Derived : Base, IMarked;

    private interface IMarked;

    [Fact]
    public async Task A_subscriber_gets_what_is_of_its_class_once()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var stream = local.Sys.EventStream;
        Assert.True(stream.Subscribe(log.Ref, typeof(Base)));
        Assert.True(stream.Subscribe<IMarked>(log.Ref));
        Assert.False(stream.Subscribe(log.Ref, typeof(Base)));
        var (derived, other) = (new Derived(), new Base());

        stream.Publish(derived);
        stream.Publish("nobody wants this");
        stream.Publish(other);

        await log.Expect(derived, other);
        Assert.True(stream.Unsubscribe(log.Ref));
        Assert.False(stream.Unsubscribe(log.Ref));
        stream.Publish(derived);
        await log.ExpectNothingBefore(log.Ref);
    }

    [Fact]
    public async Task A_message_to_nobody_is_a_dead_letter_and_an_unwanted_one_is_unhandled()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        local.Sys.EventStream.Subscribe(log.Ref, typeof(AllDeadLetters));
        var actor = local.Sys.ActorOf(Props.Empty);

        actor.Tell("unwanted", log.Ref);
        var unhandled = await log.Expect<UnhandledMessage>();
        Assert.Equal(("unwanted", log.Ref, actor), (unhandled.Message, unhandled.Sender, unhandled.Recipient));

        await LocalSystem.Soon(actor.GracefulStop(TimeSpan.FromSeconds(20)));
        actor.Tell("late", log.Ref);
        var dead = await log.Expect<DeadLetter>();
        Assert.Equal(("late", log.Ref, actor), (dead.Message, dead.Sender, dead.Recipient));
        actor.Tell(PoisonPill.Instance, log.Ref);
        Assert.Same(PoisonPill.Instance, (await log.Expect<SuppressedDeadLetter>()).Message);
    }
}
