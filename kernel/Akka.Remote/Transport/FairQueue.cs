using System.Diagnostics.CodeAnalysis;

namespace Akka.Remote.Transport;

/// <summary>Frames that wait for a connection: in order within a flow, flows in turn by bytes (deficit round robin).</summary>
/// <remarks>A flow is one receiving actor, so a message never waits behind what others have been sent. Not thread-safe.</remarks>
internal sealed class FairQueue
{
    private const int Quantum = 64 * 1024;

    private readonly Dictionary<string, Flow> _flows = new(StringComparer.Ordinal);
    private readonly Queue<Flow> _turns = new();
    private Flow? _last; // most frames go to the receiver of the frame before

    private sealed class Flow(string key)
    {
        public readonly string Key = key;
        public Outgoing? Head;
        public Outgoing? Tail;
        public long Bytes;
        public int Deficit;
    }

    public long Bytes { get; private set; }

    public bool IsEmpty => _turns.Count == 0;

    public long BytesOf(string flow) => Find(flow)?.Bytes ?? 0;

    public void Add(Outgoing frame)
    {
        if (Find(frame.Flow) is not { } flow)
        {
            _flows.Add(frame.Flow, flow = new Flow(frame.Flow));
            _turns.Enqueue(flow);
        }
        _last = flow;
        if (flow.Tail is null)
            flow.Head = frame;
        else
            flow.Tail.Next = frame;
        flow.Tail = frame;
        flow.Bytes += frame.Size;
        Bytes += frame.Size;
    }

    public bool TryTake([NotNullWhen(true)] out Outgoing? frame)
    {
        frame = null;
        while (_turns.TryPeek(out var flow))
        {
            var head = flow.Head!;
            if (flow.Deficit < head.Size && _turns.Count > 1)
            {
                flow.Deficit += Quantum;
                _turns.Enqueue(_turns.Dequeue());
                continue;
            }
            flow.Deficit = Math.Max(0, flow.Deficit - head.Size);
            TakeHead(flow);
            if (flow.Head is null)
            {
                _turns.Dequeue();
                Remove(flow);
            }
            frame = head;
            return true;
        }
        return false;
    }

    /// <summary>Takes out everything.</summary>
    public List<Outgoing> Clear()
    {
        var all = new List<Outgoing>();
        while (TryTake(out var frame))
            all.Add(frame);
        return all;
    }

    /// <summary>Takes out one flow.</summary>
    public void Drop(string key)
    {
        if (Find(key) is not { } flow)
            return;
        while (flow.Head is not null)
            TakeHead(flow);
        Remove(flow);
        for (var i = _turns.Count; i > 0; i--)
        {
            var turn = _turns.Dequeue();
            if (!ReferenceEquals(turn, flow))
                _turns.Enqueue(turn);
        }
    }

    private void TakeHead(Flow flow)
    {
        var head = flow.Head!;
        flow.Head = head.Next;
        if (flow.Head is null)
            flow.Tail = null;
        head.Next = null;
        flow.Bytes -= head.Size;
        Bytes -= head.Size;
    }

    private void Remove(Flow flow)
    {
        _flows.Remove(flow.Key);
        if (ReferenceEquals(_last, flow))
            _last = null;
    }

    private Flow? Find(string key) => ReferenceEquals(_last?.Key, key) ? _last : _flows.GetValueOrDefault(key);
}
