using System.Runtime.CompilerServices;
using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Sets of messages, no message at all, and the end of an actor.</summary>
public abstract partial class TestKitBase
{
    /// <summary>As many messages as are named, equal to them one to one, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => Done(AllOf(true, null, messages, default));

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(
        IReadOnlyCollection<T> messages,
        CancellationToken cancellationToken = default
    ) => Done(AllOf(true, null, messages, cancellationToken));

    /// <param name="max">How long to wait for all of them together, dilated.</param>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) =>
        Done(AllOf(true, max, messages, default));

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(
        TimeSpan max,
        IReadOnlyCollection<T> messages,
        CancellationToken cancellationToken = default
    ) => Done(AllOf(true, max, messages, cancellationToken));

    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(
        IReadOnlyCollection<T> messages,
        CancellationToken cancellationToken = default
    ) => AllOf(false, null, messages, cancellationToken);

    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(
        TimeSpan max,
        IReadOnlyCollection<T> messages,
        CancellationToken cancellationToken = default
    ) => AllOf(false, max, messages, cancellationToken);

    private async IAsyncEnumerable<T> AllOf<T>(
        bool blocking,
        TimeSpan? max,
        IReadOnlyCollection<T> messages,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (missing, start) = (messages.ToList(), Now);
        var end = DeadlineOf(start, max);
        for (var i = 0; i < messages.Count; i++)
        {
            var envelope = await Take(blocking, end, cancellationToken);
            if (envelope is null)
                throw Failed(
                    $"Timeout ({end - start}) while expecting {messages.Count} messages; these did not come: <{string.Join(", ", missing)}>."
                );
            if (envelope.Message is not T message || !missing.Remove(message))
                throw Failed(
                    $"Received <{envelope.Message}> from {Sender(envelope)}, but expected one of <{string.Join(", ", missing)}>."
                );
            yield return message;
        }
    }

    /// <summary>The next message, which must equal one of those named.</summary>
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Expect(true, null, null, OneOf(messages), cancellationToken).Wait();

    public ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Expect(false, null, null, OneOf(messages), cancellationToken);

    private Action<T, IActorRef> OneOf<T>(IEnumerable<T> messages)
    {
        var all = messages.ToList();
        return (message, sender) =>
            _assertions.AssertTrue(
                all.Contains(message),
                "{0}",
                $"Received <{message}> from {sender}, but expected one of <{string.Join(", ", all)}>."
            );
    }

    /// <summary>No message may come within <see cref="RemainingOrDefault"/>.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => Await(NoMsg(true, null, cancellationToken));

    /// <summary>No message may come within the duration, dilated.</summary>
    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) =>
        Await(NoMsg(true, duration, cancellationToken));

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) => NoMsg(false, null, cancellationToken);

    public ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) =>
        NoMsg(false, duration, cancellationToken);

    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    private async ValueTask NoMsg(bool blocking, TimeSpan? duration, CancellationToken cancellationToken)
    {
        var start = Now;
        var end = DeadlineOf(start, duration);
        if (await Take(blocking, end, cancellationToken) is { } envelope)
            throw Failed(
                $"Expected no message within {end - start}, but received <{envelope.Message}> from {Sender(envelope)} after {Now - start}."
            );
    }

    /// <summary>The end of an actor that the test actor watches.</summary>
    public Terminated ExpectTerminated(
        IActorRef target,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(true, timeout, hint, EndOf(target), cancellationToken).Wait();

    public ValueTask<Terminated> ExpectTerminatedAsync(
        IActorRef target,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default
    ) => Expect(false, timeout, hint, EndOf(target), cancellationToken);

    private Action<Terminated, IActorRef> EndOf(IActorRef target) =>
        (message, _) =>
            _assertions.AssertEqual(
                target,
                message.ActorRef,
                "{0}",
                $"Expected the end of {target}, but {message.ActorRef} ended."
            );

    private static void Await(ValueTask done) => done.AsTask().GetAwaiter().GetResult();
}
