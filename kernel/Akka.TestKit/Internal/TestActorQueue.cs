using System.Threading.Channels;

namespace Akka.TestKit.Internal;

/// <summary>The messages of a test actor that the test has not looked at yet. Many may wait at a time.</summary>
internal sealed class TestActorQueue
{
    private readonly Channel<MessageEnvelope> _messages = Channel.CreateUnbounded<MessageEnvelope>();

    public bool HasMessages => _messages.Reader.TryPeek(out _);

    public void Add(MessageEnvelope envelope) => _messages.Writer.TryWrite(envelope);

    public bool TryTake(out MessageEnvelope envelope) => _messages.Reader.TryRead(out envelope!);

    /// <summary>Takes, or looks at, the next message when it comes within <paramref name="max"/>; else null.</summary>
    /// <param name="blocking">Waits on the calling thread, so that the result is there at once.</param>
    public async ValueTask<MessageEnvelope?> Next(
        bool blocking,
        bool take,
        TestClock clock,
        TimeSpan max,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (TryNext(take, out var envelope) || max == TimeSpan.Zero)
            return envelope;
        using var timeout = clock.After(max, cancellationToken);
        do
        {
            if (!await Arrival(blocking, timeout.Token))
            {
                cancellationToken.ThrowIfCancellationRequested();
                return TryNext(take, out envelope) ? envelope : null; // it may have come with the last tick
            }
        } while (!TryNext(take, out envelope));
        return envelope;
    }

    private bool TryNext(bool take, out MessageEnvelope? envelope) =>
        take ? _messages.Reader.TryRead(out envelope) : _messages.Reader.TryPeek(out envelope);

    private async ValueTask<bool> Arrival(bool blocking, CancellationToken cancellationToken)
    {
        var arrival = _messages.Reader.WaitToReadAsync(cancellationToken).AsTask();
        try
        {
            return blocking ? arrival.GetAwaiter().GetResult() : await arrival;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
