using System.Collections.Immutable;

namespace Akka.Remote;

/// <summary>The latest intervals between heartbeats, with the sums that mean and deviation need. Immutable.</summary>
internal sealed record HeartbeatHistory(
    int MaxSampleSize,
    ImmutableQueue<long> Intervals,
    int Count,
    long Sum,
    double SumOfSquares
)
{
    public static HeartbeatHistory Empty(int maxSampleSize) => new(maxSampleSize, [], 0, 0, 0);

    public double Mean => (double)Sum / Count;

    public double StdDeviation => Math.Sqrt(Math.Max(0, SumOfSquares / Count - Mean * Mean));

    public HeartbeatHistory With(long interval)
    {
        if (Count < MaxSampleSize)
            return this with
            {
                Intervals = Intervals.Enqueue(interval),
                Count = Count + 1,
                Sum = Sum + interval,
                SumOfSquares = SumOfSquares + (double)interval * interval,
            };
        var rest = Intervals.Dequeue(out var oldest);
        return this with
        {
            Intervals = rest.Enqueue(interval),
            Sum = Sum - oldest + interval,
            SumOfSquares = SumOfSquares - (double)oldest * oldest + (double)interval * interval,
        };
    }
}
