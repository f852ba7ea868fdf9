using System.Collections.Immutable;
using System.Globalization;
using ActorFed.Training.Chance;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using ActorFed.Training.Tokenizers;
using ActorFed.Training.Trainers;
using TorchSharp;

namespace ActorFed.Benchmarks.Rounds;

/// <summary>Do two workers of one intra-op thread each do twice the client-steps of one, over one shared base model?</summary>
internal static class Workers
{
    private const int Clients = 4;
    private const int Steps = 6;

    /// <summary>Prints the table; 1 when two workers give less than 1.7 times the client-steps per second of one.</summary>
    public static int Run(string[] arguments)
    {
        torch.set_num_threads(1);
        var bench = new WorkersBench(Clients, Steps);
        var (two, one) = Measure.Interleaved(9, () => bench.Train(2), () => bench.Train(1));
        var steps = (double)Clients * Steps;
        var ratio = Measure.Ratios(one.Select(s => s.Wall), two.Select(s => s.Wall)).ToArray();
        Console.WriteLine($"Machine: {Measure.Machine()}");
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"USE-lite's shape, random weights, LoRA rank 8 on q and v, batch 16 x 64 tokens; {steps} client-steps a sample; median of {one.Length} interleaved pairs."
            )
        );
        Console.WriteLine();
        Console.WriteLine("| workers x threads | client-steps/s |");
        Console.WriteLine("|---|---|");
        Console.WriteLine($"| 1 x 1 | {Measure.Show(one.Select(s => steps / s.Wall))} |");
        Console.WriteLine($"| 2 x 1 | {Measure.Show(two.Select(s => steps / s.Wall))} |");
        Console.WriteLine();
        Console.WriteLine($"Ratio: {Measure.Show(ratio)}");
        return Measure.Spread(ratio).Median >= 1.7 ? 0 : 1;
    }
}
