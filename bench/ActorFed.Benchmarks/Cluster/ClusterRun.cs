using System.Diagnostics;
using ActorFed.Actors.Roster;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Transfer;
using ActorFed.Benchmarks.Rounds;
using ActorFed.Host.Runs;
using ActorFed.Host.Settings;
using Akka.Actor;
using Akka.Configuration;

namespace ActorFed.Benchmarks.Cluster;

/// <summary>A run of no-op clients that live in other processes: the product's server, journal, remoting and transfer.</summary>
/// <param name="peers">The nodes' processes.</param>
/// <param name="folder">Where journals and the nodes' files go.</param>
/// <param name="host">Where the server listens.</param>
internal sealed class ClusterRun(IReadOnlyList<Peer> peers, string folder, string host)
{
    private const long Bound = 4L << 30;
    private int _runs;

    /// <summary>Where a run stood when a round was committed.</summary>
    private sealed record Mark(long Time, Footprint Used, long Bytes);

    /// <summary>What one round cost.</summary>
    /// <param name="Wall">Seconds from commit to commit.</param>
    /// <param name="Used">What the server's process used.</param>
    /// <param name="Bytes">Bytes that the clients were sent and sent.</param>
    public sealed record Cost(double Wall, Footprint Used, double Bytes);

    /// <summary>A run's rounds, and what the nodes' processes have used since they began.</summary>
    public sealed record Held(Cost[] Rounds, Footprint[] Nodes);

    /// <summary>Of servers and nodes alike: bytes go as they are, on any line.</summary>
    public static TransferOptions Transfer { get; } = TransferOptions.Standard with { Packed = false };

    /// <summary>What a server needs to talk to nodes; nothing that was fetched is kept, as in <c>serve</c>.</summary>
    public static ServerPorts Ports() =>
        new(Software.Of("benchmark"), new(Transfer with { Keep = 0 }, new MemoryBlobDrafts(Bound)));

    /// <summary>Everybody in every round, and patience: on a busy machine nobody is to be late.</summary>
    public static RunSpec Spec(string run, int clients, int rounds, int numbers)
    {
        var patience = TimeSpan.FromMinutes(5);
        var spec = NoOpRuns.Spec(run, clients, clients, rounds, numbers);
        return spec with { Round = spec.Round with { AnswerWithin = patience, ResendAfter = patience } };
    }

    /// <summary>Holds a run; the round that connects the processes is not among the costs.</summary>
    public Held Hold(int clients, int rounds, int numbers)
    {
        var spec = Spec($"run-{_runs++}", clients, rounds + 1, numbers);
        var marks = new List<Mark>();
        using var finished = new ManualResetEventSlim();
        var system = ActorSystem.Create("actorfed", ClusterNode.Settings(host, SettingsLoader.Server));
        Listener<RoundClosed>.Start(
            system,
            closed =>
            {
                marks.Add(MarkOf(closed));
                if (closed.Summary.Round.Number == spec.Rounds)
                {
                    finished.Set();
                }
            }
        );
        Execute(system, spec, numbers);
        finished.Wait();
        var nodes = peers.Select(p => Footprint.Parse(p.Hear())).ToArray();
        system.Terminate().Wait();
        return new([.. marks.Zip(marks.Skip(1), Between)], nodes);
    }

    private void Execute(ActorSystem system, RunSpec spec, int numbers)
    {
        var home = Directory.CreateDirectory(Path.Combine(folder, spec.Run.Value)).FullName;
        using var journal = new SqliteJournal(new(home), new AtomicDisk(), TimeProvider.System, keep: 1);
        var ports = new RunPorts([new NoOpDevice(1)], new MemoryBlobStore(Bound), journal, new NoPersonalStore());
        var handle = RunLauncher.StartServer(system, spec, ports, Ports());
        var each = spec.Clients.Length / peers.Count;
        var server = ((ExtendedActorSystem)system).Provider.DefaultAddress.ToString();
        for (var i = 0; i < peers.Count; i++)
        {
            var first = i * each;
            var count = i == peers.Count - 1 ? spec.Clients.Length - first : each;
            var place = Path.Combine(home, $"node-{i}");
            peers[i].Tell(new NodeTask(spec.Run.Value, server, spec.Clients.Length, first, count, numbers, place).ToLine());
        }

        ThrowUnlessWhole(handle.Outcome.Result);
    }

    private static void ThrowUnlessWhole(RunOutcome outcome)
    {
        if (outcome.Commits.Any(c => !c.Summary.Absent.IsEmpty || !c.Summary.Refused.IsEmpty || !c.Summary.Late.IsEmpty))
        {
            throw new InvalidOperationException("Not everybody has contributed to every round.");
        }
    }

    private static Mark MarkOf(RoundClosed closed) =>
        new(Stopwatch.GetTimestamp(), Footprint.Take(), closed.Summary.Down.Total + closed.Summary.Up.Total);

    private static Cost Between(Mark from, Mark to) =>
        new(
            Stopwatch.GetElapsedTime(from.Time, to.Time).TotalSeconds,
            new(to.Used.Cpu - from.Used.Cpu, to.Used.Allocated - from.Used.Allocated, to.Used.Peak),
            to.Bytes
        );
}
