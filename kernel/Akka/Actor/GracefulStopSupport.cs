using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Stopping an actor and knowing when it has stopped.</summary>
public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) =>
        target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>Sends the message and completes with true when the actor has stopped.</summary>
    /// <exception cref="TaskCanceledException">It has not within the time-out (real time).</exception>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var watched = (IInternalActorRef)target;
        if (watched.IsTerminated)
            return true;
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watcher = new StopWatcher(done, watched.Provider);
        watched.SendSystemMessage(new Watch(watched, watcher));
        target.Tell(stopMessage, ActorRefs.NoSender);
        using var timer = new CancellationTokenSource(timeout);
        await using var late = timer.Token.UnsafeRegister(
            _ => done.TrySetException(new TaskCanceledException($"{target} has not stopped after {timeout}.")),
            null
        );
        try
        {
            return await done.Task.ConfigureAwait(false);
        }
        finally
        {
            watched.SendSystemMessage(new Unwatch(watched, watcher));
            watcher.Forget();
        }
    }

    private sealed class StopWatcher : MinimalActorRef
    {
        private readonly TaskCompletionSource<bool> _done;

        public StopWatcher(TaskCompletionSource<bool> done, IActorRefProvider provider)
        {
            _done = done;
            Provider = provider;
            Path = provider.TempPath();
            provider.RegisterTempActor(this, Path);
        }

        public override ActorPath Path { get; }

        public override IActorRefProvider Provider { get; }

        public void Forget() => Provider.UnregisterTempActor(Path);

        public override void SendSystemMessage(ISystemMessage message)
        {
            if (message is DeathWatchNotification)
                _done.TrySetResult(true);
        }
    }
}
