using System.Threading.Channels;

namespace Akka.TestKit.Internal;

/// <summary>The messages of a test actor that the test has not looked at yet. Many may wait at a time.</summary>
internal sealed class TestActorQueue
{
    /// <summary>The deadline of a wait without one.</summary>
    public static readonly TimeSpan Never = TimeSpan.MaxValue;

    private readonly Channel<MessageEnvelope> _messages = Channel.CreateUnbounded<MessageEnvelope>();
    private event Action? Arrived;

    public bool HasMessages => _messages.Reader.TryPeek(out _);

    public void Add(MessageEnvelope envelope)
    {
        _messages.Writer.TryWrite(envelope);
        Arrived?.Invoke();
    }

    public bool TryTake(out MessageEnvelope envelope) => _messages.Reader.TryRead(out envelope!);

    /// <summary>Takes, or looks at, the next message when it comes before <paramref name="end"/>; else null.</summary>
    /// <param name="blocking">Waits on the calling thread, so that the result is there at once.</param>
    /// <param name="end">On the clock; <see cref="Never"/> is none.</param>
    public async ValueTask<MessageEnvelope?> Next(
        bool blocking,
        bool take,
        TestClock clock,
        TimeSpan end,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        MessageEnvelope? envelope;
        while (!TryNext(take, out envelope))
        {
            var left = end == Never ? Timeout.InfiniteTimeSpan : end - clock.Now;
            if (end != Never && left <= TimeSpan.Zero)
                return null;
            if (await Arrival(blocking, clock, left, cancellationToken))
                continue; // unless another wait was faster
            cancellationToken.ThrowIfCancellationRequested();
            return TryNext(take, out envelope) ? envelope : null; // it may have come with the last tick
        }
        return envelope;
    }

    private bool TryNext(bool take, out MessageEnvelope? envelope) =>
        take ? _messages.Reader.TryRead(out envelope) : _messages.Reader.TryPeek(out envelope);

    /// <summary>Whether a message came.</summary>
    private async ValueTask<bool> Arrival(bool blocking, TestClock clock, TimeSpan max, CancellationToken cancellationToken)
    {
        using var timeout = clock.Create(cancellationToken);
        // The thread that brings the message disarms: a virtual clock may run on before this thread does, and must not run to the timeout.
        Arrived += timeout.Disarm;
        try
        {
            if (HasMessages)
                return true;
            clock.Start(timeout, max);
            var arrival = _messages.Reader.WaitToReadAsync(timeout.Token).AsTask();
            return blocking ? arrival.GetAwaiter().GetResult() : await arrival;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            Arrived -= timeout.Disarm;
        }
    }
}
