using Akka.Actor;

namespace Akka.Tests.Actor;

/// <summary>What comes before what: the guarantees that Akka.NET's documentation gives about order.</summary>
public sealed class OrderSpec
{
    private sealed record Gate(TaskCompletionSource Reached, TaskCompletionSource Open);

    private sealed class Gated : ReceiveActor
    {
        private readonly IActorRef _log;

        public Gated(IActorRef log)
        {
            _log = log;
            Receive<Gate>(g =>
            {
                g.Reached.SetResult();
                g.Open.Task.Wait();
            });
            Receive<string>(m => m == "fail", _ => throw new InvalidOperationException("x"));
            Receive<string>(m => m == "stop me", _ => Context.Stop(Self));
            ReceiveAny(m => log.Tell(m));
        }

        protected override void PreStart() => _log.Tell("started");

        protected override void PostStop() => _log.Tell("stopped");
    }

    /// <summary>Sends while the actor is busy, so that all of it is in the mailbox when the actor goes on.</summary>
    private static Task Queued(IActorRef actor, Action send) =>
        Queued(
            actor,
            () =>
            {
                send();
                return Task.CompletedTask;
            }
        );

    private static async Task Queued(IActorRef actor, Func<Task> send)
    {
        var gate = new Gate(new(), new());
        actor.Tell(gate);
        await LocalSystem.Soon(gate.Reached.Task);
        await send();
        gate.Open.SetResult();
    }

    [Fact]
    public async Task Messages_sent_before_the_actor_has_started_wait_for_its_start()
    {
        await using var local = new LocalSystem();
        for (var i = 0; i < 200; i++)
        {
            var log = local.NewInbox();
            var actor = local.Sys.ActorOf(Props.Create(() => new Gated(log.Ref)));
            actor.Tell(1);
            actor.Tell(2);
            await log.Expect("started", 1, 2);
        }
    }

    [Fact]
    public async Task Stop_overtakes_what_is_queued_and_PoisonPill_does_not()
    {
        await using var local = new LocalSystem();
        var (stopped, poisoned) = (local.NewInbox(), local.NewInbox());
        var first = local.Sys.ActorOf(Props.Create(() => new Gated(stopped.Ref)));
        var second = local.Sys.ActorOf(Props.Create(() => new Gated(poisoned.Ref)));

        await Queued(
            first,
            async () =>
            {
                first.Tell(1);
                local.Sys.Stop(first);
                // The system asks the guardian to stop its child: once that has gone on to the next message, it has.
                await LocalSystem.Soon(local.Sys.ActorSelection("/user").Ask<ActorIdentity>(new Identify("after")));
            }
        );
        await Queued(
            second,
            () =>
            {
                second.Tell(1);
                second.Tell(PoisonPill.Instance);
                second.Tell(2);
            }
        );

        await stopped.Expect("started", "stopped");
        await poisoned.Expect("started", 1, "stopped");
    }

    [Fact]
    public async Task An_actor_that_stops_itself_handles_nothing_more()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var actor = local.Sys.ActorOf(Props.Create(() => new Gated(log.Ref)));
        log.Watch(actor);

        await Queued(
            actor,
            () =>
            {
                actor.Tell("stop me");
                actor.Tell(1);
            }
        );

