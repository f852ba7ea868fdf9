namespace ActorFed.Benchmarks.Cluster;

/// <summary>What a round costs the server's process, over clients and over bytes.</summary>
internal sealed class ServerCost(ClusterRun run, int samples, int rounds)
{
    private const int Numbers = 1_000;
    private const int Clients = 100;
    private const double CpuLimit = 1.3; // the sum of what is linear and what is quadratic passes it long before the second prevails
    private const double AllocationLimit = 1.1;
    private static readonly int[] Fleets = [10, 100, 1_000, 10_000];
    private static readonly int[] Sizes = [1_000, 10_000, 100_000];

    private sealed record Row(double Size, double[] Wall, double[] Cpu, double[] Allocated, double Bytes);

    /// <summary>Two tables and their growth.</summary>
    public void Print(int most, Limits limits)
    {
        var byClients = Measured([.. Fleets.Where(f => f <= most)], clients => (clients, Numbers));
        Table($"clients, {Numbers} float32 each", byClients);
        Judge("clients", byClients, limits);
        var byBytes = Measured([.. Sizes.Where(s => s * Clients <= most * Numbers)], numbers => (Clients, numbers));
        Table($"float32 of each of {Clients} clients", byBytes);
        Judge("bytes", byBytes, limits);
    }

    private Row[] Measured(int[] sizes, Func<int, (int Clients, int Numbers)> of)
    {
        var taken = Enumerable.Range(0, samples + 1).Select(_ => sizes.Select(s => Hold(of(s))).ToArray()).Skip(1).ToArray();
        return [.. sizes.Select((size, i) => RowOf(size, [.. taken.Select(t => t[i])]))];
    }

    private ClusterRun.Cost[] Hold((int Clients, int Numbers) of)
    {
        GC.Collect();
        return run.Hold(of.Clients, rounds, of.Numbers).Rounds;
    }

    private static Row RowOf(int size, ClusterRun.Cost[][] held) =>
        new(
            size,
            [.. held.Select(h => h.Average(r => r.Wall))],
            [.. held.Select(h => h.Average(r => r.Used.Cpu))],
            [.. held.Select(h => h.Average(r => r.Used.Allocated))],
            held[0].Average(r => r.Bytes)
        );

    private static void Table(string what, Row[] rows)
    {
        Console.WriteLine();
        Console.WriteLine($"| {what} | wall, ms | server's CPU, ms | CPU, us a KB | bytes, MB | allocated, MB |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var r in rows)
        {
            Console.WriteLine(
                FormattableString.Invariant(
                    $"| {r.Size} | {Show(r.Wall, 1e3)} | {Show(r.Cpu, 1e3)} | {Middle(r.Cpu) * 1e9 / r.Bytes:0.0} | {r.Bytes / 1e6:0.00} | {Show(r.Allocated, 1e-6)} |"
                )
            );
        }
    }

    private static void Judge(string over, Row[] rows, Limits limits)
    {
        Console.WriteLine();
        One("CPU", CpuLimit, r => Middle(r.Cpu));
        One("allocated bytes", AllocationLimit, r => Middle(r.Allocated));

        void One(string what, double limit, Func<Row, double> cost)
        {
            var points = rows.Select(r => (r.Size, cost(r))).ToArray();
            var last = Growth.Between(points[^2], points[^1]);
            Console.WriteLine(
                FormattableString.Invariant(
                    $"{what} ~ {over}^k: k = {Growth.Over(points):0.00} over all, {last:0.00} in the last step (at most {limit}; 2 is quadratic)."
                )
            );
            limits.AtMost($"growth of {what} with {over} in the last step", last, limit);
        }
    }

    private static double Middle(double[] values) => Measure.Spread(values).Median;

    private static string Show(double[] values, double scale) => Measure.Show(values.Select(v => scale * v), "0.0");
}
