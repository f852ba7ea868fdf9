using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Akka.Tests.Actor;

/// <summary>Windows of restarts on a clock that the test moves; also how a scheduler of one's own is loaded.</summary>
public sealed class SupervisionWindowSpec
{
    private const string VirtualClock = "akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"";
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(10);

    /// <summary>Fails at every message and says when an instance begins and when the last one ends.</summary>
    private sealed class Failing(IActorRef log) : UntypedActor
    {
        protected override void OnReceive(object message) => throw new InvalidOperationException("x");

        protected override void PreStart() => log.Tell("started " + Self.Path.Name);
    }

    private sealed class Parent(SupervisorStrategy strategy, IActorRef log, string[] children) : UntypedActor
    {
        protected override SupervisorStrategy SupervisorStrategy() => strategy;

        protected override void PreStart()
        {
            foreach (var name in children)
                log.Tell(Context.ActorOf(Props.Create(() => new Failing(log)), name));
        }

        protected override void OnReceive(object message) { }
    }

    private static async Task<(IActorRef[] Children, LocalSystem.Inbox Log)> Family(
        LocalSystem local,
        SupervisorStrategy strategy,
        params string[] names
    )
    {
        var log = local.NewInbox();
        local.Sys.ActorOf(Props.Create(() => new Parent(strategy, log.Ref, names)));
        var words = new List<object>();
        for (var i = 0; i < 2 * names.Length; i++)
            words.Add(await log.Next());
        return ([.. words.OfType<IActorRef>()], log);
    }

    private static async Task<string[]> Sorted(LocalSystem.Inbox log, int count)
    {
        var words = new string[count];
        for (var i = 0; i < count; i++)
            words[i] = await log.Expect<string>();
        return [.. words.Order(StringComparer.Ordinal)];
    }

    private static void Advance(LocalSystem local, TimeSpan time) => ((TestScheduler)local.Sys.Scheduler).Advance(time);

    [Fact]
    public async Task A_window_that_has_run_out_gives_a_child_its_restarts_again()
    {
        await using var local = new LocalSystem(VirtualClock);
        var (children, log) = await Family(local, new OneForOneStrategy(2, s_window, _ => Directive.Restart), "a");
        log.Watch(children[0]);

        for (var window = 0; window < 3; window++)
        {
            children[0].Tell("fail");
            await log.Expect("started a");
            Advance(local, s_window);
            children[0].Tell("fail"); // the last moment of the window still counts
            await log.Expect("started a");
            Advance(local, TimeSpan.FromTicks(1));
        }
        for (var i = 0; i < 2; i++)
        {
            children[0].Tell("fail");
            await log.Expect("started a");
        }
        children[0].Tell("fail");

        Assert.Equal(children[0], (await log.Expect<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task Each_child_has_a_window_of_its_own_under_OneForOne()
    {
        await using var local = new LocalSystem(VirtualClock);
        var (children, log) = await Family(local, new OneForOneStrategy(1, s_window, _ => Directive.Restart), "a", "b");
        log.Watch(children[0]);

        children[0].Tell("fail");
        await log.Expect("started a");
        children[1].Tell("fail");
        await log.Expect("started b");
        children[0].Tell("fail");
        Assert.Equal(children[0], (await log.Expect<Terminated>()).ActorRef);
        Advance(local, s_window + TimeSpan.FromTicks(1));
        children[1].Tell("fail");

        await log.Expect("started b");
    }

    [Fact]
    public async Task Under_AllForOne_every_failure_counts_for_all_and_the_limit_stops_all()
    {
        await using var local = new LocalSystem(VirtualClock);
        var (children, log) = await Family(local, new AllForOneStrategy(2, s_window, _ => Directive.Restart), "a", "b");
        foreach (var child in children)
            log.Watch(child);

        for (var window = 0; window < 2; window++)
        {
            foreach (var child in children)
            {
                child.Tell("fail");
                Assert.Equal(["started a", "started b"], await Sorted(log, 2));
            }
            Advance(local, s_window + TimeSpan.FromTicks(1));
        }
        foreach (var child in children)
        {
            child.Tell("fail");
            Assert.Equal(["started a", "started b"], await Sorted(log, 2));
        }
        children[0].Tell("fail");

        var ended = new[] { (await log.Expect<Terminated>()).ActorRef, (await log.Expect<Terminated>()).ActorRef };
        Assert.Equal(children.Order(), ended.Order());
    }

    [Fact]
    public async Task A_scheduler_is_loaded_by_class_name_and_drives_receive_timeouts()
    {
        await using var local = new LocalSystem(VirtualClock);
        var log = local.NewInbox();
        var actor = local.Sys.ActorOf(Props.Create(() => new Silent(log.Ref)));
        await log.Expect("armed");

        // The silence begins when a handler has returned: the next message, one that it does not notice, comes after that.
        async Task AfterUnnoticed()
        {
            actor.Tell(new Unnoticed());
            await log.Expect("unnoticed");
        }

        await AfterUnnoticed();
        Advance(local, TimeSpan.FromSeconds(6));
        await AfterUnnoticed(); // it does not begin the silence anew
        Advance(local, TimeSpan.FromSeconds(4));
        await log.Expect("silence");
        await AfterUnnoticed();
        Advance(local, TimeSpan.FromSeconds(6));
        actor.Tell("noticed");
        await log.Expect("noticed");
        await AfterUnnoticed();
        Advance(local, TimeSpan.FromSeconds(9));
        await AfterUnnoticed(); // no silence before it
        Advance(local, TimeSpan.FromSeconds(1));
        await log.Expect("silence");
    }

    private sealed record Unnoticed : INotInfluenceReceiveTimeout;

    private sealed class Silent : ReceiveActor
    {
        public Silent(IActorRef log)
        {
            SetReceiveTimeout(TimeSpan.FromSeconds(10));
            Receive<ReceiveTimeout>(_ => log.Tell("silence"));
            Receive<Unnoticed>(_ => log.Tell("unnoticed"));
            Receive<string>(m => log.Tell(m));
            Self.Tell("armed");
        }
    }

    [Theory]
    [InlineData("No.Such, Scheduler", "no type is named 'No.Such, Scheduler'")]
    [InlineData("System.Object", "System.Object is no Akka.Actor.IScheduler")]
    public void A_scheduler_that_cannot_be_loaded_is_a_configuration_error(string name, string told)
    {
        var error = Assert.Throws<ConfigurationException>(() => new LocalSystem($"akka.scheduler.implementation = \"{name}\""));

        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }
}
