namespace ActorFed.Benchmarks.Cluster;

/// <summary>What does a round of eight client processes cost beyond a plain copy, hash and sum of the same bytes?</summary>
internal static class ClusterRound
{
    private const int Clients = 8;
    private const int WarmUpRounds = 400; // nine processes' compilers have to be done with what runs here
    private const double RatioLimit = 2;
    private const double WallLimit = 0.22;

    private sealed record Sample(double Wall, double Cpu, double Raw, double RawUp);

    /// <summary>Prints the table; 1 when a limit is missed.</summary>
    /// <param name="arguments"><c>--samples N</c>, <c>--rounds N</c> in each, <c>--floats N</c> of each client.</param>
    public static int Run(string[] arguments)
    {
        var samples = Options.Number(arguments, "--samples", 5);
        var rounds = Options.Number(arguments, "--rounds", 30);
        var numbers = Options.Number(arguments, "--floats", 1_000_000);
        using var bench = new ClusterBench(Clients);
        bench.Run.Hold(Clients, WarmUpRounds, Math.Min(numbers, 100_000));
        var taken = Enumerable.Range(0, samples + 1).Select(_ => Take(bench, rounds, numbers)).Skip(1).ToArray();
        Console.WriteLine($"Machine: {Measure.Machine()}");
        Console.WriteLine(
            $"A server and {Clients} client processes on loopback, {numbers} float32 each; {rounds} rounds a sample, "
                + $"median of {samples} samples in turn (smallest - largest)."
        );
        return Print(taken);
    }

    private static Sample Take(ClusterBench bench, int rounds, int numbers)
    {
        var held = bench.Run.Hold(Clients, rounds, numbers).Rounds;
        using var raw = new RawRound(bench.Peers, numbers);
        return new(
            held.Average(r => r.Wall),
            held.Average(r => r.Used.Cpu),
            Measure.Once(() => Repeat(rounds, () => raw.Hold(down: true))).Wall / rounds,
            Measure.Once(() => Repeat(rounds, () => raw.Hold(down: false))).Wall / rounds
        );
    }

    private static void Repeat(int times, Action body)
    {
        for (var i = 0; i < times; i++)
        {
            body();
        }
    }

    private static int Print(Sample[] samples)
    {
        var wall = samples.Select(s => s.Wall).ToArray();
        var ratios = Measure.Ratios(wall, samples.Select(s => s.Raw)).ToArray();
        Console.WriteLine();
        Console.WriteLine("| | wall, ms | the round is times as long |");
        Console.WriteLine("|---|---|---|");
        Console.WriteLine($"| round: invited, sent, returned, hashed, summed, committed | {Milliseconds(wall)} | |");
        Row("plain sockets: the same bytes both ways, hashed, summed", samples.Select(s => s.Raw));
        Row("plain sockets: the uploads alone, hashed, summed", samples.Select(s => s.RawUp));
        Console.WriteLine();
        Console.WriteLine($"CPU of the server's process a round, ms: {Milliseconds(samples.Select(s => s.Cpu))}");
        Console.WriteLine("On 2 cores: Flower 1.8 (bidi gRPC) 220 ms, Flower 1.28 11,300 ms, NVFlare 2.8 2,600 ms.");
        var limits = new Limits();
        limits.AtMost("the ratio to plain sockets", Measure.Spread(ratios).Median, RatioLimit);
        limits.AtMost("a round, seconds", Measure.Spread(wall).Median, WallLimit);
        return limits.End();

        void Row(string name, IEnumerable<double> seconds)
        {
            var times = seconds.ToArray();
            Console.WriteLine($"| {name} | {Milliseconds(times)} | {Measure.Show(Measure.Ratios(wall, times))} |");
        }
    }

    private static string Milliseconds(IEnumerable<double> seconds) => Measure.Show(seconds.Select(s => 1000 * s), "0.0");
}
