using Akka.Actor;
using Akka.Configuration;
using static ActorFed.Kernel.VirtualTime.Tests.Virtual;

namespace ActorFed.Kernel.VirtualTime.Tests;

public sealed class EndTests
{
    [Fact]
    public async Task A_system_ends_with_timers_and_work_outstanding_and_nothing_fires_afterwards()
    {
        var system = Start();
        var (fired, never) = (0, Gate<string>());
        using (system.Clock().Hold())
        {
            var actor = system.ActorOf(Handler.Props((_, _) => fired++));
            system.Scheduler.ScheduleTellRepeatedly(Seconds(1), Seconds(1), actor, "beat", ActorRefs.NoSender);
            WorkTokens.For(system).Run(_ => never.Task, Seconds(2), 0, actor, x => x, e => e);
            await system.Terminate();
            actor.Tell("too late");
        }
        await system.WhenTerminated;
        system.Scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, () => fired++);
        never.SetResult("too late");
        Assert.Equal(0, fired);
    }

    [Fact]
    public async Task An_actor_may_end_the_system()
    {
        var system = Start(3, "random");
        var stopped = 0;
        for (var i = 0; i < 50; i++)
            system.ActorOf(Akka.Actor.Props.Create(() => new Stopping(() => Interlocked.Increment(ref stopped))));
        system.ActorOf(Handler.Props((me, _) => me.Where.System.Terminate())).Tell("end");
        await system.WhenTerminated;
        Assert.Equal(50, stopped);
    }

    [Fact]
    public void A_seed_that_is_missing_is_named()
    {
        var config = ConfigurationFactory.ParseString($"akka.scheduler.implementation = \"{VirtualTimeHocon.SchedulerClass}\"");
        Assert.Contains(
            "actorfed.virtual-time.seed is missing",
            Said(() => ActorSystem.Create("no-seed", config)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_unknown_order_is_named()
    {
        Assert.Contains(
            "order is lifo: use fifo or random",
            Said(() => VirtualTimeHocon.Create(1, "lifo")),
            StringComparison.Ordinal
        );
        var config = ConfigurationFactory
            .ParseString("actorfed.virtual-time.order = lifo")
            .WithFallback(VirtualTimeHocon.Create(1));
        Assert.Contains(
            "order is lifo: use fifo or random",
            Said(() => ActorSystem.Create("lifo", config)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_seeded_dispatcher_on_a_scheduler_of_real_time_is_refused()
    {
        var config = ConfigurationFactory
            .ParseString("akka.scheduler.implementation = \"Akka.Actor.HashedWheelTimerScheduler\"")
            .WithFallback(VirtualTimeHocon.Create(1));
        Assert.Contains(
            "needs akka.scheduler.implementation",
            Said(() => ActorSystem.Create("mixed", config)),
            StringComparison.Ordinal
        );
    }

    // The kernel may wrap what a constructor throws.
    private static string Said(Action action)
    {
        var text = "";
        for (var e = Record.Exception(action); e is not null; e = e.InnerException)
            text += e.Message + "\n";
        return text;
    }

    private sealed class Stopping(Action onStop) : UntypedActor
    {
        protected override void PostStop() => onStop();

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
