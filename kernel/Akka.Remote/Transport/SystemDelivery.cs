using Akka.Remote.Wire;

namespace Akka.Remote.Transport;

/// <summary>System messages between two incarnations: numbered, kept until acknowledged, sent again, taken once and in order.</summary>
internal sealed class SystemDelivery(Lane lane, int most, int resendLimit)
{
    private readonly Lock _gate = new();
    private readonly Queue<Outgoing> _unacknowledged = new();
    private bool _linked;
    private ulong _lastSent;
    private ulong _lastReceived;
    private ulong _toAcknowledge;
    private TimeSpan? _waitingSince;

    /// <summary>Since when the oldest unacknowledged message waits; null if there is none.</summary>
    public TimeSpan? WaitingSince
    {
        get
        {
            lock (_gate)
                return _waitingSince;
        }
    }

    /// <summary>Numbers a message and sends it; false if too many wait.</summary>
    public bool Send(Func<ulong, Outgoing> frame, TimeSpan now)
    {
        lock (_gate)
        {
            if (_unacknowledged.Count >= most)
                return false;
            var numbered = frame(++_lastSent);
            _unacknowledged.Enqueue(numbered);
            _waitingSince ??= now;
            if (_linked)
                lane.Send(numbered.Again());
            return true;
        }
    }

    public void Acknowledged(ulong sequence, TimeSpan now)
    {
        lock (_gate)
        {
            var before = _unacknowledged.Count;
            while (_unacknowledged.TryPeek(out var oldest) && oldest.Head!.Sequence <= sequence)
                _unacknowledged.Dequeue();
            if (_unacknowledged.Count < before)
                _waitingSince = _unacknowledged.Count == 0 ? null : now;
        }
    }

    /// <summary>The lane has a connection: what was lost with the last one goes first.</summary>
    public void LinkUp()
    {
        lock (_gate)
        {
            _linked = true;
            foreach (var frame in _unacknowledged)
                lane.Send(frame.Again());
        }
    }

    public void LinkDown()
    {
        lock (_gate)
            _linked = false;
    }

    /// <summary>Sends the oldest again; true if something waits and there is no connection.</summary>
    public bool Resend(TimeSpan now, TimeSpan interval)
    {
        lock (_gate)
        {
            if (_waitingSince is not { } since || now - since < interval)
                return false;
            if (!_linked)
                return true;
            foreach (var frame in _unacknowledged.Take(resendLimit))
                lane.Send(frame.Again());
            return false;
        }
    }

    /// <summary>Whether an incoming message is the next one; others have been taken, or will come again.</summary>
    public bool IsNext(ulong sequence)
    {
        lock (_gate)
        {
            var next = sequence == _lastReceived + 1;
            if (next)
                _lastReceived = sequence;
            _toAcknowledge = _lastReceived;
            return next;
        }
    }

    /// <summary>The number to acknowledge, once; 0 if there is none.</summary>
    public ulong TakeAcknowledgement()
    {
        lock (_gate)
        {
            var number = _toAcknowledge;
            _toAcknowledge = 0;
            return number;
        }
    }

    /// <summary>Forgets another incarnation: numbers begin anew. What was for it is given back.</summary>
    public List<Outgoing> Reset()
    {
        lock (_gate)
        {
            var left = _unacknowledged.ToList();
            _unacknowledged.Clear();
            (_lastSent, _lastReceived, _toAcknowledge, _waitingSince) = (0, 0, 0, null);
            return left;
        }
    }
}
