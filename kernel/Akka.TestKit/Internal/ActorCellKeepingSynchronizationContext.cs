using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Makes the test actor the sender of what a test tells, also after an await that went on in another thread.</summary>
internal sealed class ActorCellKeepingSynchronizationContext(ActorCell cell) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) =>
        ThreadPool.UnsafeQueueUserWorkItem(_ => Run(d, state), null);

    public override void Send(SendOrPostCallback d, object? state) => Run(d, state);

    public override SynchronizationContext CreateCopy() => new ActorCellKeepingSynchronizationContext(cell);

    private void Run(SendOrPostCallback d, object? state)
    {
        var (context, running) = (Current, ActorCell.Enter(cell));
        SetSynchronizationContext(this);
        try
        {
            d(state);
        }
        finally
        {
            SetSynchronizationContext(context);
            ActorCell.Restore(running);
        }
    }
}
