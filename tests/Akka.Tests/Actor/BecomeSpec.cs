using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class BecomeSpec
{
    private sealed class Layered : ReceiveActor
    {
        public Layered(IActorRef log)
        {
            Receive<string>(m => m == "fail", _ => throw new InvalidOperationException("x"));
            Receive<string>(m => m == "replace", _ => Become(() => Layer(log, "replaced")));
            Receive<string>(m => m == "push", _ => BecomeStacked(() => Layer(log, "pushed")));
            Receive<string>(m => m == "pop", _ => UnbecomeStacked());
            Receive<int>(m => log.Tell($"first {m}"));
        }

        private void Layer(IActorRef log, string name)
        {
            Receive<string>(m => m == "fail", _ => throw new InvalidOperationException("x"));
            Receive<string>(m => m == "push", _ => BecomeStacked(() => Layer(log, name + "+")));
            Receive<string>(m => m == "pop", _ => UnbecomeStacked());
            Receive<int>(m => log.Tell($"{name} {m}"));
        }
    }

    [Theory]
    [InlineData("replaced 1", "replace", 1)]
    [InlineData("pushed 1", "push", 1)]
    [InlineData("pushed+ 1", "push", "push", 1)]
    [InlineData("pushed 1", "push", "push", "pop", 1)]
    [InlineData("first 1", "push", "push", "pop", "pop", 1)]
    [InlineData("first 1", "pop", "pop", 1)] // below the first there is nothing: it stays
    [InlineData("first 1", "push", "fail", 1)] // a new instance begins with its own handlers
    [InlineData("first 1", "replace", "fail", "pop", 1)]
    public async Task Behaviours_are_a_stack_that_belongs_to_the_instance(string said, params object[] messages)
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var actor = local.Sys.ActorOf(Props.Create(() => new Layered(log.Ref)));

        Array.ForEach(messages, actor.Tell);

        await log.Expect(said);
    }

    [Fact]
    public async Task What_the_new_behaviour_does_not_want_is_unhandled()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        local.Sys.EventStream.Subscribe(log.Ref, typeof(Akka.Event.UnhandledMessage));
        var actor = local.Sys.ActorOf(Props.Create(() => new Layered(log.Ref)));

        actor.Tell("push");
        actor.Tell(1.5);
        actor.Tell(1);

        Assert.Equal(1.5, (await log.Expect<Akka.Event.UnhandledMessage>()).Message);
        await log.Expect("pushed 1");
    }

    [Fact]
    public async Task An_untyped_actor_changes_with_the_next_message_and_not_with_the_present_one()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var actor = local.Sys.ActorOf(Props.Create(() => new Plain(log.Ref)));

        foreach (var message in (object[])["push", 1, "pop", 2])
            actor.Tell(message);

        await log.Expect("still first", "pushed 1", "first 2");
    }

    private sealed class Plain(IActorRef log) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is not "push")
            {
                log.Tell($"first {message}");
                return;
            }
            BecomeStacked(Pushed);
            log.Tell("still first");
        }

        private void Pushed(object message)
        {
            if (message is "pop")
                Context.UnbecomeStacked();
            else
                log.Tell($"pushed {message}");
        }
    }
}
