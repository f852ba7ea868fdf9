using System.Globalization;

namespace ActorFed.Benchmarks.Gain;

/// <summary>
/// What do adapters gain over a trained head alone? Each method at its own searched rates (validation part, seeds of its own), then paired
/// over seeds on the test part (papers' common protocol). A finished cell is a file and is not run again.
/// </summary>
internal static class GainBenchmark
{
    /// <summary>Prints the tables; see <see cref="GainOptions"/> for the arguments.</summary>
    public static int Run(string[] arguments)
    {
        var options = GainOptions.Parse(arguments);
        var cells = new CellRunner(options);
        Console.WriteLine($"Machine: {Measure.Machine()}");
        Console.WriteLine($"Settings of every cell: {string.Join(' ', options.Common)}");
        Console.WriteLine();
        var baseline = Search(cells, options, "head-only", options.HeadRates, [0]);
        var adapters = Search(cells, options, "fedit", options.JointHeadRates, options.AdapterRates);
        Compare(cells, options, baseline, adapters);
        return 0;
    }

    private static Rates Search(CellRunner cells, GainOptions options, string method, double[] heads, double[] adapters)
    {
        Console.WriteLine($"Search of {method} on the validation part, seed {string.Join(", ", options.SearchSeeds)}:");
        Console.WriteLine();
        Console.WriteLine("| head rate | adapter rate | validation |");
        Console.WriteLine("|---|---|---|");
        var found = new List<(Rates Rates, double Value)>();
        foreach (var rates in heads.SelectMany(h => adapters.Select(a => new Rates(h, a))))
        {
            var value = options.SearchSeeds.Average(seed => cells.Run(method, rates, seed).Validation);
            found.Add((rates, value));
            Console.WriteLine(Invariant($"| {rates.Head} | {(rates.Adapter == 0 ? "-" : rates.Adapter)} | {value:0.0000} |"));
        }

        Console.WriteLine();
        return found.MaxBy(f => f.Value).Rates;
    }

    private static void Compare(CellRunner cells, GainOptions options, Rates baseline, Rates adapters)
    {
        Console.WriteLine(
            Invariant(
                $"Test part: head-only at head rate {baseline.Head}; fedit at head rate {adapters.Head}, adapter rate {adapters.Adapter}."
            )
        );
        Console.WriteLine();
        Console.WriteLine(
            "| seed | ridge head | head-only | fedit | gain, final round | head-only, last rounds | fedit, last rounds | gain, last rounds |"
        );
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        var rows = options.Seeds.Select(seed => Row(cells, seed, baseline, adapters)).ToArray();
        Console.WriteLine();
        Summary("final round", [.. rows.Select(r => r.Final)]);
        Summary("mean over the last rounds' models", [.. rows.Select(r => r.Last)]);
    }

    private static (double Final, double Last) Row(CellRunner cells, int seed, Rates baseline, Rates adapters)
    {
        var ridge = cells.Run("head-ridge", baseline, seed);
        var (head, fedit) = (cells.Run("head-only", baseline, seed), cells.Run("fedit", adapters, seed));
        var gain = (Final: fedit.Test - head.Test, Last: fedit.TestLast - head.TestLast);
        Console.WriteLine(
            Invariant(
                $"| {seed} | {ridge.Test:0.0000} | {head.Test:0.0000} | {fedit.Test:0.0000} | {gain.Final:+0.0000;-0.0000} | {head.TestLast:0.0000} | {fedit.TestLast:0.0000} | {gain.Last:+0.0000;-0.0000} |"
            )
        );
        return gain;
    }

    private static void Summary(string name, double[] gains)
    {
        var (mean, half) = StudentT.Interval95(gains);
        Console.WriteLine(
            Invariant(
                $"- {name}: fedit ahead in {gains.Count(g => g > 0)} of {gains.Length}; mean gain {100 * mean:+0.0;-0.0} points, 95 % t-interval [{100 * (mean - half):+0.0;-0.0}, {100 * (mean + half):+0.0;-0.0}]"
            )
        );
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
