using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Makes a dispatcher from its configuration; loaded by the class name in the key type.</summary>
public abstract class MessageDispatcherConfigurator
{
    protected MessageDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    {
        Config = config;
        Prerequisites = prerequisites;
    }

    public Config Config { get; }

    public IDispatcherPrerequisites Prerequisites { get; }

    /// <summary>The dispatcher: the same one for every call, or a new one if each actor is to have its own.</summary>
    public abstract MessageDispatcher Dispatcher();
}

internal sealed class ThreadPoolDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly MessageDispatcher _dispatcher;

    public ThreadPoolDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        _dispatcher = string.Equals(config.GetString("executor", ""), "fork-join-executor", StringComparison.Ordinal)
            ? new DedicatedThreadsDispatcher(this, DedicatedThreadsConfigurator.ThreadCount(config))
            : new ThreadPoolDispatcher(this);

    public override MessageDispatcher Dispatcher() => _dispatcher;
}

internal sealed class DedicatedThreadsConfigurator : MessageDispatcherConfigurator
{
    private readonly MessageDispatcher _dispatcher;

    public DedicatedThreadsConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _dispatcher = new DedicatedThreadsDispatcher(this, ThreadCount(config));

    public override MessageDispatcher Dispatcher() => _dispatcher;

    /// <summary>dedicated-thread-pool.thread-count, or what the fork-join keys make of the number of processors.</summary>
    public static int ThreadCount(Config config)
    {
        if (config.HasPath("dedicated-thread-pool.thread-count"))
        {
            var count = config.GetInt("dedicated-thread-pool.thread-count");
            return count >= 1
                ? count
                : throw new ConfigurationException(
                    $"Dispatcher '{config.GetString("id")}': thread-count is {count}; at least 1."
                );
        }
        var pool = config.GetConfig("fork-join-executor") ?? Config.Empty;
        var wanted = Math.Ceiling(Environment.ProcessorCount * pool.GetDouble("parallelism-factor", 1.0));
        return (int)Math.Clamp(wanted, pool.GetInt("parallelism-min", 8), pool.GetInt("parallelism-max", 64));
    }
}

internal sealed class PinnedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : MessageDispatcherConfigurator(config, prerequisites)
{
    public override MessageDispatcher Dispatcher() => new DedicatedThreadsDispatcher(this, threads: 1);
}

internal sealed class SynchronizedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : MessageDispatcherConfigurator(config, prerequisites)
{
    /// <summary>Bound to the synchronisation context (a user interface's, say) of the thread that creates the actor.</summary>
    public override MessageDispatcher Dispatcher() =>
        new SynchronizedDispatcher(
            this,
            SynchronizationContext.Current
                ?? throw new InvalidOperationException(
                    $"Dispatcher '{Config.GetString("id")}' runs on the caller's SynchronizationContext, and this thread has none."
                )
        );
}
