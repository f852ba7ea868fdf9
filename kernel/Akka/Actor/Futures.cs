using Akka.Dispatch;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Asking: a message out, a task of the answer back.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    /// <summary>Sends a message and completes with the first answer.</summary>
    /// <param name="timeout">How long to wait in real time; null is akka.actor.ask-timeout.</param>
    /// <exception cref="AskTimeoutException">Nothing came in time.</exception>
    /// <exception cref="ArgumentException">The answer is no <typeparamref name="T"/>.</exception>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        Send<T>(self, static (_, state) => state!, message, timeout, cancellationToken);

    /// <summary>The same with a message that holds the reference to answer to.</summary>
    public static Task<T> Ask<T>(
        this ICanTell self,
        Func<IActorRef, object> messageFactory,
        TimeSpan? timeout,
        CancellationToken cancellationToken
    ) => Send<T>(self, static (to, state) => ((Func<IActorRef, object>)state!)(to), messageFactory, timeout, cancellationToken);

    private static Task<T> Send<T>(
        ICanTell self,
        Func<IActorRef, object?, object> message,
        object? state,
        TimeSpan? timeout,
        CancellationToken cancellationToken
    )
    {
        var provider =
            ProviderOf(self)
            ?? throw new ArgumentException("Unable to resolve the target Provider: ask an actor or a selection.", nameof(self));
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var future = new FutureActorRef<T>(result, provider);
        var wait = timeout ?? provider.Settings.AskTimeout;
        if (wait != Timeout.InfiniteTimeSpan || cancellationToken.CanBeCanceled)
            GiveUp(result, future, wait, cancellationToken);
        self.Tell(message(future, state), future);
        ActorThread.BeforeWait(); // an actor that blocks on the answer must not hold the one that gives it
        return result.Task;
    }

    private static void GiveUp<T>(
        TaskCompletionSource<T> result,
        FutureActorRef<T> future,
        TimeSpan wait,
        CancellationToken cancel
    )
    {
        var timer =
            wait == Timeout.InfiniteTimeSpan ? null : new CancellationTokenSource(wait < TimeSpan.Zero ? TimeSpan.Zero : wait);
        var timedOut = timer?.Token.UnsafeRegister(
            _ =>
            {
                if (result.TrySetException(new AskTimeoutException($"Timeout after {wait} seconds")))
                    future.Finish();
            },
            null
        );
        var cancelled = cancel.UnsafeRegister(
            _ =>
            {
                if (result.TrySetCanceled(cancel))
                    future.Finish();
            },
            null
        );
        _ = result.Task.ContinueWith(
            _ =>
            {
                timedOut?.Dispose();
                cancelled.Dispose();
                timer?.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    internal static IActorRefProvider? ProviderOf(ICanTell target) =>
        target switch
        {
            IInternalActorRef actor and not Nobody => actor.Provider,
            ActorSelection selection => ProviderOf(selection.Anchor),
            _ => ActorCell.Current?.SystemImpl.Provider,
        };
}
