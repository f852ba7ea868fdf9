namespace Akka.Dispatch;

/// <summary>Work for a dispatcher; also a work item of the thread pool, so that scheduling it allocates nothing.</summary>
public interface IRunnable : IThreadPoolWorkItem
{
    void Run();
}

internal sealed class ActionRunnable(Action action) : IRunnable
{
    public void Run() => action();

    public void Execute() => action();
}
