using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>Messages as they come, without an opinion on them.</summary>
/// <remarks>Each method has one asynchronous body; the blocking form runs it with waits that block, so that it ends at once.</remarks>
public abstract partial class TestKitBase
{
    /// <summary>The next message, or null when none comes in time.</summary>
    /// <param name="max">How long to wait, not dilated: null is <see cref="RemainingOrDefault"/>, negative is for ever.</param>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Take(true, EndOf(max), cancellationToken).Wait()?.Message;

    public async ValueTask<object?> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await Take(false, EndOf(max), cancellationToken))?.Message;

    public bool TryReceiveOne(
        [NotNullWhen(true)] out MessageEnvelope? envelope,
        TimeSpan? max = null,
        CancellationToken cancellationToken = default
    ) => (envelope = Take(true, EndOf(max), cancellationToken).Wait()) is not null;

    public async ValueTask<(bool success, MessageEnvelope? envelope)> TryReceiveOneAsync(
        TimeSpan? max,
        CancellationToken cancellationToken = default
    ) => await Take(false, EndOf(max), cancellationToken) is { } envelope ? (true, envelope) : (false, null);

    /// <summary>The next message, which stays where it is; null when none comes in time.</summary>
    public object? PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Peek(true, EndOf(max), cancellationToken).Wait()?.Message;

    public object? PeekOne(CancellationToken cancellationToken) => PeekOne(null, cancellationToken);

    public async ValueTask<object?> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await Peek(false, EndOf(max), cancellationToken))?.Message;

    public ValueTask<object?> PeekOneAsync(CancellationToken cancellationToken) => PeekOneAsync(null, cancellationToken);

    public bool TryPeekOne(
        [NotNullWhen(true)] out MessageEnvelope? envelope,
        TimeSpan? max,
        CancellationToken cancellationToken
    ) => (envelope = Peek(true, EndOf(max), cancellationToken).Wait()) is not null;

    public async ValueTask<(bool success, MessageEnvelope? envelope)> TryPeekOneAsync(
        TimeSpan? max,
        CancellationToken cancellationToken
    ) => await Peek(false, EndOf(max), cancellationToken) is { } envelope ? (true, envelope) : (false, null);

    /// <summary>So many messages, all before <see cref="RemainingOrDefault"/> is over.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Done(Many(true, numberOfMessages, null, cancellationToken));

    /// <param name="max">How long to wait for all of them together, dilated.</param>
    public IReadOnlyCollection<object> ReceiveN(
        int numberOfMessages,
        TimeSpan max,
        CancellationToken cancellationToken = default
    ) => Done(Many(true, numberOfMessages, max, cancellationToken));

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Many(false, numberOfMessages, null, cancellationToken);

    public IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages,
        TimeSpan max,
        CancellationToken cancellationToken = default
    ) => Many(false, numberOfMessages, max, cancellationToken);

    private async IAsyncEnumerable<object> Many(
        bool blocking,
        int count,
        TimeSpan? max,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var start = Now;
        var end = DeadlineOf(start, max);
        for (var got = 0; got < count; got++)
        {
            var envelope = await Take(blocking, end, cancellationToken);
            yield return envelope?.Message
                ?? throw Failed($"Timeout ({end - start}) while expecting {count} messages: only {got} came.");
        }
    }

    private async ValueTask<MessageEnvelope?> Take(bool blocking, TimeSpan end, CancellationToken cancellationToken)
    {
        var envelope = await Next(blocking, take: true, end, cancellationToken);
        _last = envelope ?? NullMessageEnvelope.Instance;
        return envelope;
    }

    private ValueTask<MessageEnvelope?> Peek(bool blocking, TimeSpan end, CancellationToken cancellationToken) =>
        Next(blocking, take: false, end, cancellationToken);

    /// <param name="end">When to give up, on the clock of <see cref="Now"/>.</param>
    private async ValueTask<MessageEnvelope?> Next(bool blocking, bool take, TimeSpan end, CancellationToken cancellationToken)
    {
        if (TestKitSettings.LogTestKitCalls)
            Log.Debug(
                "The test waits for a message, at most {0}.",
                end == TestActorQueue.Never ? "for ever" : Positive(end - Now)
            );
        var envelope = await _queue.Next(blocking, take, _clock, end, cancellationToken);
        _silence = envelope is null ? new Silence(end, Now) : null;
        return envelope;
    }

    private TimeSpan EndOf(TimeSpan? max) =>
        max is not { } wait ? DeadlineOf(Now, null)
        : wait < TimeSpan.Zero ? TestActorQueue.Never
        : Now + wait;

    /// <summary>All of a sequence that was made with waits that block.</summary>
    private static List<T> Done<T>(IAsyncEnumerable<T> sequence)
    {
        var all = new List<T>();
        var items = sequence.GetAsyncEnumerator();
        while (items.MoveNextAsync().AsTask().GetAwaiter().GetResult())
            all.Add(items.Current);
        return all;
    }
}
