using System.Runtime.CompilerServices;
using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>A queue without a bound for many producers and one consumer: rings of slots, linked when one is full.</summary>
/// <remarks>
/// A producer claims a slot by moving the tail of the last ring and publishes its message by writing it there: a slot that holds a
/// message is ready, one that holds none is not, so there are no sequence numbers and nothing is allocated for a message. A ring is
/// used again and again while the consumer keeps up; when it is full it is frozen (no tail moves any more) and a larger one follows.
/// The order of each producer's messages is kept because a frozen ring is emptied before the next one is read.
/// </remarks>
public class UnboundedMessageQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    private const int FirstSize = 8;
    private const int LargestSize = 4096;

    private Ring? _head;
    private Ring? _tail;

    public bool HasMessages
    {
        get
        {
            var ring = _head ?? Volatile.Read(ref _tail);
            while (ring is not null)
            {
                if (ring.HasReadyMessage)
                    return true;
                if (!ring.IsDrained)
                    return false;
                ring = Volatile.Read(ref ring.Next);
            }
            return false;
        }
    }

    public int Count
    {
        get
        {
            var count = 0;
            for (
                var ring = Volatile.Read(ref _head) ?? Volatile.Read(ref _tail);
                ring is not null;
                ring = Volatile.Read(ref ring.Next)
            )
                count += ring.Count;
            return count;
        }
    }

    public void Enqueue(IActorRef receiver, Envelope envelope) => Add(envelope.Message, envelope.Sender);

    internal void Add(object message, IActorRef? sender)
    {
        var ring = _tail;
        if (ring is null || !ring.TryAdd(message, sender))
            AddSlowly(message, sender);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddSlowly(object message, IActorRef? sender)
    {
        while (true)
        {
            var ring = Volatile.Read(ref _tail);
            if (ring is null)
            {
                ring = new Ring(FirstSize);
                var first = Interlocked.CompareExchange(ref _tail, ring, null);
                if (first is null)
                    Volatile.Write(ref _head, ring);
                ring = first ?? ring;
            }
            if (ring.TryAdd(message, sender))
                return;
            var next = Volatile.Read(ref ring.Next);
            if (next is null)
            {
                var made = new Ring(Math.Min(LargestSize, ring.Size * 2));
                next = Interlocked.CompareExchange(ref ring.Next, made, null) ?? made;
            }
            Interlocked.CompareExchange(ref _tail, next, ring);
        }
    }

    public bool TryDequeue(out Envelope envelope)
    {
        var ring = _head;
        while (true)
        {
            if (ring is null)
            {
                // The first producer publishes the tail before the head.
                ring = Volatile.Read(ref _tail);
                if (ring is null)
                    break;
                ring = FirstRing();
            }
            if (ring.TryTake(out envelope))
                return true;
            if (!ring.IsDrained || Volatile.Read(ref ring.Next) is not { } next)
                break;
            _head = ring = next;
        }
        envelope = default;
        return false;
    }

    /// <summary>Waits out the few instructions between the first producer's two writes.</summary>
    private Ring FirstRing()
    {
        var spin = new SpinWait();
        while (Volatile.Read(ref _head) is null)
            spin.SpinOnce();
        return _head!;
    }

    public virtual void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }

    private struct Slot
    {
        public object? Message;
        public IActorRef? Sender;
    }

    private sealed class Ring(int size)
    {
        private const long Frozen = 1L << 62;

        public Ring? Next;
        private readonly Slot[] _slots = new Slot[size];
        private long _tail; // producers; the Frozen bit means that no slot can be claimed any more
        private long _head; // consumer only
        private long _released; // slots below this are free again; trails _head so that producers seldom see it change

        public int Size => _slots.Length;

        public int Count => (int)Math.Max(0, (Volatile.Read(ref _tail) & ~Frozen) - Volatile.Read(ref _head));

        public bool HasReadyMessage => Volatile.Read(ref _slots[(int)_head & (_slots.Length - 1)].Message) is not null;

        /// <summary>Frozen, and every claimed slot has been taken.</summary>
        public bool IsDrained => Volatile.Read(ref _tail) == (Volatile.Read(ref _head) | Frozen);

        public bool TryAdd(object message, IActorRef? sender)
        {
            var slots = _slots;
            while (true)
            {
                var tail = Volatile.Read(ref _tail);
                if (tail - Volatile.Read(ref _released) >= slots.Length)
                {
                    if ((tail & Frozen) != 0 || Interlocked.CompareExchange(ref _tail, tail | Frozen, tail) == tail)
                        return false;
                    continue;
                }
                if (Interlocked.CompareExchange(ref _tail, tail + 1, tail) != tail)
                    continue;
                ref var slot = ref slots[(int)tail & (slots.Length - 1)];
                slot.Sender = sender;
                Volatile.Write(ref slot.Message, message);
                return true;
            }
        }

        public bool TryTake(out Envelope envelope)
        {
            var head = _head;
            ref var slot = ref _slots[(int)head & (_slots.Length - 1)];
            var message = Volatile.Read(ref slot.Message);
            if (message is null)
            {
                if (_released != head)
                    Volatile.Write(ref _released, head);
                envelope = default;
                return false;
            }
            envelope = new Envelope(message, slot.Sender!);
            slot.Sender = null;
            slot.Message = null;
            _head = head + 1;
            if (head + 1 - _released >= _slots.Length / 4)
                Volatile.Write(ref _released, head + 1);
            return true;
        }
    }
}
