using Akka.Actor;
using static ActorFed.Kernel.VirtualTime.Tests.Virtual;

namespace ActorFed.Kernel.VirtualTime.Tests;

public sealed class SteppedClockTests
{
    [Fact]
    public void Time_stands_until_it_is_moved_and_then_moves_that_far()
    {
        using var system = Start();
        using var clock = new SteppedClock(system);
        var trace = new List<string>();
        var actor = system.ActorOf(Handler.Props((me, message) => trace.Add($"{message}@{me.Clock.Elapsed.TotalSeconds}")));
        system.Scheduler.ScheduleTellOnce(Seconds(2), actor, "due", ActorRefs.NoSender);
        actor.Tell("told");

        clock.Settle();
        Assert.Equal(["told@0"], trace);
        clock.Advance(Seconds(2) - TimeSpan.FromTicks(1));
        Assert.Equal(["told@0"], trace); // not early
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["told@0", "due@2"], trace); // and not late
        Assert.Equal(Seconds(2), clock.Elapsed);
    }

    [Fact]
    public void What_the_last_instant_causes_in_that_instant_is_done_too()
    {
        using var system = Start();
        using var clock = new SteppedClock(system);
        var trace = new List<string>();
        var second = system.ActorOf(Handler.Props((_, message) => trace.Add($"{message}")));
        var first = system.ActorOf(
            Handler.Props((_, message) => system.Scheduler.ScheduleTellOnce(TimeSpan.Zero, second, message, ActorRefs.NoSender))
        );
        system.Scheduler.ScheduleTellOnce(Seconds(1), first, "through", ActorRefs.NoSender);
        clock.Advance(Seconds(1));
        Assert.Equal(["through"], trace);
    }

    [Fact]
    public void A_move_waits_for_real_work_that_is_due_by_then()
    {
        using var system = Start();
        using var clock = new SteppedClock(system);
        var (gate, trace) = (Gate<int>(), new List<int>());
        var actor = system.ActorOf(Handler.Props((_, message) => trace.Add((int)message)));
        WorkTokens.For(system).Run(_ => gate.Task, Seconds(3), order: 0, actor, r => r, _ => -1);

        clock.Advance(Seconds(2)); // the work is not due yet: it may go on
        Assert.Empty(trace);
        gate.SetResult(42);
        clock.Advance(Seconds(1));
        Assert.Equal([42], trace);
    }

    [Fact]
    public void A_system_on_real_time_is_refused_and_named()
    {
        using var system = ActorSystem.Create("real-time");
        var refused = Assert.Throws<ArgumentException>(() => new SteppedClock(system));
        Assert.Contains("System 'real-time' keeps real time", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Once_disposed_the_clock_runs_by_itself()
    {
        using var system = Start();
        var clock = new SteppedClock(system);
        var reached = Gate<TimeSpan>();
        var actor = system.ActorOf(Handler.Props((me, _) => reached.SetResult(me.Clock.Elapsed)));
        system.Scheduler.ScheduleTellOnce(Seconds(9), actor, "late", ActorRefs.NoSender);
        clock.Dispose();
        Assert.Equal(Seconds(9), reached.Task.GetAwaiter().GetResult());
        Assert.Throws<ObjectDisposedException>(clock.Settle);
    }
}
