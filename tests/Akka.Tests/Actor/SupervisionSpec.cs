using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class SupervisionSpec
{
    private sealed record Fail(Exception Cause);

    private sealed class Child : ReceiveActor
    {
        private readonly IActorRef _log;

        public Child(IActorRef log, string? grandChild = null)
        {
            _log = log;
            Receive<Fail>(m => throw m.Cause);
            ReceiveAny(m => log.Tell($"{Self.Path.Name}:{m}"));
            if (grandChild is not null)
                Context.ActorOf(Props.Create(() => new Child(log, null)), grandChild);
        }

        protected override void PreStart() => _log.Tell(Self.Path.Name + " PreStart");

        protected override void PostStop() => _log.Tell(Self.Path.Name + " PostStop");

        protected override void PreRestart(Exception reason, object message)
        {
            _log.Tell($"{Self.Path.Name} PreRestart {reason.Message} {message?.GetType().Name}");
            base.PreRestart(reason, message!);
        }

        protected override void PostRestart(Exception reason)
        {
            _log.Tell($"{Self.Path.Name} PostRestart {reason.Message}");
            base.PostRestart(reason);
        }
    }

    private sealed class Parent : UntypedActor
    {
        private readonly SupervisorStrategy _strategy;

        public Parent(SupervisorStrategy strategy) => _strategy = strategy;

        protected override SupervisorStrategy SupervisorStrategy() => _strategy;

        protected override void OnReceive(object message)
        {
            if (message is (string name, Props props))
                Sender.Tell(Context.ActorOf(props, name));
        }
    }

    private static async Task<IActorRef> ChildOf(
        LocalSystem local,
        SupervisorStrategy strategy,
        LocalSystem.Inbox log,
        string? grandChild = null
    )
    {
        var parent = local.Sys.ActorOf(Props.Create(() => new Parent(strategy)));
        return await Add(parent, log, "child", grandChild);
    }

    private static async Task<IActorRef> Add(IActorRef parent, LocalSystem.Inbox log, string name, string? grandChild = null)
    {
        var child = await LocalSystem.Soon(parent.Ask<IActorRef>((name, Props.Create(() => new Child(log.Ref, grandChild)))));
        await log.Expect(name + " PreStart");
        return child;
    }

    private static OneForOneStrategy Always(Directive directive) => new(-1, -1, _ => directive);

    [Fact]
    public async Task Restart_calls_the_hooks_in_order_and_keeps_the_reference()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var child = await ChildOf(local, Always(Directive.Restart), log);

        child.Tell(new Fail(new InvalidOperationException("x")));
        child.Tell("after");

        await log.Expect("child PreRestart x Fail", "child PostStop", "child PostRestart x", "child PreStart", "child:after");
    }

    [Fact]
    public async Task Children_have_stopped_before_the_parent_restarts()
    {
        await using var local = new LocalSystem();
        for (var i = 0; i < 200; i++)
        {
            var log = local.NewInbox();
            var parent = local.Sys.ActorOf(Props.Create(() => new Parent(Always(Directive.Restart))));
            var child = await LocalSystem.Soon(parent.Ask<IActorRef>(("child", Props.Create(() => new Child(log.Ref, "grand")))));
            await log.Expect<string>();
            await log.Expect<string>(); // both have started, in either order

            child.Tell(new Fail(new InvalidOperationException("x")));

            await log.Expect("child PreRestart x Fail");
            Assert.Equal(["child PostStop", "grand PostStop"], await Sorted(log, 2));
            Assert.Equal(["child PostRestart x", "child PreStart", "grand PreStart"], await Sorted(log, 3));
        }
    }

    /// <summary>A grandchild stops and starts on a thread of its own: its words come before or after those of its parent.</summary>
    private static async Task<string[]> Sorted(LocalSystem.Inbox log, int count)
    {
        var words = new string[count];
        for (var i = 0; i < count; i++)
            words[i] = await log.Expect<string>();
        return [.. words.Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Resume_keeps_the_instance_and_drops_the_message()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var child = await ChildOf(local, Always(Directive.Resume), log);

        child.Tell(new Fail(new InvalidOperationException("x")));
        child.Tell("after");

        await log.Expect("child:after");
    }

    [Fact]
    public async Task Stop_stops_the_child()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var child = await ChildOf(local, Always(Directive.Stop), log);
        log.Watch(child);

        child.Tell(new Fail(new InvalidOperationException("x")));

        await log.Expect("child PostStop");
        Assert.Equal(child, (await log.Expect<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task The_stopping_strategy_stops_who_failed_whatever_the_failure_and_nobody_else()
    {
        foreach (var cause in new Exception[] { new InvalidOperationException("x"), new ActorKilledException("y") })
        {
            await using var local = new LocalSystem();
            var (log, siblingLog) = (local.NewInbox(), local.NewInbox());
            var parent = local.Sys.ActorOf(Props.Create(() => new Parent(SupervisorStrategy.StoppingStrategy)));
            var child = await Add(parent, log, "child");
            var sibling = await Add(parent, siblingLog, "sibling");
            log.Watch(child);

            child.Tell(new Fail(cause));

            await log.Expect("child PostStop"); // the default would have restarted it after the first of the two
            Assert.Equal(child, (await log.Expect<Terminated>()).ActorRef);
            sibling.Tell("still here");
            await siblingLog.Expect("sibling:still here");
        }
    }

    [Fact]
    public async Task The_limit_of_restarts_ends_in_a_stop()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var child = await ChildOf(local, new OneForOneStrategy(2, TimeSpan.FromHours(1), _ => Directive.Restart), log);
        log.Watch(child);

        for (var i = 0; i < 2; i++)
        {
            child.Tell(new Fail(new InvalidOperationException("x")));
            await log.Expect("child PreRestart x Fail", "child PostStop", "child PostRestart x", "child PreStart");
        }
        child.Tell(new Fail(new InvalidOperationException("x")));

        await log.Expect("child PostStop");
        await log.Expect<Terminated>();
    }

    [Fact]
    public async Task AllForOne_restarts_the_siblings_too()
    {
        await using var local = new LocalSystem();
        var (log, siblingLog) = (local.NewInbox(), local.NewInbox());
        var parent = local.Sys.ActorOf(
            Props.Create(() => new Parent(new AllForOneStrategy(-1, -1, _ => Directive.Restart, true)))
        );
        var child = await Add(parent, log, "child");
        await Add(parent, siblingLog, "sibling");

        child.Tell(new Fail(new InvalidOperationException("x")));

        await log.Expect("child PreRestart x Fail");
        await siblingLog.Expect("sibling PreRestart x "); // it had no message
        await siblingLog.Expect("sibling PostStop", "sibling PostRestart x", "sibling PreStart");
    }

    [Fact]
    public async Task An_escalated_failure_is_the_parents_own()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var top = local.Sys.ActorOf(Props.Create(() => new Parent(Always(Directive.Stop))));
        var parent = await LocalSystem.Soon(
            top.Ask<IActorRef>(("parent", Props.Create(() => new Parent(Always(Directive.Escalate)))))
        );
        var child = await Add(parent, log, "child");
        log.Watch(parent);

        child.Tell(new Fail(new InvalidOperationException("x")));

        await log.Expect("child PostStop");
        Assert.Equal(parent, (await log.Expect<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task A_constructor_that_throws_stops_the_actor()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();

        var broken = local.Sys.ActorOf(Props.Create(() => new Broken()));
        log.Watch(broken);

        Assert.Equal(broken, (await log.Expect<Terminated>()).ActorRef);
    }

    private sealed class Broken : UntypedActor
    {
        public Broken() => throw new InvalidOperationException("born broken");

        protected override void OnReceive(object message) { }
    }

    [Fact]
    public async Task Kill_makes_the_supervisor_stop_the_actor_and_PoisonPill_waits_its_turn()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var killed = local.Sys.ActorOf(Props.Create(() => new Child(log.Ref, null)), "killed");
        await log.Expect("killed PreStart");
        killed.Tell(Kill.Instance);
        await log.Expect("killed PostStop");

        var poisoned = local.Sys.ActorOf(Props.Create(() => new Child(log.Ref, null)), "poisoned");
        poisoned.Tell("first");
        poisoned.Tell(PoisonPill.Instance);
        poisoned.Tell("too late");
        await log.Expect("poisoned PreStart", "poisoned:first", "poisoned PostStop");
        await log.ExpectNothingBefore(poisoned);
    }
}
