using Akka.Actor;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>The next message must be such. Each expectation waits <see cref="RemainingOrDefault"/>, or its own time dilated.</summary>
public abstract partial class TestKitBase
{
    /// <summary>The next message, which must be a <typeparamref name="T"/>.</summary>
    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(true, duration, hint, Any<T>(), cancellationToken).Wait();

    public ValueTask<T> ExpectMsgAsync<T>(
        TimeSpan? duration = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(false, duration, hint, Any<T>(), cancellationToken);

    /// <summary>The next message, which must equal <paramref name="message"/>.</summary>
    public T ExpectMsg<T>(
        T message,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(true, timeout, hint, Equal(message), cancellationToken).Wait();

    public ValueTask<T> ExpectMsgAsync<T>(
        T message,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(false, timeout, hint, Equal(message), cancellationToken);

    /// <summary>The next message, for which <paramref name="isMessage"/> must hold.</summary>
    public T ExpectMsg<T>(
        Predicate<T> isMessage,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(true, timeout, hint, That(isMessage), cancellationToken).Wait();

    public ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(false, timeout, hint, That(isMessage), cancellationToken);

    /// <summary>The next message, for which <paramref name="assert"/> must not throw.</summary>
    public T ExpectMsg<T>(
        Action<T> assert,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(true, timeout, hint, Passes(assert), cancellationToken).Wait();

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T> assert,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(false, timeout, hint, Passes(assert), cancellationToken);

    public T ExpectMsg<T>(
        Func<T, IActorRef, bool> isMessageAndSender,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(true, timeout, hint, That(isMessageAndSender), cancellationToken).Wait();

    public ValueTask<T> ExpectMsgAsync<T>(
        Func<T, IActorRef, bool> isMessageAndSender,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(false, timeout, hint, That(isMessageAndSender), cancellationToken);

    public T ExpectMsg<T>(
        Action<T, IActorRef> assertMessageAndSender,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(true, timeout, hint, assertMessageAndSender, cancellationToken).Wait();

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T, IActorRef> assertMessageAndSender,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(false, timeout, hint, assertMessageAndSender, cancellationToken);

    /// <summary>The next message, which <paramref name="comparer"/> must find equal to <paramref name="expected"/>.</summary>
    public T ExpectMsg<T>(
        T expected,
        Func<T, T, bool> comparer,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(true, timeout, hint, Equal(expected, comparer), cancellationToken).Wait();

    public ValueTask<T> ExpectMsgAsync<T>(
        T expected,
        Func<T, T, bool> comparer,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(false, timeout, hint, Equal(expected, comparer), cancellationToken);

    private async ValueTask<T> Expect<T>(
        bool blocking,
        TimeSpan? timeout,
        string? hint,
        Action<T, IActorRef> check,
        CancellationToken cancellationToken
    )
    {
        var start = Now;
        var end = DeadlineOf(start, timeout);
        var envelope = await Take(blocking, end, cancellationToken);
        if (envelope is null)
            throw Failed($"Timeout ({end - start}) while waiting for a message of type {Name<T>()}{Hint(hint)}.");
        if (envelope.Message is not T message)
            throw Failed(
                $"Expected a message of type {Name<T>()}{Hint(hint)}, but received <{envelope.Message}> of type "
                    + $"{TypeText.Of(envelope.Message!.GetType())} from {Sender(envelope)}."
            );
        check(message, envelope.Sender);
        return message;
    }

    private static string Name<T>() => TypeText.Of(typeof(T));

    private static string Sender(MessageEnvelope envelope) => envelope.Sender?.ToString() ?? "nobody";

    private static Action<T, IActorRef> Any<T>() => static (_, _) => { };

    private static Action<T, IActorRef> Passes<T>(Action<T> assert) => (message, _) => assert(message);

    private Action<T, IActorRef> Equal<T>(T expected) =>
        (message, sender) =>
            _assertions.AssertEqual(expected, message, "{0}", $"Expected <{expected}>, but received <{message}> from {sender}.");

    private Action<T, IActorRef> Equal<T>(T expected, Func<T, T, bool> comparer) =>
        (message, sender) =>
            _assertions.AssertEqual(
                expected,
                message,
                comparer,
                "{0}",
                $"Expected <{expected}>, but received <{message}> from {sender}."
            );

    private Action<T, IActorRef> That<T>(Predicate<T> isMessage) => That<T>((message, _) => isMessage(message));

    private Action<T, IActorRef> That<T>(Func<T, IActorRef, bool> isMessage) =>
        (message, sender) =>
            _assertions.AssertTrue(
                isMessage(message, sender),
                "{0}",
                $"The predicate does not hold for <{message}> from {sender}."
            );
}
