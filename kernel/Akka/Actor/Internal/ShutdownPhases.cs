using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor.Internal;

/// <summary>The phases of akka.coordinated-shutdown.phases in an order that respects depends-on.</summary>
internal sealed class ShutdownPhases
{
    private readonly Dictionary<string, Phase> _phases = new(StringComparer.Ordinal);

    public ShutdownPhases(Config config)
    {
        var standard = config.GetTimeSpan("default-phase-timeout");
        var phases = config.GetConfig("phases");
        foreach (var (name, _) in phases?.AsEnumerable() ?? [])
        {
            var phase = phases!.GetConfig(name) ?? Config.Empty;
            var before = phase.HasPath("depends-on") ? phase.GetStringList("depends-on") : [];
            _phases[name] = new Phase(
                [.. before],
                phase.GetTimeSpan("timeout", standard, allowInfinite: false),
                phase.GetBoolean("recover", true),
                phase.GetBoolean("enabled", true)
            );
        }
        Ordered = Sort();
    }

    public IReadOnlyList<string> Ordered { get; }

    public bool Known(string phase) => Ordered.Contains(phase, StringComparer.Ordinal);

    public TimeSpan Timeout(string phase) => Of(phase).Timeout;

    public bool Recover(string phase) => Of(phase).Recover;

    public bool Enabled(string phase) => Of(phase).Enabled;

    private Phase Of(string phase) =>
        _phases.TryGetValue(phase, out var found)
            ? found
            : throw new ArgumentException($"Unknown phase [{phase}]. All phases must be defined in configuration.");

    /// <summary>All phases, or those from one on.</summary>
    public IEnumerable<string> From(string? first)
    {
        if (first is null)
            return Ordered;
        _ = Of(first);
        return Ordered.SkipWhile(p => !string.Equals(p, first, StringComparison.Ordinal));
    }

    private List<string> Sort()
    {
        var sorted = new List<string>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var open = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in _phases.Keys.Order(StringComparer.Ordinal))
            Visit(name);
        return sorted;

        void Visit(string name)
        {
            if (done.Contains(name))
                return;
            if (!open.Add(name))
                throw new ArgumentException(
                    $"Cycle detected in graph of phases. It must be a DAG. phase [{name}] depends transitively on itself."
                );
            foreach (var before in _phases.GetValueOrDefault(name)?.DependsOn ?? [])
                Visit(before);
            open.Remove(name);
            done.Add(name);
            if (_phases.ContainsKey(name))
                sorted.Add(name);
        }
    }

    private sealed record Phase(string[] DependsOn, TimeSpan Timeout, bool Recover, bool Enabled);
}

/// <summary>What ends together with the phases: the actor system, and the process.</summary>
internal static class ShutdownHooks
{
    public static void AddTermination(CoordinatedShutdown shutdown, Config config)
    {
        if (!config.GetBoolean("terminate-actor-system"))
            return;
        var exit = config.GetBoolean("exit-clr");
        shutdown.AddTask(
            CoordinatedShutdown.PhaseActorSystemTerminate,
            "terminate-system",
            async () =>
            {
                await ((ActorSystemImpl)shutdown.System).FinalTerminate().ConfigureAwait(false);
                if (exit && shutdown.ShutdownReason is not CoordinatedShutdown.ClrExitReason)
                    Environment.Exit(0);
                return Done.Instance;
            }
        );
    }

    public static void AddProcessExit(CoordinatedShutdown shutdown, Config config)
    {
        if (!config.GetBoolean("run-by-clr-shutdown-hook"))
            return;
        var weak = new WeakReference<CoordinatedShutdown>(shutdown); // the process must not keep every system that ever was
        EventHandler hook = (_, _) =>
        {
            if (weak.TryGetTarget(out var alive))
                OnProcessExit(alive);
        };
        AppDomain.CurrentDomain.ProcessExit += hook;
        shutdown.System.RegisterOnTermination(() => AppDomain.CurrentDomain.ProcessExit -= hook);
    }

    /// <summary>Nothing for a system that has ended. What fails is logged: thrown here it would turn a normal exit into a crash.</summary>
    internal static void OnProcessExit(CoordinatedShutdown shutdown)
    {
        if (shutdown.System.WhenTerminated.IsCompleted)
            return;
        try
        {
            shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).Wait(shutdown.TotalTimeout);
        }
        catch (AggregateException e)
        {
            shutdown.System.Log.Warning(e.GetBaseException(), "The shutdown at the end of the process failed");
        }
    }
}
