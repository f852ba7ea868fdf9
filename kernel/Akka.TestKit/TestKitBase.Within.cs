namespace Akka.TestKit;

/// <summary>A block must take at least and at most so long; the waits in it get what is left.</summary>
/// <remarks>
/// A wait in which nothing comes ends a little after its time. A block that ends with one is judged by the time that wait was given, so that
/// ExpectNoMsg may use what remains, and no more. The maximum is dilated and never longer than that of a surrounding Within; the minimum is
/// not dilated.
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
        _silence = null;
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
        var now = Now;
        if (now - start < min)
            throw Failed($"The block took {now - start}, but should have taken at least {min}{Hint(hint)}.");
        var took = (_silence is { } silence ? silence.Without(now, start + limit) : now) - start;
        if (took > limit + (epsilon ?? TimeSpan.Zero))
            throw Failed($"The block took {took}, more than {limit}{Hint(hint)}.");
        return result;
    }

    /// <summary>A wait in which nothing came.</summary>
    /// <param name="Due">When its time was over.</param>
    /// <param name="Ended">When it noticed.</param>
    private readonly record struct Silence(TimeSpan Due, TimeSpan Ended)
    {
        /// <summary>The present without what the wait took too long. When it used all the time there was, nothing after it can count.</summary>
        public TimeSpan Without(TimeSpan now, TimeSpan end) => Due >= end ? Due : Due + (now - Ended);
    }
}
