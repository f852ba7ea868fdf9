using System.Globalization;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Wire;
using ActorFed.Host.Runs;
using ActorFed.Kernel.Torch;
using ActorFed.Kernel.VirtualTime;
using Akka.Actor;
using Akka.Configuration;

namespace ActorFed.Benchmarks.Rounds;

/// <summary>How much memory does one more client take? Managed heap after a collection, with every client registered and rounds done.</summary>
internal static class Fleet
{
    private static readonly int[] Sizes = [200, 500, 1000, 2000, 4000];

    /// <summary>Prints the table and the slope; 1 when the slope passes 100 KB a client.</summary>
    public static int Run(string[] arguments)
    {
        Console.WriteLine($"Machine: {Measure.Machine()}");
        Console.WriteLine(
            "Adapter of 16,384 float32; 20 clients a round, 5 rounds; heap after a full collection, the run's actors alive."
        );
        Console.WriteLine();
        Console.WriteLine("| clients | managed heap, KB | live native handles |");
        Console.WriteLine("|---|---|---|");
        Sample(50); // warm-up
        var points = Sizes.Select(clients => (Clients: (double)clients, Bytes: Report(clients))).ToArray();
        var slope = Slope(points);
        Console.WriteLine();
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"Slope by least squares: {slope / 1000:0.00} KB a client.")
        );
        return slope <= 100_000 ? 0 : 1;
    }

    private static double Report(int clients)
    {
        var bytes = Sample(clients);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"| {clients} | {bytes / 1000:0} | {TorchRuntime.LiveHandles} |")
        );
        return bytes;
    }

    private static double Sample(int clients)
    {
        var folder = Directory.CreateTempSubdirectory("actorfed-fleet-").FullName;
        var config = ConfigurationFactory
            .ParseString("akka { loglevel = WARNING, stdout-loglevel = WARNING }")
            .WithFallback(VirtualTimeHocon.Create(1))
            .WithFallback(WireConfiguration.Reference);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var system = ActorSystem.Create("fleet", config);
        using var journal = new SqliteJournal(new(folder), new AtomicDisk(), TimeProvider.System, keep: 1);
        var spec = NoOpRuns.Spec("fleet", clients, 20, 5, 16_384);
        var handle = RunLauncher.Start(
            system,
            spec,
            new([new NoOpDevice(2)], new MemoryBlobStore(1L << 30), journal, new NoPersonalStore())
        );
        handle.Outcome.Wait();
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(handle);
        system.Terminate().Wait();
        Directory.Delete(folder, recursive: true);
        return bytes;
    }

    private static double Slope((double Clients, double Bytes)[] points)
    {
        var (x, y) = (points.Average(p => p.Clients), points.Average(p => p.Bytes));
        return points.Sum(p => (p.Clients - x) * (p.Bytes - y)) / points.Sum(p => (p.Clients - x) * (p.Clients - x));
    }
}
