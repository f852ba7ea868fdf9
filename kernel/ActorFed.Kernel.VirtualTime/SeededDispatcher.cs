using Akka.Configuration;
using Akka.Dispatch;

namespace ActorFed.Kernel.VirtualTime;

/// <summary>
/// Runs the mailboxes of its actors one activation at a time on the pump thread of the system's <see cref="VirtualScheduler"/>, in an
/// order drawn from the seed. All dispatchers of a system that are of this type share that thread.
/// </summary>
public sealed class SeededDispatcher : MessageDispatcher
{
    private readonly VirtualWorld _world;

    internal SeededDispatcher(MessageDispatcherConfigurator configurator, VirtualWorld world)
        : base(configurator) => _world = world;

    /// <inheritdoc />
    protected override void ExecuteTask(IRunnable run) => _world.Enqueue(run.Run);

    /// <inheritdoc />
    protected override void Shutdown() { } // the thread belongs to the scheduler, which may serve another dispatcher
}

/// <summary>Loaded by the key <c>type</c> of a dispatcher; see <see cref="VirtualTimeHocon"/>.</summary>
public sealed class SeededDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly SeededDispatcher _dispatcher;

    /// <exception cref="ConfigurationException">The system's scheduler is not a <see cref="VirtualScheduler"/>.</exception>
    public SeededDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites)
    {
        if (prerequisites.Scheduler is not VirtualScheduler scheduler)
        {
            throw new ConfigurationException(
                $"A dispatcher of type {nameof(SeededDispatcher)} needs akka.scheduler.implementation = \"{VirtualTimeHocon.SchedulerClass}\", "
                    + $"but the scheduler is {prerequisites.Scheduler.GetType()}."
            );
        }
        _dispatcher = new SeededDispatcher(this, scheduler.World);
    }

    /// <inheritdoc />
    public override MessageDispatcher Dispatcher() => _dispatcher;
}
