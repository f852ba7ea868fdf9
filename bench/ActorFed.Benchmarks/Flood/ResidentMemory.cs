using System.Globalization;

namespace ActorFed.Benchmarks.Flood;

/// <summary>This process's resident set, bytes. The system keeps the peak itself, so that none is missed between two looks.</summary>
internal static class ResidentMemory
{
    /// <summary>The most that it was since <see cref="Restart"/>.</summary>
    public static long Peak => Read("VmHWM:");

    /// <summary>Collects what can be, and lets the peak begin at what is left.</summary>
    public static long Restart()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        File.WriteAllText("/proc/self/clear_refs", "5"); // 5: the peak is what is resident now
        return Read("VmRSS:");
    }

    private static long Read(string field)
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(field, StringComparison.Ordinal));
        return 1024
            * long.Parse(
                line[field.Length..^2],
                NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture
            );
    }
}
