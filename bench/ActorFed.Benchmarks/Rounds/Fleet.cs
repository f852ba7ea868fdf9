using System.Collections.Immutable;
using System.Globalization;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Wire;
using ActorFed.Host.Runs;
using ActorFed.Kernel.Torch;
using ActorFed.Kernel.VirtualTime;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.Configuration;
using TorchSharp;

namespace ActorFed.Benchmarks.Rounds;

/// <summary>
/// How much memory does one more client take? Managed heap after a collection and native bytes in use, when every client has trained once
/// and keeps its personal state, the run's actors alive.
/// </summary>
internal static class Fleet
{
    private const int PerRound = 50;
    private const double Limit = 100_000;
    private static readonly int[] Sizes = [200, 500, 1000, 2000, 4000];

    /// <summary>What a fleet takes beyond the empty process, bytes.</summary>
    private sealed record Sample(double Managed, double Native, long Handles)
    {
        public double Total => Managed + Native;
    }

    /// <summary>Prints the table and the slope; 1 when the slope passes 100 KB a client.</summary>
    /// <param name="arguments"><c>--samples N</c> fleets of each size, <c>--most CLIENTS</c> in the largest.</param>
    public static int Run(string[] arguments)
    {
        var samples = Options.Number(arguments, "--samples", 5);
        var sizes = Sizes.Where(s => s <= Options.Number(arguments, "--most", Sizes[^1])).ToArray();
        torch.set_num_threads(1);
        Console.WriteLine($"Machine: {Measure.Machine()}");
        Console.WriteLine(
            $"FDLoRA on the tiny encoder, 16 documents and one step a client, {PerRound} clients a round, each trains once and keeps its personal state."
        );
        Console.WriteLine(
            $"Beyond the empty process; median of {samples} fleets of each size, sizes in turn (smallest - largest)."
        );
        Console.WriteLine();
        _ = Take(20 * PerRound); // warm-up: until the compiler, whose own memory is native too, is done with what runs here
        var taken = Enumerable.Range(0, samples).Select(_ => sizes.Select(Take).ToArray()).ToArray();
        var rows = sizes.Select((clients, i) => (Clients: clients, Samples: taken.Select(t => t[i]).ToArray())).ToArray();
        Console.WriteLine("| clients | managed heap, KB | native bytes in use, KB | both, KB | live native tensors |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (clients, of) in rows)
        {
            Console.WriteLine(
                $"| {clients} | {Kilo(of.Select(s => s.Managed))} | {Kilo(of.Select(s => s.Native))} | {Kilo(of.Select(s => s.Total))} | {of[^1].Handles} |"
            );
        }

        var slope = Growth.Slope([
            .. rows.Select(r => ((double)r.Clients, Measure.Spread(r.Samples.Select(s => s.Total)).Median)),
        ]);
        Console.WriteLine();
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"Slope of both by least squares: {slope / 1000:0.00} KB a client.")
        );
        var limits = new Limits();
        limits.AtMost("the slope, bytes a client", slope, Limit);
        return limits.End();
    }

    private static Sample Take(int clients)
    {
        var folder = Directory.CreateTempSubdirectory("actorfed-fleet-").FullName;
        try
        {
            return Take(clients, new(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Sample Take(int clients, RunFolder folder)
    {
        Settle();
        var (managed, native, handles) = (
            GC.GetTotalMemory(forceFullCollection: true),
            NativeMemory.LiveBytes(),
            TorchRuntime.LiveHandles
        );
        using var device = new FleetDevice(clients);
        var config = ConfigurationFactory
            .ParseString("akka { loglevel = WARNING, stdout-loglevel = WARNING }")
            .WithFallback(VirtualTimeHocon.Create(1))
            .WithFallback(WireConfiguration.Reference);
        var system = ActorSystem.Create("fleet", config);
        var disk = new AtomicDisk();
        using var journal = new SqliteJournal(folder, disk, TimeProvider.System, keep: 1);
        var personal = new DiskPersonalStore(disk, Path.Combine(folder.Path, "personal"));
        var spec = NoOpRuns.Spec("fleet", clients, PerRound, clients / PerRound, device.Method, InTurn);
        var handle = RunLauncher.Start(system, spec, new([device], new MemoryBlobStore(1L << 30), journal, personal));
        handle.Outcome.Wait();
        Settle();
        var sample = new Sample(
            GC.GetTotalMemory(forceFullCollection: true) - managed,
            NativeMemory.LiveBytes() - native,
            TorchRuntime.LiveHandles - handles
        );
        GC.KeepAlive(handle);
        system.Terminate().Wait();
        return Directory.GetDirectories(Path.Combine(folder.Path, "personal")).Length == clients
            ? sample
            : throw new InvalidOperationException("Not every client has trained and kept its state.");
    }

    // What earlier work left to the finalizers and to the compiler's thread is no client's.
    private static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Thread.Sleep(TimeSpan.FromSeconds(0.5));
        GC.Collect();
    }

    private static ImmutableArray<ClientId> InTurn(RoundId round, int attempt, int count) =>
        [.. Enumerable.Range((round.Number - 1) * count, count).Select(ClientId.Of)];

    private static string Kilo(IEnumerable<double> bytes) => Measure.Show(bytes.Select(b => b / 1000), "0");
}
