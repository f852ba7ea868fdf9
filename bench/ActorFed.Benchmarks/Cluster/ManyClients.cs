using ActorFed.Benchmarks.Rounds;

namespace ActorFed.Benchmarks.Cluster;

/// <summary>What do a thousand clients on four nodes cost, and how does the server's cost grow with clients and bytes?</summary>
internal static class ManyClients
{
    private const int Nodes = 4;
    private const int Clients = 1_000;
    private const int Numbers = 16_384;

    /// <summary>Prints the tables; 1 when the server's cost grows faster than clients or bytes.</summary>
    /// <param name="arguments"><c>--samples N</c>, <c>--rounds N</c> in each, <c>--most CLIENTS</c> in the largest.</param>
    public static int Run(string[] arguments)
    {
        var samples = Options.Number(arguments, "--samples", 5);
        var rounds = Options.Number(arguments, "--rounds", 4);
        var most = Options.Number(arguments, "--most", 10_000);
        using var bench = new ClusterBench(Nodes);
        Console.WriteLine($"Machine: {Measure.Machine()}");
        Console.WriteLine(
            $"A server and {Nodes} node processes on loopback, every client in every round; {rounds} rounds a sample, "
                + $"median of {samples} samples in turn (smallest - largest)."
        );
        Together(bench.Run, Math.Min(Clients, most), samples, rounds);
        var limits = new Limits();
        new ServerCost(bench.Run, samples, rounds).Print(most, limits);
        return limits.End();
    }

    private static void Together(ClusterRun run, int clients, int samples, int rounds)
    {
        run.Hold(clients, rounds, Numbers); // to warm up
        var held = Enumerable.Range(0, samples).Select(_ => run.Hold(clients, rounds, Numbers)).ToArray();
        var server = Footprint.Take();
        var least = new HashAndSum(clients, Numbers);
        var alone = Enumerable.Range(0, samples).Select(_ => Measure.Once(least.Run).Wall).ToArray();
        Console.WriteLine();
        Console.WriteLine($"{clients} clients on {Nodes} nodes, {Numbers} float32 each:");
        Console.WriteLine();
        Console.WriteLine("| | |");
        Console.WriteLine("|---|---|");
        Row("round, ms", held.Select(h => 1000 * h.Rounds.Average(r => r.Wall)));
        Row("hash and sum of the uploads alone, one thread, ms", alone.Select(s => 1000 * s));
        Row("server's CPU a round, ms", held.Select(h => 1000 * h.Rounds.Average(r => r.Used.Cpu)));
        Row("bytes down and up a round, MB", held.Select(h => h.Rounds.Average(r => r.Bytes) / 1e6));
        Row("allocated by the server a round, MB", held.Select(h => h.Rounds.Average(r => r.Used.Allocated) / 1e6));
        Row("most memory of the server, MB", [server.Peak / 1e6]);
        Row("most memory of a node, MB", held[^1].Nodes.Select(n => n.Peak / 1e6));
    }

    private static void Row(string name, IEnumerable<double> values) =>
        Console.WriteLine($"| {name} | {Measure.Show(values, "0.0")} |");
}
