using Akka.Actor;

namespace Akka.TestKit;

/// <summary>The next message must be such, and come from the sender that is named.</summary>
public abstract partial class TestKitBase
{
    public T ExpectMsgFrom<T>(
        IActorRef sender,
        TimeSpan? duration = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(true, duration, hint, From(sender, Any<T>()), cancellationToken).Wait();

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender,
        TimeSpan? duration = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(false, duration, hint, From(sender, Any<T>()), cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender,
        T message,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(true, timeout, hint, From(sender, Equal(message)), cancellationToken).Wait();

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender,
        T message,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(false, timeout, hint, From(sender, Equal(message)), cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender,
        Predicate<T> isMessage,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(true, timeout, hint, From(sender, That(isMessage)), cancellationToken).Wait();

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender,
        Predicate<T> isMessage,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(false, timeout, hint, From(sender, That(isMessage)), cancellationToken);

    public T ExpectMsgFrom<T>(
        Predicate<IActorRef> isSender,
        Predicate<T> isMessage,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(true, timeout, hint, From(isSender, That(isMessage)), cancellationToken).Wait();

    public ValueTask<T> ExpectMsgFromAsync<T>(
        Predicate<IActorRef> isSender,
        Predicate<T> isMessage,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(false, timeout, hint, From(isSender, That(isMessage)), cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender,
        Action<T> assertMessage,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(true, timeout, hint, From(sender, Passes(assertMessage)), cancellationToken).Wait();

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender,
        Action<T> assertMessage,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(false, timeout, hint, From(sender, Passes(assertMessage)), cancellationToken);

    public T ExpectMsgFrom<T>(
        Action<IActorRef> assertSender,
        Action<T> assertMessage,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(true, timeout, hint, From(assertSender, Passes(assertMessage)), cancellationToken).Wait();

    public ValueTask<T> ExpectMsgFromAsync<T>(
        Action<IActorRef> assertSender,
        Action<T> assertMessage,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(false, timeout, hint, From(assertSender, Passes(assertMessage)), cancellationToken);

    private Action<T, IActorRef> From<T>(IActorRef expected, Action<T, IActorRef> check) =>
        (message, sender) =>
        {
            _assertions.AssertEqual(
                expected,
                sender,
                "{0}",
                $"Expected a message from {expected}, but <{message}> came from {sender}."
            );
            check(message, sender);
        };

    private Action<T, IActorRef> From<T>(Predicate<IActorRef> isSender, Action<T, IActorRef> check) =>
        (message, sender) =>
        {
            _assertions.AssertTrue(
                isSender(sender),
                "{0}",
                $"The predicate does not hold for the sender {sender} of <{message}>."
            );
            check(message, sender);
        };

    private static Action<T, IActorRef> From<T>(Action<IActorRef> assertSender, Action<T, IActorRef> check) =>
        (message, sender) =>
        {
            assertSender(sender);
            check(message, sender);
        };
}
