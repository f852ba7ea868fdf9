using System.Globalization;
using Akka.Actor;

namespace ActorFed.Benchmarks.Kernel;

/// <summary>How does the actor kernel's message passing stand beside System.Threading.Channels in the same process?</summary>
/// <remarks>
/// The column of Akka.NET 1.5.27 holds what that library reached in the same arrangement on another quiet machine of 2 cores (.NET 10,
/// workstation GC, medians of 5): its ratios can be compared, its absolute figures only in their order of size.
/// </remarks>
internal static class KernelBenchmark
{
    private const double TellLimit = 0.7;
    private const double PingPongLimit = 2.5;
    private const double HeapLimit = 1200;
    private const int Repetitions = 5;

    /// <summary>Prints the tables, and 1 when a limit is missed; <c>--pairs N</c> sets how often each pair of bodies is run.</summary>
    public static int Run(string[] arguments)
    {
        var pairs = arguments is [.., "--pairs", var n] ? int.Parse(n, CultureInfo.InvariantCulture) : 9;
        var limits = new Limits();
        Console.WriteLine($"Machine: {Measure.Machine()}");
        using var system = ActorSystem.Create("bench", "akka { loglevel = WARNING, stdout-loglevel = WARNING }");
        Throughput(system, pairs, limits);
        Costs(system, limits);
        return limits.End();
    }

    private static void Throughput(ActorSystem system, int pairs, Limits limits)
    {
        Console.WriteLine($"Median of {pairs} interleaved pairs (smallest - largest). Ratio = actors' throughput / channels'.");
        Console.WriteLine();
        Console.WriteLine("| what | actors, M/s | channels, M/s | ratio | at least | Akka.NET 1.5.27's ratio |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Row(
            "Tell 1 -> 1, 2 M messages",
            Messages.Count,
            TellLimit,
            0.56,
            () => Messages.TellActors(system),
            Messages.TellChannel
        );
        foreach (var n in new[] { 2, 64 })
        {
            Row(
                $"ping-pong, {n} pairs",
                2L * Messages.RoundTrips,
                PingPongLimit,
                2.2,
                () => Messages.PingPongActors(system, n),
                () => Messages.PingPongChannels(n)
            );
        }

        void Row(string name, long messages, double limit, double akka, Action actors, Action channels)
        {
            var (a, b) = Measure.Interleaved(pairs, actors, channels);
            var (x, y) = (a.Select(s => messages / s.Wall / 1e6).ToArray(), b.Select(s => messages / s.Wall / 1e6).ToArray());
            var ratios = Measure.Ratios(x, y).ToArray();
            Console.WriteLine(
                FormattableString.Invariant(
                    $"| {name} | {Measure.Show(x)} | {Measure.Show(y)} | {Measure.Show(ratios)} | {limit} | {akka} |"
                )
            );
            limits.AtLeast(name, Measure.Spread(ratios).Median, limit);
        }
    }

    private static void Costs(ActorSystem system, Limits limits)
    {
        Console.WriteLine();
        Console.WriteLine($"Median of {Repetitions} (smallest - largest), after one for warm-up.");
        Console.WriteLine();
        Console.WriteLine("| what | here | at most | Akka.NET 1.5.27 |");
        Console.WriteLine("|---|---|---|---|");
        var idle = Repeat(() => ActorCosts.Weigh(system));
        var heap = idle.Select(i => i.Bytes).ToArray();
        Row("heap per idle actor at 100 k actors, B", heap, "0", "1,200", "1,720");
        Row("creation until every constructor ran, k/s", idle.Select(i => i.PerSecond / 1e3), "0", "", "83 (69 - 89)");
        limits.AtMost("heap per idle actor", Measure.Spread(heap).Median, HeapLimit);
        var asks = Repeat(() => ActorCosts.Ask(system));
        Row("Ask, awaiting loop, p50, us", asks.Select(a => a.Median), "0.0", "", "0.3, inline on the actor's thread");
        Row("Ask, awaiting loop, p99, us", asks.Select(a => a.Tail), "0.0", "", "1.1");
        Row("Ask, blocking outside caller, p50, us", asks.Select(a => a.Blocking), "0.0", "", "2.0");

        static void Row(string name, IEnumerable<double> values, string format, string limit, string akka) =>
            Console.WriteLine($"| {name} | {Measure.Show(values, format)} | {limit} | {akka} |");
    }

    private static T[] Repeat<T>(Func<T> body)
    {
        body();
        return [.. Enumerable.Range(0, Repetitions).Select(_ => body())];
    }
}
