using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class StashSpec
{
    private sealed class Stasher : ReceiveActor, IWithUnboundedStash
    {
        public Stasher(IActorRef log)
        {
            Receive<string>(
                s => s == "open",
                _ =>
                {
                    Become(() => ReceiveAny(m => log.Tell(m)));
                    Stash.UnstashAll();
                }
            );
            Receive<string>(s => s == "fail", _ => throw new InvalidOperationException("x"));
            ReceiveAny(_ => Stash.Stash());
        }

        public IStash Stash { get; set; } = null!;
    }

    private sealed class Bounded : ReceiveActor, IWithBoundedStash
    {
        public Bounded(IActorRef log) =>
            ReceiveAny(m =>
            {
                try
                {
                    Stash.Stash();
                }
                catch (StashOverflowException)
                {
                    log.Tell($"overflow at {m}");
                }
            });

        public IStash Stash { get; set; } = null!;
    }

    [Fact]
    public async Task Stashed_messages_come_back_in_order_and_before_later_ones()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var actor = local.Sys.ActorOf(Props.Create(() => new Stasher(log.Ref)));

        foreach (var message in (object[])[1, 2, 3, "open", 4])
            actor.Tell(message);

        await log.Expect(1, 2, 3, 4);
    }

    [Fact]
    public async Task A_restart_gives_the_stash_back_to_the_mailbox_in_order()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var actor = local.Sys.ActorOf(Props.Create(() => new Stasher(log.Ref)));

        foreach (var message in (object[])[1, 2, "fail", 3, "open"])
            actor.Tell(message);

        await log.Expect(1, 2, 3);
    }

    [Fact]
    public async Task A_full_stash_overflows()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var actor = local.Sys.ActorOf(Props.Create(() => new Bounded(log.Ref)).WithStashCapacity(2));

        foreach (var message in (object[])[1, 2, 3])
            actor.Tell(message);

        await log.Expect("overflow at 3");
    }

    private const string CallingThread =
        "calling { type = \"Akka.TestKit.CallingThreadDispatcherConfigurator, Akka.TestKit\", throughput = 2147483647 }";

    [Fact]
    public async Task A_stashing_actor_that_restarts_on_the_callers_thread_gets_its_stash_back_before_Tell_returns()
    {
        await using var local = new LocalSystem(CallingThread);
        var words = new List<object>();
        var parent = local.Sys.ActorOf(Props.Create(() => new StasherParent(words)).WithDispatcher("calling"));
        var actor = await LocalSystem.Soon(parent.Ask<IActorRef>("child"));

        foreach (var message in (object[])[1, 2, "fail", 3, "fail", 4])
            actor.Tell(message);
        Assert.Empty(words);
        actor.Tell("open");

        Assert.Equal([1, 2, 3, 4], words);
    }

    private sealed class StasherParent(List<object> words) : UntypedActor
    {
        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);

        protected override void OnReceive(object message) =>
            Sender.Tell(Context.ActorOf(Props.Create(() => new CalledStasher(words)).WithDispatcher("calling")));
    }

    private sealed class CalledStasher : ReceiveActor, IWithUnboundedStash
    {
        public CalledStasher(List<object> words)
        {
            Receive<string>(
                s => s == "open",
                _ =>
                {
                    Become(() => ReceiveAny(words.Add));
                    Stash.UnstashAll();
                }
            );
            Receive<string>(s => s == "fail", _ => throw new InvalidOperationException("x"));
            ReceiveAny(_ => Stash.Stash());
        }

        public IStash Stash { get; set; } = null!;
    }
}
