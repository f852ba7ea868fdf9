using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Event;

/// <summary>Classes and interfaces as channels of the event stream.</summary>
public sealed class SubChannelSpec
{
    private interface ILoud;

    private class A;

    private class B1 : A;

    private sealed class B2 : A, ILoud;

    private sealed class C : B1;

    private static async Task<Type[]> Heard(LocalSystem local, LocalSystem.Inbox log)
    {
        foreach (var message in (object[])[new A(), new B1(), new B2(), new C()])
            local.Sys.EventStream.Publish(message);
        log.Ref.Tell("end");
        var types = new List<Type>();
        while (await log.Next() is not "end" and var message)
            types.Add(message.GetType());
        return [.. types];
    }

    [Fact]
    public async Task A_channel_has_all_that_is_of_its_class_or_interface()
    {
        await using var local = new LocalSystem();
        var (stream, log) = (local.Sys.EventStream, local.NewInbox());

        Assert.True(stream.Subscribe(log.Ref, typeof(C)));
        Assert.Equal([typeof(C)], await Heard(local, log));
        Assert.True(stream.Subscribe(log.Ref, typeof(B1)));
        Assert.Equal([typeof(B1), typeof(C)], await Heard(local, log));
        Assert.True(stream.Subscribe(log.Ref, typeof(ILoud)));
        Assert.Equal([typeof(B1), typeof(B2), typeof(C)], await Heard(local, log));
        Assert.True(stream.Subscribe(log.Ref, typeof(object)));
        Assert.Equal([typeof(A), typeof(B1), typeof(B2), typeof(C)], await Heard(local, log));
    }

    [Fact]
    public async Task A_part_of_a_channel_can_be_taken_back_and_subscribed_again()
    {
        await using var local = new LocalSystem();
        var (stream, log) = (local.Sys.EventStream, local.NewInbox());
        stream.Subscribe(log.Ref, typeof(A));

        Assert.True(stream.Unsubscribe(log.Ref, typeof(B1)));
        Assert.False(stream.Unsubscribe(log.Ref, typeof(B1)));
        Assert.Equal([typeof(A), typeof(B2)], await Heard(local, log));
        Assert.True(stream.Subscribe(log.Ref, typeof(C)));
        Assert.Equal([typeof(A), typeof(B2), typeof(C)], await Heard(local, log));
        Assert.True(stream.Subscribe(log.Ref, typeof(A)));
        Assert.Equal([typeof(A), typeof(B1), typeof(B2), typeof(C)], await Heard(local, log));
    }

    [Fact]
    public async Task Leaving_a_channel_leaves_what_is_below_it_and_nothing_beside_it()
    {
        await using var local = new LocalSystem();
        var (stream, log) = (local.Sys.EventStream, local.NewInbox());
        foreach (var channel in (Type[])[typeof(B1), typeof(B2), typeof(C)])
            stream.Subscribe(log.Ref, channel);

        Assert.True(stream.Unsubscribe(log.Ref, typeof(B1)));
        Assert.Equal([typeof(B2)], await Heard(local, log));
        Assert.False(stream.Unsubscribe(log.Ref, typeof(string)));
        Assert.True(stream.Unsubscribe(log.Ref, typeof(A)));
        Assert.Empty(await Heard(local, log));
    }

    [Fact]
    public async Task The_subscriptions_of_an_actor_end_with_it()
    {
        await using var local = new LocalSystem();
        var (stream, log) = (local.Sys.EventStream, local.NewInbox());
        stream.Subscribe(log.Ref, typeof(DeadLetter));
        var subscriber = local.Sys.ActorOf(Props.Empty);
        stream.Subscribe(subscriber, typeof(A));
        await LocalSystem.Soon(subscriber.GracefulStop(TimeSpan.FromSeconds(20)));

        bool gone;
        do
        {
            stream.Publish(new A());
            gone = !stream.Unsubscribe(subscriber);
            if (!gone)
                stream.Subscribe(subscriber, typeof(A));
        } while (!gone); // the stream hears of the end a moment later

        Assert.True(gone);
    }

    [Fact]
    public async Task Unhandled_messages_are_logged_when_the_settings_ask_for_it()
    {
        await using var local = new LocalSystem("akka { loglevel = DEBUG, actor.debug.unhandled = on }");
        var log = local.NewInbox();
        local.Sys.EventStream.Subscribe(log.Ref, typeof(Debug));
        var actor = local.Sys.ActorOf(Props.Empty, "deaf");

        actor.Tell(42, log.Ref);

        Debug said;
        do said = await log.Expect<Debug>();
        while (!said.ToString().Contains("nhandled", StringComparison.Ordinal));
        Assert.Contains("42", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("deaf", said.ToString(), StringComparison.Ordinal);
    }
}
