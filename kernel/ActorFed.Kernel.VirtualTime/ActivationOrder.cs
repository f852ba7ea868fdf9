using System.Diagnostics.CodeAnalysis;

namespace ActorFed.Kernel.VirtualTime;

/// <summary>Which of the ready activations runs next. Called under the world's lock.</summary>
internal interface IActivationOrder
{
    int Count { get; }
    void Add(Action run);
    bool TryTake([NotNullWhen(true)] out Action? run);

    /// <summary>Outside code has set something up: from here on the order is a function of the seed and the count of restarts.</summary>
    void Restart();
}

/// <summary>First ready, first run.</summary>
internal sealed class FifoOrder : IActivationOrder
{
    private readonly Queue<Action> _ready = new();

    public int Count => _ready.Count;

    public void Add(Action run) => _ready.Enqueue(run);

    public bool TryTake([NotNullWhen(true)] out Action? run) => _ready.TryDequeue(out run);

    public void Restart() { }
}

/// <summary>Each of the ready activations with the same chance, drawn from the seed: one schedule of all that could happen.</summary>
internal sealed class RandomOrder(long seed) : IActivationOrder
{
    private readonly List<Action> _ready = [];
    private ulong _state = (ulong)seed;
    private ulong _restarts;

    public int Count => _ready.Count;

    public void Add(Action run) => _ready.Add(run);

    public bool TryTake([NotNullWhen(true)] out Action? run)
    {
        run = null;
        if (_ready.Count == 0)
            return false;
        // No draw where there is no choice: the start of a system, which is one chain, then costs no chance.
        var at = _ready.Count == 1 ? 0 : (int)(Draw() % (ulong)_ready.Count); // at most thousands ready: no bias worth a name
        run = _ready[at];
        _ready.RemoveAt(at);
        return true;
    }

    public void Restart() => _state = (ulong)seed + (++_restarts * 0xD1B54A32D192ED03);

    // SplitMix64: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators".
    private ulong Draw()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
