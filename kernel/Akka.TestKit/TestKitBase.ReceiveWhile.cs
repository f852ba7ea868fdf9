using System.Runtime.CompilerServices;

namespace Akka.TestKit;

/// <summary>Messages as long as they please. The first that does not please stays in the queue.</summary>
public abstract partial class TestKitBase
{
    /// <param name="max">How long at most, dilated; null is <see cref="RemainingOrDefault"/>.</param>
    /// <param name="filter">What a message becomes in the result; null ends it.</param>
    /// <param name="msgs">How many at most.</param>
    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max,
        Func<object, T?> filter,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default
    )
        where T : class => Done(While(true, filter, max, null, msgs, cancellationToken));

    /// <param name="idle">The longest pause between two messages; null is none but <paramref name="max"/>.</param>
    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max,
        TimeSpan? idle,
        Func<object, T?> filter,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default
    )
        where T : class => Done(While(true, filter, max, idle, msgs, cancellationToken));

    public IReadOnlyList<T> ReceiveWhile<T>(
        Func<object, T?> filter,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default
    )
        where T : class => Done(While(true, filter, max, idle, msgs, cancellationToken));

    /// <param name="shouldIgnoreOtherMessageTypes">Whether messages of other types are dropped; else they end the result.</param>
    public IReadOnlyList<T> ReceiveWhile<T>(
        Predicate<T> shouldContinue,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true,
        CancellationToken cancellationToken = default
    ) => Done(While(true, Judge(shouldContinue, shouldIgnoreOtherMessageTypes), max, idle, msgs, cancellationToken, (T x) => x));

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        TimeSpan? max,
        Func<object, T?> filter,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default
    )
        where T : class => While(false, filter, max, null, msgs, cancellationToken);

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        TimeSpan? max,
        TimeSpan? idle,
        Func<object, T?> filter,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default
    )
        where T : class => While(false, filter, max, idle, msgs, cancellationToken);

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        Func<object, T?> filter,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default
    )
        where T : class => While(false, filter, max, idle, msgs, cancellationToken);

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        Predicate<T> shouldContinue,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true,
        CancellationToken cancellationToken = default
    ) => While(false, Judge(shouldContinue, shouldIgnoreOtherMessageTypes), max, idle, msgs, cancellationToken, (T x) => x);

    private enum Verdict
    {
        Keep,
        Drop,
        End,
    }

    private static Func<object, Verdict> Judge<T>(Predicate<T> shouldContinue, bool dropOthers) =>
        message =>
            message is T typed ? (shouldContinue(typed) ? Verdict.Keep : Verdict.End)
            : dropOthers ? Verdict.Drop
            : Verdict.End;

    private IAsyncEnumerable<T> While<T>(
        bool blocking,
        Func<object, T?> filter,
        TimeSpan? max,
        TimeSpan? idle,
        int msgs,
        CancellationToken cancellationToken
    )
        where T : class
    {
        T? made = null;
        return While<object, T>(
            blocking,
            message => (made = filter(message)) is null ? Verdict.End : Verdict.Keep,
            max,
            idle,
            msgs,
            cancellationToken,
            _ => made!
        );
    }

    private async IAsyncEnumerable<TResult> While<T, TResult>(
        bool blocking,
        Func<object, Verdict> judge,
        TimeSpan? max,
        TimeSpan? idle,
        int msgs,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        Func<T, TResult> result
    )
    {
        var end = DeadlineOf(Now, max);
        for (var got = 0; got < msgs; )
        {
            var until = idle is { } pause ? Shorter(Now + pause, end) : end;
            if (await Peek(blocking, until, cancellationToken) is not { } envelope)
                break;
            var verdict = judge(envelope.Message!);
            if (verdict == Verdict.End)
                break;
            await Take(blocking, Now, cancellationToken);
            if (verdict == Verdict.Drop)
                continue;
            got++;
            yield return result((T)envelope.Message!);
        }
    }
}
