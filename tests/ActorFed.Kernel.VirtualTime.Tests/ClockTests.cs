using Akka.Actor;
using static ActorFed.Kernel.VirtualTime.Tests.Virtual;

namespace ActorFed.Kernel.VirtualTime.Tests;

public sealed class ClockTests
{
    [Fact]
    public async Task A_timer_fires_exactly_at_its_time_and_an_hour_costs_nothing()
    {
        using var system = Start();
        var fired = Gate<(TimeSpan, DateTimeOffset)>();
        system.ActorOf(
            Handler.Props(
                (me, _) => fired.SetResult((me.Clock.Elapsed, me.Clock.Now)),
                me => me.Timers.StartSingleTimer("hour", "now", TimeSpan.FromHours(1))
            )
        );
        var (elapsed, now) = await fired.Task;
        Assert.Equal(TimeSpan.FromHours(1), elapsed);
        Assert.Equal(VirtualScheduler.Start.AddHours(1), now);
    }

    [Fact]
    public async Task A_repeating_timer_fires_every_time_over_one_long_jump()
    {
        using var system = Start();
        var (beats, done) = (0, Gate<int>());
        using (system.Clock().Hold())
        {
            var actor = system.ActorOf(
                Handler.Props(
                    (_, message) =>
                    {
                        if (message is "beat")
                            beats++;
                        else
                            done.SetResult(beats);
                    }
                )
            );
            system.Scheduler.ScheduleTellRepeatedly(Seconds(1), Seconds(1), actor, "beat", ActorRefs.NoSender);
            system.Scheduler.ScheduleTellOnce(Seconds(86_400.5), actor, "end", ActorRefs.NoSender);
        }
        Assert.Equal(86_400, await done.Task);
    }

    [Fact]
    public async Task What_a_step_schedules_for_now_runs_in_that_step()
    {
        using var system = Start();
        var (trace, done) = (new List<string>(), Gate<int>());
        using (system.Clock().Hold())
        {
            var other = system.ActorOf(Handler.Props((me, message) => trace.Add($"{message}@{me.Clock.Elapsed.Ticks}")));
            var actor = system.ActorOf(
                Handler.Props(
                    (me, message) =>
                    {
                        trace.Add($"{message}@{me.Clock.Elapsed.Ticks}");
                        if (message is int left and > 0)
                            me.Where.System.Scheduler.ScheduleTellOnce(TimeSpan.Zero, me.Me, left - 1, me.Me);
                        other.Tell($"heard {message}");
                        if (message is "later")
                            done.SetResult(0);
                    }
                )
            );
            system.Scheduler.ScheduleTellOnce(TimeSpan.FromTicks(11), actor, "later", ActorRefs.NoSender);
            system.Scheduler.ScheduleTellOnce(TimeSpan.FromTicks(10), actor, 2, ActorRefs.NoSender);
        }
        await done.Task;
        Assert.Equal(["2@10", "heard 2@10", "1@10", "heard 1@10", "0@10", "heard 0@10", "later@11"], trace.Take(7));
    }

    [Fact]
    public async Task A_cancelled_timer_neither_fires_nor_moves_the_clock()
    {
        using var system = Start();
        var (rang, ended) = (false, Gate<TimeSpan>());
        using (system.Clock().Hold())
        {
            var far = system.Scheduler.Advanced.ScheduleOnceCancelable(Seconds(100), () => rang = true);
            system.Scheduler.Advanced.ScheduleOnce(Seconds(1), far.Cancel);
            system.Scheduler.Advanced.ScheduleOnce(Seconds(2), () => { });
        }
        using (system.Clock().Pause()) { } // returns when nothing is left to do at the present time
        system.Scheduler.Advanced.ScheduleOnce(Seconds(98.5), () => ended.SetResult(system.Clock().Elapsed));
        Assert.InRange(await ended.Task, Seconds(98.5), Seconds(100.5)); // 200 would be what the cancelled timer left behind
        Assert.False(rang);
    }

    [Fact]
    public async Task A_receive_timeout_comes_after_silence_in_virtual_time()
    {
        using var system = Start();
        var (trace, done) = (new List<string>(), Gate<int>());
        using (system.Clock().Hold())
        {
            var actor = system.ActorOf(
                Handler.Props(
                    (me, message) =>
                    {
                        trace.Add($"{(message is ReceiveTimeout ? "silence" : message)}@{me.Clock.Elapsed.TotalSeconds}");
                        if (message is ReceiveTimeout)
                            me.Where.SetReceiveTimeout(null);
                        if (message is "end")
                            done.SetResult(0);
                    },
                    me => me.Where.SetReceiveTimeout(Seconds(10))
                )
            );
            foreach (var at in new[] { 4, 13, 22 })
                system.Scheduler.ScheduleTellOnce(Seconds(at), actor, "word", ActorRefs.NoSender);
            system.Scheduler.ScheduleTellOnce(Seconds(100), actor, "end", ActorRefs.NoSender);
        }
        await done.Task;
        Assert.Equal(["word@4", "word@13", "word@22", "silence@32", "end@100"], trace);
    }

    [Fact]
    public async Task An_ask_is_given_up_at_the_virtual_time_of_its_token()
    {
        using var system = Start();
        var silent = system.ActorOf(Handler.Props((_, _) => { }));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5), system.Clock().TimeProvider);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => silent.Ask<string>("hello?", patience.Token));
        Assert.Equal(TimeSpan.FromMinutes(5), system.Clock().Elapsed);
    }

    [Fact]
    public async Task While_the_clock_is_held_messages_run_and_timers_do_not()
    {
        using var system = Start();
        var rang = Gate<TimeSpan>();
        var actor = system.ActorOf(Handler.Props((me, _) => me.From.Tell(me.Clock.Elapsed)));
        var (one, two) = (system.Clock().Hold(), system.Clock().Hold());
        system.Scheduler.Advanced.ScheduleOnce(Seconds(7), () => rang.SetResult(system.Clock().Elapsed));

        one.Dispose();
        one.Dispose(); // fault: released twice; the other hold must still count
        for (var ask = 0; ask < 100; ask++)
            Assert.Equal(TimeSpan.Zero, await actor.Ask<TimeSpan>("time?"));
        Assert.False(rang.Task.IsCompleted);

        two.Dispose();
        Assert.Equal(Seconds(7), await rang.Task);
    }

    [Fact]
    public async Task A_scheduled_action_that_throws_does_not_stop_the_world()
    {
        using var system = Start();
        var (calls, done) = (0, Gate<int>());
        using (system.Clock().Hold())
        {
            system.Scheduler.Advanced.ScheduleRepeatedly(
                Seconds(1),
                Seconds(1),
                () =>
                {
                    if (++calls == 3)
                        done.TrySetResult(calls);
                    throw new InvalidOperationException("fault: a timer's action fails");
                }
            );
        }
        Assert.Equal(3, await done.Task);
    }

    [Fact]
    public void Timers_that_were_cancelled_are_swept_long_before_they_are_due()
    {
        var world = new VirtualWorld(new FifoOrder(), _ => { });
        world.Hold();
        for (var i = 0; i < 100_000; i++) // as a receive timeout does at every message
        {
            var cancelled = Cancelable.CreateCanceled();
            world.Schedule(new DueTimer(world, () => { }, null, cancelled), TimeSpan.FromHours(1), DueTime.Timer);
        }
        Assert.InRange(world.Waiting, 0, 1024);
        world.Close();
        world.Release();
    }
}
