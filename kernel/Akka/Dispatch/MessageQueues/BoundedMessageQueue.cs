using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Dispatch.MessageQueues;

/// <summary>A queue with a bound: a sender that finds it full waits up to the push time-out, then its message is a dead letter.</summary>
public class BoundedMessageQueue : IMessageQueue, IBoundedMessageQueueSemantics
{
    private readonly Queue<Envelope> _queue = new();
    private readonly int _capacity;
    private int _waiting;

    public BoundedMessageQueue(Config config)
        : this(config.GetInt("mailbox-capacity"), config.GetTimeSpan("mailbox-push-timeout-time")) { }

    public BoundedMessageQueue(int boundedCapacity, TimeSpan pushTimeOut)
    {
        if (boundedCapacity < 0)
            throw new ArgumentOutOfRangeException(
                nameof(boundedCapacity),
                boundedCapacity,
                "The capacity of a bounded mailbox may not be negative."
            );
        _capacity = boundedCapacity;
        PushTimeOut = pushTimeOut;
    }

    public TimeSpan PushTimeOut { get; set; }

    public bool HasMessages => Count > 0;

    public int Count
    {
        get
        {
            lock (_queue)
                return _queue.Count;
        }
    }

    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        if (!TryEnqueue(envelope) && DeadLettersOf(receiver) is { } dead)
            dead.Tell(new Event.DeadLetter(envelope.Message, envelope.Sender ?? dead, receiver), envelope.Sender!);
    }

    private static IActorRef? DeadLettersOf(IActorRef receiver) =>
        receiver is IInternalActorRef internalRef ? internalRef.Provider.DeadLetters : null;

    private bool TryEnqueue(Envelope envelope)
    {
        lock (_queue)
        {
            if (_queue.Count >= _capacity && !WaitForRoom())
                return false;
            _queue.Enqueue(envelope);
            return true;
        }
    }

    private bool WaitForRoom()
    {
        if (PushTimeOut == TimeSpan.Zero)
            return false;
        var started = Stopwatch.GetTimestamp();
        _waiting++;
        try
        {
            while (_queue.Count >= _capacity)
            {
                if (PushTimeOut < TimeSpan.Zero)
                {
                    Monitor.Wait(_queue);
                    continue;
                }
                var left = PushTimeOut - Stopwatch.GetElapsedTime(started);
                if (left <= TimeSpan.Zero)
                    return false;
                Monitor.Wait(_queue, left);
            }
            return true;
        }
        finally
        {
            _waiting--;
        }
    }

    public bool TryDequeue(out Envelope envelope)
    {
        lock (_queue)
        {
            if (!_queue.TryDequeue(out envelope))
                return false;
            if (_waiting > 0)
                Monitor.PulseAll(_queue);
            return true;
        }
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }
}
