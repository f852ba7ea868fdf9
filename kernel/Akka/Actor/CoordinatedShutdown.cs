using System.Collections.Immutable;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Ends a system in phases: tasks registered for a phase run together, phases after those they depend on, all of it once.</summary>
public sealed class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ImmutableList<(string Name, Func<Task<Done>> Task)>> _tasks = new(StringComparer.Ordinal);
    private readonly ShutdownPhases _phases;
    private readonly ILoggingAdapter _log;
    private Task<Done>? _run;

    internal CoordinatedShutdown(ExtendedActorSystem system)
    {
        System = system;
        _phases = new ShutdownPhases(system.Settings.Config.GetConfig("akka.coordinated-shutdown")!);
        _log = Logging.GetLogger(system, typeof(CoordinatedShutdown));
    }

    public ExtendedActorSystem System { get; }

    /// <summary>Why the shutdown runs, or has run; null before.</summary>
    public Reason ShutdownReason { get; private set; } = null!;

    /// <summary>The sum of the time-outs of the phases that have tasks.</summary>
    public TimeSpan TotalTimeout
    {
        get
        {
            lock (_gate)
                return _tasks.Keys.Aggregate(TimeSpan.Zero, (sum, phase) => sum + _phases.Timeout(phase));
        }
    }

    public static CoordinatedShutdown Get(ActorSystem sys) => new CoordinatedShutdownExtension().Apply(sys);

    public TimeSpan Timeout(string phase) => _phases.Timeout(phase);

    /// <summary>Adds work to a phase. Added while the phase runs, or later, it does not run any more.</summary>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (!_phases.Known(phase))
            throw new ConfigurationException(
                $"Unknown phase [{phase}], known phases [{string.Join(", ", _phases.Ordered)}]. All phases must be defined in configuration."
            );
        if (string.IsNullOrEmpty(taskName))
            throw new ArgumentException("Set a task name when adding tasks to the Coordinated Shutdown.", nameof(taskName));
        lock (_gate)
            _tasks[phase] = _tasks.GetValueOrDefault(phase, []).Add((taskName, task));
    }

    /// <summary>Runs the phases, from one of them on if it is named. Every further call gives the task of the first.</summary>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        TaskCompletionSource<Done> done;
        lock (_gate)
        {
            if (_run is not null)
                return _run;
            ShutdownReason = reason;
            done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _run = done.Task;
        }
        _ = Task.Run(() => RunAsync(fromPhase, done));
        return done.Task;
    }

    private async Task RunAsync(string? fromPhase, TaskCompletionSource<Done> done)
    {
        try
        {
            await RunPhasesAsync(fromPhase).ConfigureAwait(false);
            done.TrySetResult(Done.Instance);
        }
        catch (Exception e)
        {
            done.TrySetException(e);
        }
    }

    private async Task RunPhasesAsync(string? fromPhase)
    {
        using var timer = new PhaseTimer(System.Scheduler, TotalTimeout); // so that a virtual clock does not jump between two phases either
        foreach (var phase in _phases.From(fromPhase))
            await RunPhaseAsync(phase).ConfigureAwait(false);
    }

    private async Task RunPhaseAsync(string phase)
    {
        if (!_phases.Enabled(phase))
            return;
        ImmutableList<(string Name, Func<Task<Done>> Task)> tasks;
        lock (_gate)
            tasks = _tasks.GetValueOrDefault(phase, []);
        if (tasks.Count == 0)
            return;
        var recover = _phases.Recover(phase);
        using var timer = new PhaseTimer(System.Scheduler, _phases.Timeout(phase)); // before the tasks: one of them ends the scheduler
        var all = Task.WhenAll(tasks.Select(t => RunTaskAsync(phase, t.Name, t.Task, recover)));
        var first = await Task.WhenAny(all, timer.Elapsed).ConfigureAwait(false);
        if (first == all)
        {
            await all.ConfigureAwait(false);
            return;
        }
        _log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", phase, _phases.Timeout(phase));
        if (!recover)
            throw new TimeoutException($"Coordinated shutdown phase [{phase}] timed out after {_phases.Timeout(phase)}");
    }

    private async Task RunTaskAsync(string phase, string name, Func<Task<Done>> task, bool recover)
    {
        try
        {
            await task().ConfigureAwait(false);
        }
        catch (Exception e) when (recover)
        {
            _log.Warning(e, "Task [{0}] failed in phase [{1}]: {2}", name, phase, e.Message);
        }
    }

    /// <summary>Why a system ends.</summary>
    public class Reason
    {
        protected Reason() { }
    }

    public class UnknownReason : Reason
    {
        public static readonly Reason Instance = new UnknownReason();

        private UnknownReason() { }
    }

    public class ActorSystemTerminateReason : Reason
    {
        public static readonly Reason Instance = new ActorSystemTerminateReason();

        private ActorSystemTerminateReason() { }
    }

    public class ClrExitReason : Reason
    {
        public static readonly Reason Instance = new ClrExitReason();

        private ClrExitReason() { }
    }

    public class ClusterDowningReason : Reason
    {
        public static readonly Reason Instance = new ClusterDowningReason();

        private ClusterDowningReason() { }
    }

    public class ClusterLeavingReason : Reason
    {
        public static readonly Reason Instance = new ClusterLeavingReason();

        private ClusterLeavingReason() { }
    }

    public class ClusterJoinUnsuccessfulReason : Reason
    {
        public static readonly Reason Instance = new ClusterJoinUnsuccessfulReason();

        private ClusterJoinUnsuccessfulReason() { }
    }
}

public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system)
    {
        var shutdown = new CoordinatedShutdown(system);
        var config = system.Settings.Config.GetConfig("akka.coordinated-shutdown")!;
        ShutdownHooks.AddTermination(shutdown, config);
        ShutdownHooks.AddProcessExit(shutdown, config);
        return shutdown;
    }
}
