namespace Akka.Dispatch;

/// <summary>Runs mailboxes on the process's thread pool; a mailbox is its own work item.</summary>
internal sealed class ThreadPoolDispatcher(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
{
    protected override void ExecuteTask(IRunnable run)
    {
        if (run is not Mailbox mailbox || !ActorThread.TryPark(this, mailbox))
            ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);
    }

    internal override void RunOnPool(Mailbox mailbox) => ActorThread.RunOnPool(this, mailbox);

    /// <summary>Behind all others that wait.</summary>
    internal override void ExecuteAgain(Mailbox mailbox) => ActorThread.Queue(mailbox);

    protected override void Shutdown() { }
}

/// <summary>Runs mailboxes on threads of its own, so that long work (training) holds up nobody else.</summary>
internal sealed class DedicatedThreadsDispatcher(MessageDispatcherConfigurator configurator, int threads)
    : MessageDispatcher(configurator)
{
    private readonly Queue<IRunnable> _work = new();
    private int _running;
    private int _idle;
    private bool _stopping;

    protected override void ExecuteTask(IRunnable run)
    {
        lock (_work)
        {
            _stopping = false;
            _work.Enqueue(run);
            if (_work.Count > _idle && _running < threads)
                StartThread();
            else
                Monitor.Pulse(_work);
        }
    }

    private void StartThread()
    {
        var name = $"{Id}_{++_running}";
        var background = !string.Equals(
            Configurator.Config.GetString("dedicated-thread-pool.threadtype", "background"),
            "foreground",
            StringComparison.OrdinalIgnoreCase
        );
        new Thread(Work) { IsBackground = background, Name = name }.Start();
    }

    private void Work()
    {
        while (Take() is { } run)
            run.Run();
    }

    /// <summary>The next piece of work, or null when the thread is to end.</summary>
    private IRunnable? Take()
    {
        lock (_work)
        {
            IRunnable? run;
            while (!_work.TryDequeue(out run))
            {
                if (_stopping)
                {
                    _running--;
                    return null;
                }
                _idle++;
                Monitor.Wait(_work);
                _idle--;
            }
            return run;
        }
    }

    internal override void WhenEmpty() => Shutdown();

    protected override void Shutdown()
    {
        lock (_work)
        {
            _stopping = true;
            Monitor.PulseAll(_work);
        }
    }
}

/// <summary>Posts every turn to one synchronisation context.</summary>
internal sealed class SynchronizedDispatcher(MessageDispatcherConfigurator configurator, SynchronizationContext context)
    : MessageDispatcher(configurator)
{
    protected override void ExecuteTask(IRunnable run) => context.Post(static state => ((IRunnable)state!).Run(), run);

    protected override void Shutdown() { }
}
