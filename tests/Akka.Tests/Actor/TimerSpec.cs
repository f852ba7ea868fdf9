using Akka.Actor;

namespace Akka.Tests.Actor;

/// <summary>Timers of an actor and its receive time-out. Real time: each wait is for something that comes, none for something that does not.</summary>
public sealed class TimerSpec
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_never = TimeSpan.FromHours(1);

    private sealed record Do(Action<Timed> What);

    private sealed class Timed : ReceiveActor, IWithTimers, IWithUnboundedStash
    {
        public Timed(IActorRef log)
        {
            Receive<Do>(d => d.What(this));
            Receive<string>(m => m == "fail", _ => throw new InvalidOperationException("x"));
            ReceiveAny(m => log.Tell(m));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        public IStash Stash { get; set; } = null!;

        public void Listen(Action<object> to) => Become(() => ReceiveAny(to));
    }

    private static (IActorRef Actor, LocalSystem.Inbox Log) Raise(LocalSystem local)
    {
        var log = local.NewInbox();
        return (local.Sys.ActorOf(Props.Create(() => new Timed(log.Ref))), log);
    }

    /// <summary>Holds the actor until its timer's message is surely in the mailbox, behind the present message.</summary>
    private static void WaitUntilQueued(Timed actor, ActorSystem system)
    {
        var due = new TaskCompletionSource();
        system.Scheduler.Advanced.ScheduleOnce(s_soon + s_soon, due.SetResult);
        due.Task.Wait();
        Assert.NotEmpty(actor.Timers.ActiveTimers);
    }

    [Fact]
    public async Task A_timer_is_active_until_its_message_is_handled_and_a_periodic_one_until_it_is_cancelled()
    {
        await using var local = new LocalSystem();
        var (actor, log) = Raise(local);

        actor.Tell(
            new Do(a =>
            {
                a.Timers.StartSingleTimer("single", "one", s_soon);
                a.Timers.StartPeriodicTimer("often", "tick", s_soon, s_soon);
                log.Ref.Tell(a.Timers.IsTimerActive("single") && a.Timers.ActiveTimers.Count == 2);
            })
        );
        await log.Expect(true);
        while (await log.Next() is not "one") { } // ticks may come before and after it

        actor.Tell(
            new Do(a =>
            {
                a.Timers.Cancel("often");
                a.Timers.Cancel("never started");
                log.Ref.Tell(a.Timers.ActiveTimers.Count);
            })
        );
        object last;
        do last = await log.Next();
        while (last is "tick");
        Assert.Equal(0, last);
        await log.ExpectNothingBefore(actor);
    }

    [Fact]
    public async Task A_message_that_is_queued_already_does_not_come_when_its_timer_was_cancelled_or_replaced()
    {
        await using var local = new LocalSystem();
        var (actor, log) = Raise(local);

        actor.Tell(
            new Do(a =>
            {
                a.Timers.StartSingleTimer("cancelled", "cancelled", s_soon);
                a.Timers.StartSingleTimer("replaced", "old", s_soon);
                WaitUntilQueued(a, local.Sys);
                a.Timers.Cancel("cancelled");
                a.Timers.StartSingleTimer("replaced", "new", s_soon);
            })
        );

        await log.Expect("new");
        await log.ExpectNothingBefore(actor);
    }

    [Fact]
    public async Task Timers_end_with_the_instance_even_if_their_message_is_queued()
    {
        await using var local = new LocalSystem();
        var (actor, log) = Raise(local);

        actor.Tell(
            new Do(a =>
            {
                a.Timers.StartSingleTimer("k", "of the old one", s_soon);
                WaitUntilQueued(a, local.Sys);
                throw new InvalidOperationException("restart");
            })
        );
        actor.Tell(new Do(a => log.Ref.Tell(a.Timers.ActiveTimers.Count)));
        actor.Tell(new Do(a => a.Timers.StartSingleTimer("k", "of the new one", s_soon)));

        await log.Expect(0, "of the new one");
        await log.ExpectNothingBefore(actor);
    }

    [Fact]
    public async Task A_timer_s_message_can_be_stashed_like_any_other()
    {
        await using var local = new LocalSystem();
        var (actor, log) = Raise(local);

        actor.Tell(
            new Do(a =>
            {
                a.Timers.StartSingleTimer("k", "tick", s_soon);
                a.Listen(m =>
                {
                    if (m is "tick")
                    {
                        a.Stash.Stash();
                        log.Ref.Tell("stashed");
                        return;
                    }
                    a.Listen(log.Ref.Tell);
                    a.Stash.UnstashAll();
                });
            })
        );
        await log.Expect("stashed");
        actor.Tell("open");

        await log.Expect("tick");
    }

    [Fact]
    public async Task Null_is_neither_key_nor_message()
    {
        await using var local = new LocalSystem();
        var (actor, log) = Raise(local);

        actor.Tell(
            new Do(a =>
            {
                log.Ref.Tell(Record.Exception(() => a.Timers.StartSingleTimer(null!, 1, s_never))!.GetType());
                log.Ref.Tell(Record.Exception(() => a.Timers.StartSingleTimer("k", null!, s_never))!.GetType());
            })
        );

        await log.Expect(typeof(ArgumentNullException), typeof(ArgumentNullException));
    }

    private sealed class Quiet : INotInfluenceReceiveTimeout;

    private sealed class Patient : ReceiveActor
    {
        private int _left = 3;

        public Patient(IActorRef log, TimeSpan timeout)
        {
            SetReceiveTimeout(timeout);
            Receive<ReceiveTimeout>(_ =>
            {
                log.Tell("timeout");
                if (--_left == 0)
                    SetReceiveTimeout(null);
            });
            Receive<Quiet>(_ => { });
            Receive<string>(_ => log.Tell(Context.ReceiveTimeout is null ? "none set" : "set"));
        }
    }

    [Fact]
    public async Task Silence_is_told_again_and_again_until_the_timeout_is_taken_back()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var actor = local.Sys.ActorOf(Props.Create(() => new Patient(log.Ref, s_soon)));

        await log.Expect("timeout", "timeout", "timeout");
        actor.Tell("is one set?");

        await log.Expect("none set");
    }

    [Fact]
    public async Task What_does_not_influence_the_timeout_does_not_put_it_off()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var actor = local.Sys.ActorOf(Props.Create(() => new Patient(log.Ref, TimeSpan.FromMilliseconds(50))));

        // More often than the timeout, for as long as it takes: the timeout comes only if they do not put it off.
        using var quiet = (Cancelable)
            local.Sys.Scheduler.ScheduleTellRepeatedlyCancelable(s_soon, s_soon, actor, new Quiet(), ActorRefs.NoSender);

        await log.Expect("timeout");
    }

    [Fact]
    public async Task A_timeout_must_be_longer_than_zero()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        local.Sys.EventStream.Subscribe(log.Ref, typeof(Akka.Event.Error));

        local.Sys.ActorOf(Props.Create(() => new Patient(log.Ref, TimeSpan.Zero))); // fault

        Assert.Contains("longer than zero", (await log.Expect<Akka.Event.Error>()).ToString(), StringComparison.Ordinal);
    }
}
