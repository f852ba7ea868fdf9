using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using static Akka.Actor.CoordinatedShutdown;

namespace Akka.Tests.Actor;

public sealed class CoordinatedShutdownSpec
{
    private const string Phases = """
        akka.coordinated-shutdown {
          default-phase-timeout = 3 s
          phases {
            service-unbind { timeout = 1 ms }
            service-stop { timeout = 1 ms, recover = off }
            service-requests-done { recover = off }
            cluster-leave { enabled = off }
          }
        }
        """;

    private static readonly Task<Done> s_never = new TaskCompletionSource<Done>().Task;

    private static void Note(CoordinatedShutdown shutdown, string phase, List<string> order) =>
        shutdown.AddTask(
            phase,
            "note",
            () =>
            {
                order.Add(phase);
                return Task.FromResult(Done.Instance);
            }
        );

    [Fact]
    public async Task A_phase_that_times_out_is_left_behind_and_the_next_ones_run()
    {
        await using var local = new LocalSystem(Phases);
        var (shutdown, order) = (Get(local.Sys), new List<string>());
        shutdown.AddTask(PhaseServiceUnbind, "hangs", () => s_never);
        Note(shutdown, PhaseServiceRequestsDone, order);

        await LocalSystem.Soon(shutdown.Run(UnknownReason.Instance));

        Assert.Equal([PhaseServiceRequestsDone], order);
        Assert.True(local.Sys.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_time_out_without_recover_ends_the_shutdown()
    {
        await using var local = new LocalSystem(Phases + "\nakka.coordinated-shutdown.run-by-actor-system-terminate = off");
        var (shutdown, order) = (Get(local.Sys), new List<string>());
        shutdown.AddTask(PhaseServiceStop, "hangs", () => s_never);
        Note(shutdown, PhaseBeforeClusterShutdown, order);

        var late = await Assert.ThrowsAsync<TimeoutException>(() => LocalSystem.Soon(shutdown.Run(UnknownReason.Instance)));

        Assert.Contains("[service-stop] timed out", late.Message, StringComparison.Ordinal);
        Assert.Empty(order);
        Assert.False(local.Sys.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task A_failed_task_without_recover_ends_the_shutdown_with_its_failure()
    {
        await using var local = new LocalSystem(Phases + "\nakka.coordinated-shutdown.run-by-actor-system-terminate = off");
        var (shutdown, order) = (Get(local.Sys), new List<string>());
        shutdown.AddTask(PhaseServiceRequestsDone, "fails", () => throw new InvalidOperationException("broken"));
        Note(shutdown, PhaseServiceStop, order);

        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            LocalSystem.Soon(shutdown.Run(UnknownReason.Instance))
        );

        Assert.Equal("broken", failed.Message);
        Assert.Empty(order);
    }

    [Fact]
    public async Task It_can_begin_at_a_later_phase_and_a_disabled_one_is_passed_over()
    {
        await using var local = new LocalSystem(Phases);
        var (shutdown, order) = (Get(local.Sys), new List<string>());
        foreach (var phase in (string[])[PhaseServiceUnbind, PhaseServiceRequestsDone, PhaseClusterLeave, PhaseClusterExiting])
            Note(shutdown, phase, order);

        await LocalSystem.Soon(shutdown.Run(UnknownReason.Instance, PhaseServiceRequestsDone));

        Assert.Equal([PhaseServiceRequestsDone, PhaseClusterExiting], order);
    }

    [Fact]
    public async Task Time_outs_come_from_the_phase_or_the_default_and_add_up_for_phases_with_tasks()
    {
        await using var local = new LocalSystem(Phases);
        var shutdown = Get(local.Sys);
        var before = shutdown.TotalTimeout;

        Note(shutdown, PhaseServiceRequestsDone, []);
        Note(shutdown, PhaseServiceUnbind, []);

        Assert.Equal(TimeSpan.FromSeconds(3), shutdown.Timeout(PhaseServiceRequestsDone));
        Assert.Equal(TimeSpan.FromMilliseconds(3001), shutdown.TotalTimeout - before);
        Assert.Throws<ConfigurationException>(() => Note(shutdown, "no-such-phase", []));
        Assert.Throws<ArgumentException>(() => shutdown.AddTask(PhaseServiceStop, "", () => s_never));
    }

    [Fact]
    public async Task Phases_that_depend_on_each_other_in_a_circle_are_refused()
    {
        const string Circle = "akka.coordinated-shutdown.phases { a { depends-on = [b] }, b { depends-on = [a] } }";

        var circle = await Assert.ThrowsAsync<ArgumentException>(async () => await new LocalSystem(Circle).DisposeAsync());

        Assert.Contains("Cycle detected", circle.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_the_process_does_nothing_to_a_system_that_has_ended()
    {
        var local = new LocalSystem("akka.coordinated-shutdown.run-by-actor-system-terminate = off");
        var (shutdown, order) = (Get(local.Sys), new List<string>());
        Note(shutdown, PhaseBeforeServiceUnbind, order);
        await local.DisposeAsync();

        ShutdownHooks.OnProcessExit(shutdown);

        Assert.Empty(order);
        Assert.Null(shutdown.ShutdownReason);
    }

    [Fact]
    public async Task The_end_of_the_process_survives_a_shutdown_that_fails()
    {
        await using var local = new LocalSystem(Phases + "\nakka.coordinated-shutdown.run-by-actor-system-terminate = off");
        var shutdown = Get(local.Sys);
        shutdown.AddTask(PhaseServiceRequestsDone, "fails", () => throw new InvalidOperationException("broken"));

        ShutdownHooks.OnProcessExit(shutdown);

        Assert.Same(ClrExitReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task Phases_that_run_after_the_end_of_the_system_still_have_their_time_outs()
    {
        var local = new LocalSystem(Phases + "\nakka.coordinated-shutdown.run-by-actor-system-terminate = off");
        var (shutdown, order) = (Get(local.Sys), new List<string>());
        shutdown.AddTask(PhaseServiceUnbind, "hangs", () => s_never);
        Note(shutdown, PhaseServiceRequestsDone, order);
        await local.DisposeAsync();

        await LocalSystem.Soon(shutdown.Run(UnknownReason.Instance));

        Assert.Equal([PhaseServiceRequestsDone], order);
    }

    [Theory]
    [MemberData(nameof(ChildProcess.Scenarios), MemberType = typeof(ChildProcess))]
    public async Task A_process_ends_normally_whether_or_not_its_system_was_disposed(string scenario)
    {
        var (code, output, errors) = await ChildProcess.Run(scenario);

        Assert.Equal(("", "shutdown ran", 0), (errors, output.Trim(), code));
    }
}
