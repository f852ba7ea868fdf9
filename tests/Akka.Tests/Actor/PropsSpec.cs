using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class PropsSpec
{
    private sealed class Told(IActorRef log, string text) : UntypedActor
    {
        protected override void PreStart() => log.Tell(text);

        protected override void OnReceive(object message) => throw new InvalidOperationException("x");
    }

    [Fact]
    public async Task The_arguments_of_an_expression_are_evaluated_once_however_often_the_actor_is_made()
    {
        await using var local = new LocalSystem();
        var (log, count) = (local.NewInbox(), 0);
        Func<string> next = () => $"number {++count}";
        var props = Props.Create(() => new Told(log.Ref, next()));

        local.Sys.ActorOf(props);
        local.Sys.ActorOf(props).Tell("restart");

        await log.Expect("number 1", "number 1", "number 1");
        Assert.Equal(1, count);
    }

    [Fact]
    public void An_expression_that_is_no_constructor_is_refused()
    {
        Told? made = null;
        Assert.Throws<ArgumentException>(() => Props.Create(() => made!));
    }

    [Fact]
    public async Task A_class_is_made_with_the_arguments_given_and_one_that_cannot_be_is_named_with_them()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        local.Sys.EventStream.Subscribe(log.Ref, typeof(Akka.Event.Error));

        local.Sys.ActorOf(Props.Create<Told>(log.Ref, "generic"));
        await log.Expect("generic");
        local.Sys.ActorOf(Props.Create(typeof(Told), log.Ref, "by type"));
        await log.Expect("by type");
        local.Sys.ActorOf(Props.Create<Told>(7, "wrong")); // fault: no constructor takes these

        var error = await log.Expect<Akka.Event.Error>();
        Assert.Contains(nameof(Told), error.ToString(), StringComparison.Ordinal);
        Assert.Contains("7,wrong", error.ToString(), StringComparison.Ordinal);
    }

    private sealed class Producer(IActorRef log) : IIndirectActorProducer
    {
        public Type ActorType => typeof(Told);

        public ActorBase Produce() => new Told(log, "produced");

        public void Release(ActorBase actor) => log.Tell("released " + actor.GetType().Name);
    }

    [Fact]
    public async Task A_producer_makes_every_instance_and_gets_it_back()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();

        var actor = local.Sys.ActorOf(Props.CreateBy(new Producer(log.Ref)));
        actor.Tell("restart");
        await log.Expect("produced", "released Told", "produced");
        local.Sys.Stop(actor);

        await log.Expect("released Told");
        local.Sys.ActorOf(Props.CreateBy<Producer>(log.Ref));
        await log.Expect("produced");
    }

    [Fact]
    public void What_is_given_to_props_makes_others_and_changes_none()
    {
        var plain = Props.Create<Told>();
        var strategy = new AllForOneStrategy(_ => Directive.Stop);

        var given = plain.WithDispatcher("d").WithMailbox("m").WithStashCapacity(3).WithSupervisorStrategy(strategy);

        Assert.Equal(
            ("d", "m", 3, strategy),
            (given.Dispatcher, given.Mailbox, given.Deploy.StashCapacity, given.SupervisorStrategy)
        );
        Assert.Equal(Props.Create<Told>(), plain);
        Assert.NotEqual(plain, given);
        Assert.Null(plain.SupervisorStrategy);
        Assert.Equal(typeof(Told), given.Type);
    }

    [Fact]
    public async Task The_strategy_of_props_goes_before_that_of_the_class()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var parent = local.Sys.ActorOf(
            Props.Create(() => new Restarting(log.Ref)).WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Stop))
        );
        var child = await LocalSystem.Soon(parent.Ask<IActorRef>("child"));
        await log.Expect("child");
        log.Watch(child);

        child.Tell("fail");

        Assert.Equal(child, (await log.Expect<Terminated>()).ActorRef);
    }

    private sealed class Restarting(IActorRef log) : UntypedActor
    {
        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);

        protected override void OnReceive(object message) =>
            Sender.Tell(Context.ActorOf(Props.Create(() => new Told(log, "child"))));
    }
}
