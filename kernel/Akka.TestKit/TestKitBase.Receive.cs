using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Akka.TestKit;

/// <summary>Messages as they come, without an opinion on them.</summary>
/// <remarks>Each method has one asynchronous body; the blocking form runs it with waits that block, so that it ends at once.</remarks>
public abstract partial class TestKitBase
{
    /// <summary>The next message, or null when none comes in time.</summary>
    /// <param name="max">How long to wait, not dilated: null is <see cref="RemainingOrDefault"/>, negative is for ever.</param>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Take(true, max, cancellationToken).Wait()?.Message;

    public async ValueTask<object?> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await Take(false, max, cancellationToken))?.Message;

    public bool TryReceiveOne(
        [NotNullWhen(true)] out MessageEnvelope? envelope,
        TimeSpan? max = null,
        CancellationToken cancellationToken = default
    ) => (envelope = Take(true, max, cancellationToken).Wait()) is not null;

    public async ValueTask<(bool success, MessageEnvelope? envelope)> TryReceiveOneAsync(
        TimeSpan? max,
        CancellationToken cancellationToken = default
    ) => await Take(false, max, cancellationToken) is { } envelope ? (true, envelope) : (false, null);

    /// <summary>The next message, which stays where it is; null when none comes in time.</summary>
    public object? PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Peek(true, max, cancellationToken).Wait()?.Message;

    public object? PeekOne(CancellationToken cancellationToken) => PeekOne(null, cancellationToken);

    public async ValueTask<object?> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await Peek(false, max, cancellationToken))?.Message;

    public ValueTask<object?> PeekOneAsync(CancellationToken cancellationToken) => PeekOneAsync(null, cancellationToken);

    public bool TryPeekOne(
        [NotNullWhen(true)] out MessageEnvelope? envelope,
        TimeSpan? max,
        CancellationToken cancellationToken
    ) => (envelope = Peek(true, max, cancellationToken).Wait()) is not null;

    public async ValueTask<(bool success, MessageEnvelope? envelope)> TryPeekOneAsync(
        TimeSpan? max,
        CancellationToken cancellationToken
    ) => await Peek(false, max, cancellationToken) is { } envelope ? (true, envelope) : (false, null);

    /// <summary>So many messages, all before <see cref="RemainingOrDefault"/> is over.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Done(Many(true, numberOfMessages, RemainingOrDefault, cancellationToken));

    /// <param name="max">How long to wait for all of them together, dilated.</param>
    public IReadOnlyCollection<object> ReceiveN(
        int numberOfMessages,
        TimeSpan max,
        CancellationToken cancellationToken = default
    ) => Done(Many(true, numberOfMessages, RemainingOrDilated(max), cancellationToken));

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Many(false, numberOfMessages, RemainingOrDefault, cancellationToken);

    public IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages,
        TimeSpan max,
        CancellationToken cancellationToken = default
    ) => Many(false, numberOfMessages, RemainingOrDilated(max), cancellationToken);

    private async IAsyncEnumerable<object> Many(
        bool blocking,
        int count,
        TimeSpan max,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var end = Now + max;
        for (var got = 0; got < count; got++)
        {
            var envelope = await Take(blocking, Positive(end - Now), cancellationToken);
            yield return envelope?.Message ?? throw Failed($"Timeout ({max}) while expecting {count} messages: only {got} came.");
        }
    }

    private async ValueTask<MessageEnvelope?> Take(bool blocking, TimeSpan? max, CancellationToken cancellationToken)
    {
        var envelope = await _queue.Next(blocking, take: true, _clock, max ?? RemainingOrDefault, cancellationToken);
        _last = envelope ?? NullMessageEnvelope.Instance;
        _lastWasNoMsg = false;
        return envelope;
    }

    private ValueTask<MessageEnvelope?> Peek(bool blocking, TimeSpan? max, CancellationToken cancellationToken) =>
        _queue.Next(blocking, take: false, _clock, max ?? RemainingOrDefault, cancellationToken);

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
