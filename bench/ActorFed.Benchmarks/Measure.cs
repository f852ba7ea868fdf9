using System.Diagnostics;
using System.Globalization;

namespace ActorFed.Benchmarks;

/// <summary>Times two ways of doing the same thing in one run, in turn, so that a noisy machine harms both alike.</summary>
internal static class Measure
{
    /// <summary>One timing of one body.</summary>
    /// <param name="Wall">Elapsed seconds.</param>
    /// <param name="Cpu">Processor seconds of the whole process, all threads.</param>
    public sealed record Sample(double Wall, double Cpu);

    /// <summary>Both bodies for warm-up, until the compiler is done with them, then <paramref name="pairs"/> times in turn: A B A B ...</summary>
    public static (Sample[] A, Sample[] B) Interleaved(int pairs, Action a, Action b, int warmUps = 1)
    {
        for (var i = 0; i < warmUps; i++)
        {
            Once(a);
            Once(b);
        }

        var samples = Enumerable.Range(0, pairs).Select(_ => (A: Once(a), B: Once(b))).ToArray();
        return ([.. samples.Select(s => s.A)], [.. samples.Select(s => s.B)]);
    }

    /// <summary>Seconds that one call takes, after a full collection.</summary>
    public static Sample Once(Action body)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        body();
        watch.Stop();
        return new(watch.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds);
    }

    /// <summary>The middle value, and the smallest and largest beside it.</summary>
    public static (double Median, double Min, double Max) Spread(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2], sorted[0], sorted[^1]);
    }

    /// <summary>"1.23 (1.10 - 1.40)".</summary>
    public static string Show(IEnumerable<double> values, string format = "0.00")
    {
        var (median, min, max) = Spread(values);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{median.ToString(format, CultureInfo.InvariantCulture)} ({min.ToString(format, CultureInfo.InvariantCulture)} - {max.ToString(format, CultureInfo.InvariantCulture)})"
        );
    }

    /// <summary>The ratios pair by pair.</summary>
    public static IEnumerable<double> Ratios(IEnumerable<double> over, IEnumerable<double> under) =>
        over.Zip(under, (x, y) => x / y);

    /// <summary>What the figures were taken on.</summary>
    public static string Machine()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
                ?.Split(':')[1]
                .Trim()
            : null;
        return $"{model ?? "unknown processor"}, {Environment.ProcessorCount} logical cores, .NET {Environment.Version}, "
            + (System.Runtime.GCSettings.IsServerGC ? "server GC" : "workstation GC");
    }
}