        await log.Expect("started", "stopped");
        await log.Expect<Terminated>();
    }

    [Fact]
    public async Task A_restart_comes_before_everything_that_is_queued_and_the_message_that_failed_does_not_come_back()
    {
        await using var local = new LocalSystem();
        for (var i = 0; i < 100; i++)
        {
            var log = local.NewInbox();
            var actor = local.Sys.ActorOf(Props.Create(() => new Gated(log.Ref)));

            await Queued(
                actor,
                () =>
                {
                    foreach (var message in (object[])[1, "fail", 2, "fail", 3])
                        actor.Tell(message);
                }
            );

            await log.Expect("started", 1, "stopped", "started", 2, "stopped", "started", 3);
        }
    }

    private sealed class Deliberate(TaskCompletionSource asked, TaskCompletionSource<Directive> verdict, IActorRef log)
        : UntypedActor
    {
        protected override SupervisorStrategy SupervisorStrategy() =>
            new OneForOneStrategy(_ =>
            {
                asked.SetResult();
                return verdict.Task.Result;
            });

        protected override void OnReceive(object message) =>
            Sender.Tell(Context.ActorOf(Props.Create(() => new Gated(log)), "child"));
    }

    [Theory]
    [InlineData(Directive.Resume, "after")]
    [InlineData(Directive.Restart, "stopped", "started", "after")]
    [InlineData(Directive.Stop, "stopped")]
    public async Task While_the_supervisor_thinks_the_failed_actor_handles_nothing(Directive directive, params string[] then)
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var (asked, verdict) = (new TaskCompletionSource(), new TaskCompletionSource<Directive>());
        var parent = local.Sys.ActorOf(Props.Create(() => new Deliberate(asked, verdict, log.Ref)));
        var child = await LocalSystem.Soon(parent.Ask<IActorRef>("child"));
        await log.Expect("started");

        child.Tell("fail");
        await LocalSystem.Soon(asked.Task);
        child.Tell("after");
        await log.ExpectNothingBefore(log.Ref);
        verdict.SetResult(directive);

        await log.Expect([.. then]);
    }

    private sealed class Talker(IActorRef to, int words) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            for (var i = 0; i < words; i++)
                to.Tell(i);
            Context.Stop(Self);
        }

        protected override void PostStop() => to.Tell("last word");
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(IActorRef log)
        {
            Receive<Props>(p => Context.Watch(Context.ActorOf(p, "talker")).Tell("talk"));
            Receive<Terminated>(t => log.Tell("end of " + t.ActorRef.Path.Name));
            ReceiveAny(m => log.Tell(m));
        }
    }

    [Fact]
    public async Task All_that_an_actor_said_arrives_before_the_notice_of_its_end()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var listener = local.Sys.ActorOf(Props.Create(() => new Listener(log.Ref)));
        for (var i = 0; i < 300; i++)
        {
            listener.Tell(Props.Create(() => new Talker(listener, 3)));
            await log.Expect(0, 1, 2, "last word", "end of talker"); // and with the notice the name is free again
        }
    }

    private sealed class Nested(int depth, IActorRef log) : UntypedActor
    {
        protected override void PreStart()
        {
            if (depth > 0)
                Context.ActorOf(Props.Create(() => new Nested(depth - 1, log)));
        }

        protected override void PostStop() => log.Tell(depth);

        protected override void OnReceive(object message) { }
    }

    [Fact]
    public async Task Children_have_stopped_before_the_parent_says_that_it_has()
    {
        await using var local = new LocalSystem();
        for (var i = 0; i < 100; i++)
        {
            var log = local.NewInbox();
            var root = local.Sys.ActorOf(Props.Create(() => new Nested(5, log.Ref)));
            log.Watch(root);
            await LocalSystem.Soon(log.Ref.Ask<ActorIdentity>(new Identify(1))); // the watch is in place

            local.Sys.Stop(root);

            await log.Expect(0, 1, 2, 3, 4, 5);
            await log.Expect<Terminated>();
        }
    }

    [Fact]
    public async Task What_one_actor_forwards_for_another_keeps_the_order_of_each_pair()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var relay = local.Sys.ActorOf(Props.Create(() => new Relay(log.Ref)));

        for (var i = 0; i < 1000; i++)
            relay.Tell(i);

        for (var i = 0; i < 1000; i++)
            await log.Expect(i);
    }

    private sealed class Relay(IActorRef to) : UntypedActor
    {
        protected override void OnReceive(object message) => to.Forward(message);
    }
}
