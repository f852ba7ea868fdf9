using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Tests.Dispatch;

public sealed class MailboxSpec
{
    private const string Bounded = """
        bounded { mailbox-type = "Akka.Dispatch.BoundedMailbox", mailbox-capacity = 2, mailbox-push-timeout-time = 0s }
        broken { mailbox-type = "Akka.Dispatch.BoundedMailbox", mailbox-capacity = -1 }
        training { type = ForkJoinDispatcher, dedicated-thread-pool.thread-count = 2, throughput = 1 }
        pinned { type = PinnedDispatcher }
        wrong { type = "No.Such, Type" }
        """;

    private sealed class Blocked : UntypedActor
    {
        private readonly IActorRef _log;
        private readonly Task _gate;

        public Blocked(IActorRef log, Task gate) => (_log, _gate) = (log, gate);

        protected override void OnReceive(object message)
        {
            _log.Tell(message);
            _gate.Wait();
        }
    }

    [Fact]
    public async Task A_full_bounded_mailbox_makes_dead_letters()
    {
        await using var local = new LocalSystem(Bounded);
        var (log, dead) = (local.NewInbox(), local.NewInbox());
        local.Sys.EventStream.Subscribe(dead.Ref, typeof(DeadLetter));
        var gate = new TaskCompletionSource();
        var props = Props.Create(() => new Blocked(log.Ref, gate.Task)).WithMailbox("bounded").WithDispatcher("pinned");
        var actor = local.Sys.ActorOf(props);

        actor.Tell(0);
        await log.Expect(0); // it is in the handler: the mailbox is empty again
        for (var i = 1; i <= 4; i++)
            actor.Tell(i);
        gate.SetResult();

        await log.Expect(1, 2);
        Assert.Equal(3, (await dead.Expect<DeadLetter>()).Message);
        Assert.Equal(4, (await dead.Expect<DeadLetter>()).Message);
    }

    [Fact]
    public async Task A_mailbox_that_makes_no_sense_is_a_configuration_error_that_names_it()
    {
        await using var local = new LocalSystem(Bounded);

        var bad = Assert.Throws<ConfigurationException>(() => local.Sys.ActorOf(Props.Empty.WithMailbox("broken")));
        Assert.Contains("mailbox-capacity is -1", bad.Message, StringComparison.Ordinal);
        Assert.Throws<ConfigurationException>(() => local.Sys.ActorOf(Props.Empty.WithMailbox("nowhere")));
        Assert.Throws<ConfigurationException>(() => local.Sys.ActorOf(Props.Empty.WithDispatcher("nowhere")));
        Assert.Throws<ConfigurationException>(() => local.Sys.ActorOf(Props.Empty.WithDispatcher("wrong")));
    }

    [Fact]
    public async Task A_dedicated_dispatcher_has_as_many_threads_as_it_says()
    {
        await using var local = new LocalSystem(Bounded);
        var log = local.NewInbox();
        var gate = new TaskCompletionSource();
        var props = Props.Create(() => new Blocked(log.Ref, gate.Task)).WithDispatcher("training");
        var actors = Enumerable.Range(0, 3).Select(i => local.Sys.ActorOf(props, $"a{i}")).ToArray();

        foreach (var actor in actors)
            actor.Tell("turn");
        await log.Expect("turn", "turn");
        await log.ExpectNothingBefore(log.Ref); // the third waits for a thread
        gate.SetResult();

        await log.Expect("turn");
    }

    [Fact]
    public async Task Work_of_a_stopped_actor_is_a_dead_letter_and_nothing_is_lost_in_between()
    {
        await using var local = new LocalSystem();
        var dead = local.NewInbox();
        local.Sys.EventStream.Subscribe(dead.Ref, typeof(DeadLetter));
        for (var i = 0; i < 200; i++)
        {
            var log = local.NewInbox();
            var actor = local.Sys.ActorOf(Props.Create(() => new Blocked(log.Ref, Task.CompletedTask)));
            Parallel.Invoke(() => actor.Tell("race"), () => local.Sys.Stop(actor));
            dead.Watch(actor);
            var seen = 0;
            while (await dead.Next() is not Terminated)
                seen++;
            await LocalSystem.Soon(dead.Ref.Ask<ActorIdentity>(new Identify(1)));
            if (seen == 0)
                await log.Expect("race");
        }
    }

    [Fact]
    public async Task A_dispatcher_of_ones_own_is_loaded_by_class_name()
    {
        var name = $"{typeof(CountingConfigurator).FullName}, {typeof(CountingConfigurator).Assembly.GetName().Name}";
        await using var local = new LocalSystem($"akka.actor.default-dispatcher.type = \"{name}\"");
        var before = Volatile.Read(ref CountingDispatcher.Turns);

        await LocalSystem.Soon(local.Sys.ActorOf(Props.Empty).Ask<ActorIdentity>(new Identify(1)));

        Assert.True(Volatile.Read(ref CountingDispatcher.Turns) > before);
    }

    public sealed class CountingConfigurator : MessageDispatcherConfigurator
    {
        private readonly CountingDispatcher _dispatcher;

        public CountingConfigurator(Config config, IDispatcherPrerequisites prerequisites)
            : base(config, prerequisites) => _dispatcher = new CountingDispatcher(this);

        public override MessageDispatcher Dispatcher() => _dispatcher;
    }

    public sealed class CountingDispatcher(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
    {
        public static int Turns;

        protected override void ExecuteTask(IRunnable run)
        {
            Interlocked.Increment(ref Turns);
            ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);
        }

        protected override void Shutdown() { }
    }
}
