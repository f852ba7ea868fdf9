using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Benchmarks;

/// <summary>What does C# cost over Python on the same libtorch? CPU ms per LoRA step, in turns, one thread; limit 1.05.</summary>
internal static class Binding
{
    private const double Limit = 1.05;
    private const int Pairs = 9;

    internal static int Run(string[] args)
    {
        var python = args.Length > 0 ? args[0] : "/usr/bin/python3";
        var script = args.Length > 1 ? args[1] : Path.Combine("bench", "python", "binding.py");
        Environment.SetEnvironmentVariable("OMP_NUM_THREADS", "1");
        set_num_threads(1);
        Console.WriteLine($"# libtorch {__version__}, {Pairs} interleaved pairs, CPU ms per step, medians (least to most)");
        Console.WriteLine("| batch | C# | Python | ratio | last losses |");
        Console.WriteLine("|---|---|---|---|---|");
        return new[] { (Batch: 4, Steps: 20), (Batch: 16, Steps: 8) }
            .Select(c => Compare(c.Batch, c.Steps, python, script))
            .Max();
    }

    private static int Compare(int batch, int steps, string python, string script)
    {
        using var ours = new BindingModel.Trainer(batch);
        using var theirs = Start(python, script, batch);
        List<double> mine = [],
            others = [],
            ratios = [];
        var (loss, pythonLoss) = (0.0, 0.0);
        for (var pair = -1; pair < Pairs; pair++)
        {
            var (a, l) = ours.Measure(steps);
            var (b, p) = Ask(theirs, steps);
            (loss, pythonLoss) = (l, p);
            if (pair >= 0) // The first pair warms up.
            {
                mine.Add(a);
                others.Add(b);
                ratios.Add(a / b);
            }
        }
        theirs.StandardInput.Close();
        theirs.WaitForExit();
        Console.WriteLine($"| {batch} | {Text(mine)} | {Text(others)} | {Text(ratios)} | {loss:F4} {pythonLoss:F4} |");
        return Median(ratios) <= Limit ? 0 : 1;
    }

    private static Process Start(string python, string script, int batch) =>
        Process.Start(
            new ProcessStartInfo(python, [script, batch.ToString()])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        ) ?? throw new InvalidOperationException($"{python} did not start.");

    private static (double Milliseconds, double Loss) Ask(Process python, int steps)
    {
        python.StandardInput.WriteLine(steps);
        var answer =
            python.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("Python ended: is python3-torch installed? (apt-get install python3-torch)");
        var parts = answer.Split(' ').Select(x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray();
        return (parts[0], parts[1]);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Text(List<double> values) => $"{Median(values):F3} ({values.Min():F3} to {values.Max():F3})";
}
