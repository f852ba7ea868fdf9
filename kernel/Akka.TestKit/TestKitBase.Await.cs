using Akka.Event;

namespace Akka.TestKit;

/// <summary>Asks again and again until something is so. Prefer a message: it comes when it is so.</summary>
public abstract partial class TestKitBase
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs an assertion until it does not throw; when the time is over its last exception is thrown.</summary>
    /// <param name="duration">How long at most, dilated; null is <see cref="RemainingOrDefault"/>.</param>
    /// <param name="interval">The pause between two attempts; 100 ms unless given.</param>
    public void AwaitAssert(
        Action assertion,
        TimeSpan? duration = null,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default
    ) => Await(Asserted(true, Async(assertion), duration, interval, cancellationToken));

    public Task AwaitAssertAsync(
        Action assertion,
        TimeSpan? duration = null,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default
    ) => Asserted(false, Async(assertion), duration, interval, cancellationToken).AsTask();

    public Task AwaitAssertAsync(
        Func<Task> assertion,
        TimeSpan? duration = null,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default
    ) => Asserted(false, assertion, duration, interval, cancellationToken).AsTask();

    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, null, null, cancellationToken);

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, null, cancellationToken);

    public void AwaitCondition(
        Func<bool> conditionIsFulfilled,
        TimeSpan? max,
        string? message,
        CancellationToken cancellationToken = default
    ) => AwaitCondition(conditionIsFulfilled, max, null, message, cancellationToken);

    /// <summary>Waits until the condition holds.</summary>
    /// <param name="max">How long at most, dilated; null is <see cref="RemainingOrDefault"/>.</param>
    /// <param name="interval">The pause between two attempts; 100 ms unless given.</param>
    public void AwaitCondition(
        Func<bool> conditionIsFulfilled,
        TimeSpan? max,
        TimeSpan? interval,
        string? message = null,
        CancellationToken cancellationToken = default
    ) => Await(Condition(true, Async(conditionIsFulfilled), max, interval, message, cancellationToken));

    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        Condition(false, conditionIsFulfilled, null, null, null, cancellationToken).AsTask();

    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        Condition(false, Async(conditionIsFulfilled), null, null, null, cancellationToken).AsTask();

    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled,
        TimeSpan? max,
        CancellationToken cancellationToken = default
    ) => Condition(false, conditionIsFulfilled, max, null, null, cancellationToken).AsTask();

    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled,
        TimeSpan? max,
        string? message,
        CancellationToken cancellationToken = default
    ) => Condition(false, conditionIsFulfilled, max, null, message, cancellationToken).AsTask();

    public Task AwaitConditionAsync(
        Func<bool> conditionIsFulfilled,
        TimeSpan? max,
        string? message,
        CancellationToken cancellationToken = default
    ) => Condition(false, Async(conditionIsFulfilled), max, null, message, cancellationToken).AsTask();

    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled,
        TimeSpan? max,
        TimeSpan? interval,
        string? message = null,
        CancellationToken cancellationToken = default
    ) => Condition(false, conditionIsFulfilled, max, interval, message, cancellationToken).AsTask();

    public Task AwaitConditionAsync(
        Func<bool> conditionIsFulfilled,
        TimeSpan? max,
        TimeSpan? interval,
        string? message = null,
        CancellationToken cancellationToken = default
    ) => Condition(false, Async(conditionIsFulfilled), max, interval, message, cancellationToken).AsTask();

    /// <summary>The same with an answer instead of a failure.</summary>
    /// <param name="max">How long at most, not dilated.</param>
    public bool AwaitConditionNoThrow(
        Func<bool> conditionIsFulfilled,
        TimeSpan max,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default
    ) => Holds(true, Async(conditionIsFulfilled), max, interval, cancellationToken).Wait();

    public Task<bool> AwaitConditionNoThrowAsync(
        Func<Task<bool>> conditionIsFulfilled,
        TimeSpan max,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default
    ) => Holds(false, conditionIsFulfilled, max, interval, cancellationToken).AsTask();

    public Task<bool> AwaitConditionNoThrowAsync(
        Func<bool> conditionIsFulfilled,
        TimeSpan max,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default
    ) => Holds(false, Async(conditionIsFulfilled), max, interval, cancellationToken).AsTask();

    /// <summary>Waits for the condition; when the time is over <paramref name="fail"/> is told and the answer is false.</summary>
    /// <param name="max">How long at most, not dilated.</param>
    /// <param name="fail">Gets a format and its arguments.</param>
    protected bool InternalAwaitCondition(
        Func<bool> conditionIsFulfilled,
        TimeSpan max,
        TimeSpan? interval,
        Action<string, object[]> fail,
        CancellationToken cancellationToken = default
    ) => InternalAwaitCondition(conditionIsFulfilled, max, interval, fail, null, cancellationToken);

    /// <param name="logger">Is told, at debug level, how long it took; may be null.</param>
    protected bool InternalAwaitCondition(
        Func<bool> conditionIsFulfilled,
        TimeSpan max,
        TimeSpan? interval,
        Action<string, object[]> fail,
        ILoggingAdapter? logger,
        CancellationToken cancellationToken = default
    ) => HoldsOrFails(true, Async(conditionIsFulfilled), max, interval, fail, logger, cancellationToken).Wait();

    protected Task<bool> InternalAwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled,
        TimeSpan max,
        TimeSpan? interval,
        Action<string, object[]> fail,
        CancellationToken cancellationToken = default
    ) => InternalAwaitConditionAsync(conditionIsFulfilled, max, interval, fail, null, cancellationToken);

    protected Task<bool> InternalAwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled,
        TimeSpan max,
        TimeSpan? interval,
        Action<string, object[]> fail,
        ILoggingAdapter? logger,
        CancellationToken cancellationToken = default
    ) => HoldsOrFails(false, conditionIsFulfilled, max, interval, fail, logger, cancellationToken).AsTask();

    private async ValueTask<bool> HoldsOrFails(
        bool blocking,
        Func<Task<bool>> condition,
        TimeSpan max,
        TimeSpan? interval,
        Action<string, object[]>? fail,
        ILoggingAdapter? logger,
        CancellationToken cancellationToken
    )
    {
        var start = Now;
        var holds = await Holds(blocking, condition, max, interval, cancellationToken);
        logger?.Debug("The condition {0} after {1}.", holds ? "held" : "did not hold", Now - start);
        if (!holds)
            fail?.Invoke("Timeout ({0}) while waiting for a condition.", [max]);
        return holds;
    }

    private async ValueTask Condition(
        bool blocking,
        Func<Task<bool>> condition,
        TimeSpan? max,
        TimeSpan? interval,
        string? message,
        CancellationToken cancellationToken
    )
    {
        var wait = RemainingOrDilated(max);
        if (!await Holds(blocking, condition, wait, interval, cancellationToken))
            throw Failed($"Timeout ({wait}) while waiting for a condition{Hint(message)}.");
    }

    private async ValueTask<bool> Holds(
        bool blocking,
        Func<Task<bool>> condition,
        TimeSpan max,
        TimeSpan? interval,
        CancellationToken cancellationToken
    )
    {
        var end = Now + max;
        while (!await condition())
        {
            if (Now >= end)
                return false;
            await _clock.Pause(blocking, Shorter(interval ?? DefaultInterval, Positive(end - Now)), cancellationToken);
        }
        return true;
    }

    private async ValueTask Asserted(
        bool blocking,
        Func<Task> assertion,
        TimeSpan? duration,
        TimeSpan? interval,
        CancellationToken cancellationToken
    )
    {
        var end = Now + RemainingOrDilated(duration);
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch (Exception e) when (Now < end && e is not OperationCanceledException)
            {
                // Not yet: once more after a pause.
            }
            await _clock.Pause(blocking, Shorter(interval ?? DefaultInterval, Positive(end - Now)), cancellationToken);
        }
    }

    private static Func<Task> Async(Action action) =>
        () =>
        {
            action();
            return Task.CompletedTask;
        };

    private static Func<Task<bool>> Async(Func<bool> condition) => () => Task.FromResult(condition());
}
