using System.Globalization;
using ActorFed.Cluster.Tests;

namespace ActorFed.Benchmarks.Cluster;

/// <summary>How long is a whole round over lines of 100 Mbit/s, beside the sizing formula of docs/operations.md?</summary>
/// <remarks>A server and four nodes, each on a machine (network namespace, so it takes root) with a line of its own; clients train nothing.</remarks>
internal static class LineRound
{
    private const int Nodes = 4;
    private const double LineBytes = 100e6 / 8 * 0.94; // what TCP on Ethernet leaves
    private const double Limit = 1.25;
    private static readonly (int Updates, int Numbers)[] s_cases = [(24, 250_000), (8, 1_000_000), (100, 25_000), (100, 250_000)];

    /// <summary>Prints the table; 1 when a round takes longer than the formula by more than a quarter and 0.1 s.</summary>
    /// <param name="arguments"><c>--rounds N</c> of each case.</param>
    public static int Run(string[] arguments)
    {
        var rounds = Options.Number(arguments, "--rounds", 5);
        using var laboratory = new Laboratory(machines: Nodes + 1);
        var nodes = Enumerable
            .Range(1, Nodes)
            .SelectMany(i => new[] { string.Join(' ', laboratory.Enter(i)), laboratory.HostOf(i) });
        using var server = Peer.StartIn(laboratory.Enter(0), [LineServer.Role, laboratory.HostOf(0), $"{rounds}", .. nodes]);
        Console.WriteLine($"Machine: {Measure.Machine()}");
        Console.WriteLine(
            $"A server and {Nodes} nodes on lines of 100 Mbit/s (tbf, burst 32k, latency 20 ms), nothing packed, no training; "
                + $"{rounds} rounds, median (smallest - largest)."
        );
        Console.WriteLine();
        Console.WriteLine("| updates | adapter, MB | on the line, MB | formula, s | a round, s | beyond the formula, s |");
        Console.WriteLine("|---:|---:|---:|---:|---|---:|");
        var limits = new Limits();
        Array.ForEach(s_cases, c => One(server, c.Updates, c.Numbers, limits));
        return limits.End();
    }

    private static void One(Peer server, int updates, int numbers, Limits limits)
    {
        server.Tell($"{updates} {numbers}");
        var seconds = server.Hear().Split(' ').Select(s => double.Parse(s, CultureInfo.InvariantCulture)).ToArray();
        var size = numbers * sizeof(float);
        var bytes = (double)(Nodes + updates) * size;
        var (formula, median) = (bytes / LineBytes, Measure.Spread(seconds).Median);
        Console.WriteLine(
            FormattableString.Invariant(
                $"| {updates} | {size / 1e6:0.0} | {bytes / 1e6:0} | {formula:0.00} | {Measure.Show(seconds, "0.00")} | {median - formula:+0.00;-0.00} |"
            )
        );
        limits.AtMost($"a round of {updates} updates of {size / 1e6} MB, seconds", median, Limit * formula + 0.1);
    }
}
