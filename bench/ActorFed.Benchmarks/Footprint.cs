using System.Diagnostics;
using System.Globalization;

namespace ActorFed.Benchmarks;

/// <summary>What a process has used so far.</summary>
/// <param name="Cpu">Processor seconds, all threads.</param>
/// <param name="Allocated">Bytes of managed memory that were handed out.</param>
/// <param name="Peak">Most bytes that were resident.</param>
internal sealed record Footprint(double Cpu, double Allocated, double Peak)
{
    /// <summary>Of this process.</summary>
    public static Footprint Take()
    {
        using var me = Process.GetCurrentProcess();
        return new(me.TotalProcessorTime.TotalSeconds, GC.GetTotalAllocatedBytes(), me.PeakWorkingSet64);
    }

    /// <summary>From the line that another process wrote.</summary>
    public static Footprint Parse(string line) =>
        line.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray() is [var cpu, var allocated, var peak]
            ? new(cpu, allocated, peak)
            : throw new FormatException($"'{line}' is no footprint.");

    public override string ToString() => FormattableString.Invariant($"{Cpu} {Allocated} {Peak}");
}
