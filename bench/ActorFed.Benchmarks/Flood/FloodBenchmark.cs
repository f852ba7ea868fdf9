using System.Globalization;
using ActorFed.Cluster.Tests;

namespace ActorFed.Benchmarks.Flood;

/// <summary>What do 480 MB of adapters that are queued for a line of 100 Mbit/s do to the cluster that shares it?</summary>
/// <remarks>Three machines (network namespaces, so it takes root) in one Akka cluster with default failure detection: one sends, one fetches, one looks on.</remarks>
internal static class FloodBenchmark
{
    private const int Sender = 0;
    private const int Receiver = 1;
    private const double MemoryLimit = 64;
    private const double PingLimit = 50;

    /// <summary>Prints the table; <c>--blobs N</c> sets how many of 4 MB are queued.</summary>
    public static int Run(string[] arguments) =>
        arguments switch
        {
            [.., "--blobs", var n] => MeasureOn(int.Parse(n, CultureInfo.InvariantCulture)),
            _ => MeasureOn(120),
        };

    private static int MeasureOn(int blobs)
    {
        using var laboratory = new Laboratory(machines: 3);
        using var sender = new FloodProcess(laboratory, Sender, "send", blobs, seed: "");
        var seed = sender.Says("address")[0];
        using var receiver = new FloodProcess(laboratory, Receiver, "fetch", blobs, seed);
        var raw = receiver.Says("echo")[0];
        using var other = new FloodProcess(laboratory, 2, "look", blobs, seed);
        FloodProcess[] all = [sender, receiver, other];
        foreach (var machine in all)
        {
            machine.Says("complete");
        }

        sender.Tell($"{receiver.Address} {raw}");
        var quiet = Pings.Read(sender.Says("quiet"));
        receiver.Tell("fetch");
        var fetched = receiver.Numbers("fetched");
        sender.Tell("enough");
        var flooded = Pings.Read(sender.Says("flooded"));
        var memory = sender.Numbers("memory");
        foreach (var machine in all)
        {
            machine.Tell("end");
        }

        var lost = all.Sum(m => m.Numbers("unreachable")[0]);
        return Judge(blobs, quiet, flooded, memory, fetched, lost);
    }

    private static int Judge(int blobs, Pings quiet, Pings flooded, double[] memory, double[] fetched, double lost)
    {
        var megabytes = blobs * FloodMachine.BlobBytes / 1e6;
        Console.WriteLine($"Machine: {Measure.Machine()}");
        Console.WriteLine(
            $"{blobs} blobs of 4 MB, asked for at once; three machines, lines of 100 Mbit/s (tbf, burst 32k, latency 20 ms). "
                + $"Round trips in turn, {flooded.Count} of each kind during the flood: median, 99 %, largest."
        );
        Console.WriteLine();
        Console.WriteLine("| what | quiet | during the flood |");
        Console.WriteLine("|---|---|---|");
        Console.WriteLine($"| Ask between the two systems, ms | {Show(quiet.Ask)} | {Show(flooded.Ask)} |");
        Console.WriteLine($"| raw second socket, ms | {Show(quiet.Raw)} | {Show(flooded.Raw)} |");
        Console.WriteLine($"| sender's memory (RSS), MB | {memory[0]:0} | {memory[1]:0} at most |");
        Console.WriteLine($"| members that became unreachable, as three machines saw it | | {lost:0} |");
        Console.WriteLine($"| fetched and hashed, MB/s of 12.5 | | {megabytes / fetched[0]:0.0} ({fetched[0]:0.0} s) |");
        Console.WriteLine($"| receiver's memory (RSS) grew by, MB | | {fetched[1]:0} at most |");
        var limits = new Limits();
        limits.AtMost("members unreachable", lost, 0);
        limits.AtMost("growth of the sender's memory, MB", memory[1] - memory[0], MemoryLimit);
        limits.AtMost("median ping beyond the raw one's, ms", flooded.Ask[0] - flooded.Raw[0], PingLimit);
        limits.AtMost("99 % ping beyond the raw one's, ms", flooded.Ask[1] - flooded.Raw[1], PingLimit);
        limits.AtMost("largest ping beyond the raw one's, ms", flooded.Ask[2] - flooded.Raw[2], PingLimit);
        return limits.End();
    }

    private static string Show(double[] v) => string.Create(CultureInfo.InvariantCulture, $"{v[0]:0.0}, {v[1]:0.0}, {v[2]:0.0}");
}
