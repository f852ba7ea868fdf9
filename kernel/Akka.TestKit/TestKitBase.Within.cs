namespace Akka.TestKit;

/// <summary>A block must take at least and at most so long; the waits in it get what is left.</summary>
/// <remarks>
/// A block that ends with ExpectNoMsg, or another wait for silence, is not called late: that wait ends when the time does. The maximum is
/// dilated and never longer than that of a surrounding Within; the minimum is not dilated.
/// </remarks>
public abstract partial class TestKitBase
{
    /// <param name="epsilonValue">How much later than the maximum the block may end.</param>
    public void Within(
        TimeSpan max,
        Action action,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default
    ) => Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    public void Within(
        TimeSpan min,
        TimeSpan max,
        Action action,
        string? hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default
    ) =>
        Within(
            min,
            max,
            () =>
            {
                action();
                return true;
            },
            hint,
            epsilonValue,
            cancellationToken
        );

    public T Within<T>(
        TimeSpan max,
        Func<T> function,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default
    ) => Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public T Within<T>(
        TimeSpan min,
        TimeSpan max,
        Func<T> function,
        string? hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default
    ) => Timed(min, max, () => new ValueTask<T>(function()), hint, epsilonValue, cancellationToken).Wait();

    public Task WithinAsync(
        TimeSpan max,
        Func<Task> actionAsync,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default
    ) => WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    public Task WithinAsync(
        TimeSpan min,
        TimeSpan max,
        Func<Task> actionAsync,
        string? hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default
    ) =>
        WithinAsync(
            min,
            max,
            async () =>
            {
                await actionAsync();
                return true;
            },
            hint,
            epsilonValue,
            cancellationToken
        );

    public Task<T> WithinAsync<T>(
        TimeSpan max,
        Func<Task<T>> function,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default
    ) => WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public Task<T> WithinAsync<T>(
        TimeSpan min,
        TimeSpan max,
        Func<Task<T>> function,
        string? hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default
    ) => Timed(min, max, () => new ValueTask<T>(function()), hint, epsilonValue, cancellationToken).AsTask();

    private async ValueTask<T> Timed<T>(
        TimeSpan min,
        TimeSpan max,
        Func<ValueTask<T>> block,
        string? hint,
        TimeSpan? epsilon,
        CancellationToken cancellationToken
    )
    {
        if (min < TimeSpan.Zero || max < min)
            throw new ArgumentOutOfRangeException(nameof(max), $"Within needs 0 <= min <= max, not {min} and {max}.");
        cancellationToken.ThrowIfCancellationRequested();
        var (start, outer) = (Now, _end);
        var limit = outer is { } end ? Shorter(Dilated(max), Positive(end - start)) : Dilated(max);
        if (limit < min)
            throw Failed($"The block must take at least {min}, but only {limit} is left{Hint(hint)}.");
        _lastWasNoMsg = false;
        _end = start + limit;
        T result;
        try
        {
            result = await block();
        }
        finally
        {
            _end = outer;
        }
        Judge(Now - start, min, limit + (epsilon ?? TimeSpan.Zero), hint);
        return result;
    }

    private void Judge(TimeSpan took, TimeSpan min, TimeSpan limit, string? hint)
    {
        if (took < min)
            throw Failed($"The block took {took}, but should have taken at least {min}{Hint(hint)}.");
        if (took > limit && !_lastWasNoMsg)
            throw Failed($"The block took {took}, more than {limit}{Hint(hint)}.");
    }
}
