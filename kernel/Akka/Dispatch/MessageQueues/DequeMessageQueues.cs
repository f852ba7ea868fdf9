using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>An unbounded queue with a front: only the owning actor puts messages there, on its own turn.</summary>
internal sealed class UnboundedDequeMessageQueue : IMessageQueue, IUnboundedDequeBasedMessageQueueSemantics
{
    private readonly UnboundedMessageQueue _queue = new();
    private Stack<Envelope>? _front;

    public bool HasMessages => _front is { Count: > 0 } || _queue.HasMessages;

    public int Count => (_front?.Count ?? 0) + _queue.Count;

    public void Enqueue(IActorRef receiver, Envelope envelope) => _queue.Add(envelope.Message, envelope.Sender);

    public void EnqueueFirst(Envelope envelope) => (_front ??= new()).Push(envelope);

    public bool TryDequeue(out Envelope envelope)
    {
        if (_front is { Count: > 0 })
        {
            envelope = _front.Pop();
            return true;
        }
        return _queue.TryDequeue(out envelope);
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }
}

/// <summary>A bounded queue with a front. What goes to the front has been in the queue before and always finds room.</summary>
internal sealed class BoundedDequeMessageQueue(int capacity, TimeSpan pushTimeOut)
    : IMessageQueue,
        IBoundedDequeBasedMessageQueueSemantics
{
    private readonly BoundedMessageQueue _queue = new(capacity, pushTimeOut);
    private Stack<Envelope>? _front;

    public TimeSpan PushTimeOut => _queue.PushTimeOut;

    public bool HasMessages => _front is { Count: > 0 } || _queue.HasMessages;

    public int Count => (_front?.Count ?? 0) + _queue.Count;

    public void Enqueue(IActorRef receiver, Envelope envelope) => _queue.Enqueue(receiver, envelope);

    public void EnqueueFirst(Envelope envelope) => (_front ??= new()).Push(envelope);

    public bool TryDequeue(out Envelope envelope)
    {
        if (_front is { Count: > 0 })
        {
            envelope = _front.Pop();
            return true;
        }
        return _queue.TryDequeue(out envelope);
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }
}
