using Akka.Actor;
using Akka.Event;
using static Akka.TestKit.Tests.Clocks;

namespace Akka.TestKit.Tests;

/// <summary>The scheduler that the test moves.</summary>
public sealed class TestSchedulerSpec() : Xunit2.TestKit(ByHand)
{
    private readonly List<string> _trace = [];

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    private Action Note(string what)
    {
        var start = Time.Now;
        return () => _trace.Add($"{what}@{(Time.Now - start).TotalSeconds}");
    }

    [Fact]
    public void Nothing_happens_before_its_time()
    {
        Time.ScheduleTellOnce(Seconds(3), TestActor, "now", TestActor);
        Time.Advance(Seconds(2.9));
        Assert.False(HasMessages);
        Time.Advance(Seconds(0.1));
        Assert.Equal("now", ReceiveOne(TimeSpan.Zero));
        Time.Advance(Seconds(10));
        Assert.False(HasMessages);
    }

    [Fact]
    public void AdvanceTo_goes_to_a_point_in_time_and_never_back()
    {
        Time.ScheduleOnce(Seconds(3), Note("a"));
        var goal = Time.Now + Seconds(5);
        Time.AdvanceTo(goal);
        Assert.Equal(goal, Time.Now);
        Assert.Equal(["a@3"], _trace);
        Assert.Contains("backwards", Assert.Throws<InvalidOperationException>(() => Time.AdvanceTo(goal - Seconds(1))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Time.Advance(Seconds(-1)));
        Assert.Equal(goal, Time.Now);
    }

    [Fact]
    public void A_repetition_runs_as_often_as_it_fits_at_its_own_times()
    {
        Time.ScheduleRepeatedly(Seconds(1), Seconds(2), Note("beat"));
        Time.Advance(Seconds(6));
        Assert.Equal(["beat@1", "beat@3", "beat@5"], _trace);
        Time.Advance(Seconds(1));
        Assert.Equal("beat@7", _trace[^1]);
    }

    [Fact]
    public void What_is_due_together_runs_in_the_order_of_its_scheduling()
    {
        Time.ScheduleOnce(Seconds(2), Note("later"));
        Time.ScheduleOnce(Seconds(1), Note("a"));
        Time.ScheduleOnce(Seconds(1), Note("b"));
        Time.Advance(Seconds(2));
        Assert.Equal(["a@1", "b@1", "later@2"], _trace);
    }

    [Fact]
    public void Work_that_is_scheduled_during_an_advance_runs_in_it_when_it_is_due()
    {
        var (next, beyond) = (Note("next"), Note("beyond"));
        Time.ScheduleOnce(
            Seconds(1),
            () =>
            {
                Time.ScheduleOnce(Seconds(1), next);
                Time.ScheduleOnce(Seconds(9), beyond);
            }
        );
        Time.Advance(Seconds(5));
        Assert.Equal(["next@2"], _trace);
    }

    [Fact]
    public void Cancelled_work_does_not_run_not_even_a_repetition_under_way()
    {
        using var once = new Cancelable(Sys.Scheduler);
        using var often = new Cancelable(Sys.Scheduler);
        Time.ScheduleOnce(Seconds(1), Note("once"), once);
        var beat = Note("beat");
        Time.ScheduleRepeatedly(
            Seconds(1),
            Seconds(1),
            () =>
            {
                beat();
                if (_trace.Count == 2)
                    often.Cancel();
            },
            often
        );
        once.Cancel();
        Time.Advance(Seconds(9));
        Assert.Equal(["beat@1", "beat@2"], _trace);
    }

    [Fact]
    public void An_action_that_fails_is_logged_and_stops_nothing()
    {
        Time.ScheduleOnce(Seconds(1), () => throw new NotSupportedException("bad timer"));
        Time.ScheduleOnce(Seconds(2), Note("after"));
        EventFilter.Exception<NotSupportedException>("bad timer").ExpectOne(() => Time.Advance(Seconds(3)));
        Assert.Equal(["after@2"], _trace);
    }

    [Fact]
    public void Delays_below_zero_and_intervals_that_never_pass_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Time.ScheduleOnce(Seconds(-1), () => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Time.ScheduleRepeatedly(Seconds(1), TimeSpan.Zero, () => { }));
    }

    [Fact]
    public void Timers_and_receive_timeouts_of_actors_are_on_its_clock()
    {
        var probe = CreateTestProbe();
        var actor = ActorOfAsTestActorRef<Patient>(Props.Create(() => new Patient(probe.Ref)));
        Time.Advance(Seconds(4));
        Assert.Equal("tick", probe.ReceiveOne(TimeSpan.Zero));
        Time.Advance(Seconds(5)); // the tick was a message: the silence began with it
        Assert.False(probe.HasMessages);
        Time.Advance(Seconds(5));
        Assert.Equal("silence", probe.ReceiveOne(TimeSpan.Zero));
        Assert.NotNull(actor.UnderlyingActor);
    }

    [Fact]
    public void Waits_are_on_its_clock()
    {
        var start = Now;
        Time.Advance(Seconds(7));
        Assert.Equal(Seconds(7), Now - start);
        var quiet = Task.Run(() => ExpectNoMsg(Seconds(60)));
        AwaitAdvance(quiet);
        Assert.True(Now - start >= Seconds(67));
    }

    /// <summary>Moves the clock until a wait in another thread has noticed.</summary>
    private void AwaitAdvance(Task wait)
    {
        while (!wait.IsCompleted)
        {
            Time.Advance(Seconds(1));
            Thread.Yield();
        }
        wait.GetAwaiter().GetResult();
    }

    private sealed class Patient : UntypedActor, IWithTimers
    {
        private readonly IActorRef _report;

        public Patient(IActorRef report) => _report = report;

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart()
        {
            Timers.StartSingleTimer("tick", "tick", Seconds(4));
            Context.SetReceiveTimeout(Seconds(10));
        }

        protected override void OnReceive(object message) => _report.Tell(message is ReceiveTimeout ? "silence" : message);
    }
}
