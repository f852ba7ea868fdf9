using Akka;
using Akka.Actor;
using static ActorFed.Kernel.VirtualTime.Tests.Virtual;
using static Akka.Actor.CoordinatedShutdown;

namespace ActorFed.Kernel.VirtualTime.Tests;

/// <summary>Phases of the coordinated shutdown do real work: the virtual clock must not outrun them.</summary>
public sealed class ShutdownTests
{
    // Not recovered, so that a phase that times out ends the shutdown with a TimeoutException.
    private static string Phase(string name, string timeout) =>
        $"akka.coordinated-shutdown.phases.{name} {{ timeout = {timeout}, recover = off }}";

    [Fact]
    public async Task A_system_ends_without_a_time_out()
    {
        for (var i = 0; i < 50; i++)
        {
            var system = Start(Phase(PhaseActorSystemTerminate, "10 s"));
            for (var child = 0; child < 20; child++)
                system.ActorOf(Handler.Props((_, _) => { }));

            await Get(system).Run(ClrExitReason.Instance);

            Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
        }
    }

    [Fact]
    public async Task The_clock_does_not_run_away_from_a_task_that_works()
    {
        var system = Start(Phase(PhaseServiceStop, "10 s"));
        var fired = false;
        Get(system)
            .AddTask(
                PhaseServiceStop,
                "works",
                () =>
                {
                    system.Scheduler.Advanced.ScheduleRepeatedly(Seconds(11), Seconds(11), () => fired = true);
                    return Task.Run(() => Work(system.Clock()));
                }
            );

        await Get(system).Run(ClrExitReason.Instance);

        Assert.False(fired);
        Assert.InRange(system.Clock().Elapsed, TimeSpan.Zero, Seconds(10));
    }

    [Fact]
    public async Task A_task_may_wait_on_the_clock_after_work_of_its_own()
    {
        var system = Start(Phase(PhaseServiceStop, "10 s"));
        var due = Gate<Done>();
        Get(system)
            .AddTask(
                PhaseServiceStop,
                "works, then waits",
                async () =>
                {
                    await Task.Run(() => Work(system.Clock()));
                    system.Scheduler.Advanced.ScheduleOnce(Seconds(0.02), () => due.SetResult(Done.Instance));
                    return await due.Task;
                }
            );

        await Get(system).Run(ClrExitReason.Instance);

        Assert.InRange(system.Clock().Elapsed, Seconds(0.02), Seconds(10));
    }

    [Fact]
    public async Task After_the_phases_of_a_system_that_stays_the_clock_jumps_again()
    {
        var system = Start("akka.coordinated-shutdown.terminate-actor-system = off");
        Get(system).AddTask(PhaseServiceStop, "works", () => Task.FromResult(Done.Instance));
        var due = Gate<Done>();

        await Get(system).Run(ClrExitReason.Instance);
        system.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromDays(1), () => due.SetResult(Done.Instance));

        await due.Task;
        ((ExtendedActorSystem)system).Abort();
        await system.WhenTerminated;
    }

    private static Done Work(VirtualScheduler clock)
    {
        for (var i = 0; i < 100; i++)
            clock.Pause().Dispose(); // lets whatever could run come to its end
        return Done.Instance;
    }

    [Theory]
    [InlineData("on")]
    [InlineData("off")]
    public async Task A_task_that_never_ends_times_out_and_the_next_phase_runs(string recover)
    {
        var system = Start($"akka.coordinated-shutdown.phases.{PhaseServiceStop} {{ timeout = 20 ms, recover = {recover} }}");
        var next = false;
        Get(system).AddTask(PhaseServiceStop, "never ends", () => Gate<Done>().Task);
        Get(system)
            .AddTask(
                PhaseBeforeClusterShutdown,
                "next",
                () =>
                {
                    next = true;
                    return Task.FromResult(Done.Instance);
                }
            );

        var late = await Record.ExceptionAsync(() => Get(system).Run(ClrExitReason.Instance));

        Assert.Equal(recover == "on", next);
        if (recover == "off")
            Assert.Contains(PhaseServiceStop, Assert.IsType<TimeoutException>(late).Message, StringComparison.Ordinal);
        else
            Assert.Null(late);
        ((ExtendedActorSystem)system).Abort();
        await system.WhenTerminated;
    }

    [Fact]
    public async Task An_actor_that_does_not_stop_is_left_behind_after_the_time_out()
    {
        var system = Start(Phase(PhaseActorSystemTerminate, "20 ms"));
        using var hangs = new ManualResetEventSlim();
        using (system.Clock().Hold())
            system.ActorOf(Akka.Actor.Props.Create(() => new Hanging(hangs)));

        await Assert.ThrowsAsync<TimeoutException>(() => Get(system).Run(ClrExitReason.Instance));

        Assert.False(system.WhenTerminated.IsCompleted);
        hangs.Set();
        await system.WhenTerminated;
    }

    [Theory]
    [InlineData("on")]
    [InlineData("off")]
    public async Task Terminate_ends_the_system_with_and_without_phases(string phases)
    {
        var system = Start($"akka.coordinated-shutdown.run-by-actor-system-terminate = {phases}");
        var ran = false;
        Get(system)
            .AddTask(
                PhaseServiceStop,
                "runs",
                () =>
                {
                    ran = true;
                    return Task.FromResult(Done.Instance);
                }
            );

        await system.Terminate();

        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
        Assert.Equal(phases == "on", ran);
    }

    private sealed class Hanging(ManualResetEventSlim until) : UntypedActor
    {
        protected override void PostStop() => until.Wait();

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
