using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class SchedulingSpec
{
    private sealed class Timed : ReceiveActor, IWithTimers
    {
        public Timed(IActorRef log)
        {
            Receive<string>(
                s => s == "start",
                _ =>
                {
                    Timers.StartSingleTimer("k", "replaced", TimeSpan.FromMilliseconds(1));
                    Timers.StartSingleTimer("k", "kept", TimeSpan.FromMilliseconds(2));
                    Timers.StartPeriodicTimer("p", 1, TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
                }
            );
            Receive<int>(_ =>
            {
                if (++_ticks == 3)
                {
                    Timers.Cancel("p");
                    log.Tell("three ticks");
                }
            });
            Receive<ReceiveTimeout>(_ => log.Tell("timeout"));
            Receive<TimeSpan>(t => SetReceiveTimeout(t));
            ReceiveAny(m => log.Tell(m));
        }

        private int _ticks;

        public ITimerScheduler Timers { get; set; } = null!;
    }

    [Fact]
    public async Task A_replaced_timer_never_arrives_and_a_periodic_one_repeats_until_cancelled()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        local.Sys.ActorOf(Props.Create(() => new Timed(log.Ref))).Tell("start");

        var both = new[] { await log.Next(), await log.Next() };

        Assert.Equal(["kept", "three ticks"], both.Cast<string>().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Silence_brings_a_receive_timeout_again_and_again()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        local.Sys.ActorOf(Props.Create(() => new Timed(log.Ref))).Tell(TimeSpan.FromMilliseconds(1));

        await log.Expect("timeout", "timeout");
    }

    [Fact]
    public async Task The_scheduler_keeps_the_order_of_due_times_and_drops_what_was_cancelled()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var scheduler = local.Sys.Scheduler;
        var delay = TimeSpan.FromMilliseconds(20);

        scheduler.ScheduleTellOnceCancelable(delay, log.Ref, "cancelled", ActorRefs.NoSender).Cancel();
        for (var i = 0; i < 100; i++)
            scheduler.ScheduleTellOnce(delay, log.Ref, i, ActorRefs.NoSender);

        for (var i = 0; i < 100; i++)
            await log.Expect(i);
    }

    [Fact]
    public async Task A_negative_delay_and_an_empty_interval_are_refused()
    {
        await using var local = new LocalSystem();
        var scheduler = local.Sys.Scheduler;

        Assert.Throws<ArgumentOutOfRangeException>(() =>
            scheduler.ScheduleTellOnce(TimeSpan.FromTicks(-1), ActorRefs.Nobody, 1, ActorRefs.NoSender)
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            scheduler.ScheduleTellRepeatedly(TimeSpan.Zero, TimeSpan.Zero, ActorRefs.Nobody, 1, ActorRefs.NoSender)
        );
    }
}
