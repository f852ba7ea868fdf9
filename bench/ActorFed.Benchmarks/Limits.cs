namespace ActorFed.Benchmarks;

/// <summary>What a question's figures had to reach: collects the misses and says them at the end.</summary>
internal sealed class Limits
{
    private readonly List<string> _missed = [];

    public void AtLeast(string what, double value, double limit) => Judge(value >= limit, what, value, "at least", limit);

    public void AtMost(string what, double value, double limit) => Judge(value <= limit, what, value, "at most", limit);

    /// <summary>The question's exit code: 0, or 1 with every miss named.</summary>
    public int End()
    {
        Console.WriteLine();
        Console.WriteLine(_missed.Count == 0 ? "Every limit is met." : $"MISSED: {string.Join("; ", _missed)}");
        return _missed.Count == 0 ? 0 : 1;
    }

    // NaN meets no limit.
    private void Judge(bool isMet, string what, double value, string side, double limit)
    {
        if (!isMet)
        {
            _missed.Add(FormattableString.Invariant($"{what} is {value:0.###}, {side} {limit} was asked"));
        }
    }
}
