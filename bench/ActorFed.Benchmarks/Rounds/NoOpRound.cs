using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Wire;
using ActorFed.Host.Runs;
using ActorFed.Kernel.VirtualTime;
using Akka.Actor;
using Akka.Configuration;

namespace ActorFed.Benchmarks.Rounds;

/// <summary>What does a round cost beyond the hash and the sum of the bytes that its clients send?</summary>
/// <remarks>8 clients, 1 M float32 each, distinct bytes every round, hashed, journalled (SQLite and checkpoint files, synced) and summed.</remarks>
internal static class NoOpRound
{
    private const int Clients = 8;
    private const int Numbers = 1_000_000;
    private const int Rounds = 30;

    /// <summary>Prints the table; 1 when a round costs more than twice the hash and sum alone.</summary>
    public static int Run(string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("actorfed-noop-").FullName;
        var run = 0;
        var least = new HashAndSum(Clients, Numbers);
        try
        {
            var (actors, alone) = Measure.Interleaved(
                9,
                () => Rounds_(Path.Combine(folder, $"run-{run++}")),
                () => Repeat(least.Run),
                warmUps: 3
            );
            return Print(actors, alone);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Print(Measure.Sample[] actors, Measure.Sample[] alone)
    {
        var wall = Measure.Ratios(actors.Select(s => s.Wall), alone.Select(s => s.Wall)).ToArray();
        var cpu = Measure.Ratios(actors.Select(s => s.Cpu), alone.Select(s => s.Cpu)).ToArray();
        Console.WriteLine($"Machine: {Measure.Machine()}");
        Console.WriteLine(
            $"{Clients} clients, {Numbers} float32 each, {Rounds} rounds a sample; median of {actors.Length} interleaved pairs (smallest - largest)."
        );
        Console.WriteLine();
        Console.WriteLine("| | round | hash + sum alone, 1 thread | ratio |");
        Console.WriteLine("|---|---|---|---|");
        Console.WriteLine(
            $"| wall, ms | {PerRound(actors.Select(s => s.Wall))} | {PerRound(alone.Select(s => s.Wall))} | {Measure.Show(wall)} |"
        );
        Console.WriteLine(
            $"| CPU, ms | {PerRound(actors.Select(s => s.Cpu))} | {PerRound(alone.Select(s => s.Cpu))} | {Measure.Show(cpu)} |"
        );
        return Measure.Spread(wall).Median <= 2 ? 0 : 1;
    }

    private static string PerRound(IEnumerable<double> seconds) => Measure.Show(seconds.Select(s => 1000 * s / Rounds), "0.0");

    private static void Repeat(Action body)
    {
        for (var i = 0; i < Rounds; i++)
        {
            body();
        }
    }

    private static void Rounds_(string folder)
    {
        var config = ConfigurationFactory
            .ParseString("akka { loglevel = WARNING, stdout-loglevel = WARNING }")
            .WithFallback(VirtualTimeHocon.Create(1))
            .WithFallback(WireConfiguration.Reference);
        var system = ActorSystem.Create("noop", config);
        var spec = NoOpRuns.Spec("noop", Clients, Clients, Rounds, Numbers);
        Directory.CreateDirectory(folder);
        using var journal = new SqliteJournal(new(folder), new AtomicDisk(), TimeProvider.System, keep: 1);
        var blobs = new MemoryBlobStore(1L << 30);
        var handle = RunLauncher.Start(system, spec, new([new NoOpDevice(2)], blobs, journal, new NoPersonalStore()));
        handle.Outcome.Wait();
        system.Terminate().Wait();
    }
}
