using ActorFed.Actors.Devices;
using ActorFed.Actors.Nodes;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Actors.Wire;
using ActorFed.Kernel.VirtualTime;
using ActorFed.Training.Encoding;
using Akka.Actor;
using Akka.Configuration;
using static ActorFed.Actors.Runs.RunProtocol;

namespace ActorFed.Actors.Tests.Runs;

/// <summary>A whole run over a network that delays, reorders, doubles and loses, under an order of activations drawn from the same seed.</summary>
public sealed class BadNetworkTests
{
    private const int Seeds = 200;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    // Everybody is needed: the contributors are then the same under every seed, and so must the bits be.
    private static readonly RunSpec Spec = Some.Spec(
        clients: 4,
        rounds: 3,
        options: Some.Options with
        {
            PerRound = 3,
            Quorum = 3,
            Attempts = 1,
        }
    );

    [Fact]
    public async Task The_same_contributors_give_the_same_bits_and_each_counts_once()
    {
        await using var good = new SimulatedRun(Spec);
        var expected = Report(await good.Finish());
        var (lost, doubled) = (0, 0);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var count = new BadNetworkCount();
            var found = Report(await Run(seed, count));
            Assert.True(expected == found, $"seed {seed}:\n{found}\nexpected:\n{expected}");
            (lost, doubled) = (lost + count.Lost, doubled + count.Doubled);
        }

        Assert.True(lost > 5 * Seeds && doubled > 5 * Seeds, $"lost {lost}, doubled {doubled}: the network was not bad");
    }

    private static async Task<RunOutcome> Run(int seed, BadNetworkCount count)
    {
        var config = ConfigurationFactory
            .ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off, actor.serialize-messages = on }")
            .WithFallback(VirtualTimeHocon.Create(seed, "random"))
            .WithFallback(WireConfiguration.Reference);
        var blobs = new MemoryBlobStore(bound: 1 << 20);
        var system = ActorSystem.Create("bad-network", config);
        Task<RunOutcome> outcome;
        using (VirtualScheduler.Of(system)!.Pause())
        {
            outcome = Start(system, seed, blobs, count);
        }

        var ended = await outcome.WaitAsync(Hang);
        await system.Terminate().WaitAsync(Hang);
        system.Dispose();
        Assert.Equal(0, blobs.Held); // also what clients held whose last word was lost
        return ended;
    }

    private static Task<RunOutcome> Start(ActorSystem system, int seed, MemoryBlobStore blobs, BadNetworkCount count)
    {
        var (work, journal, personal) = (new WorkQueue(), new MemoryJournal(), new MemoryPersonalStore());
        var run = system.ActorOf(RunActor.Props(Spec, blobs, journal, work), "run");
        var network = system.ActorOf(Props.Create(() => new BadNetwork(run, seed, count)), "network");
        var spec = new NodeSpec(
            "node",
            Spec.Seed,
            Spec.Clients,
            [new CountingDevice(slots: 1 + (seed % 3))],
            work,
            blobs,
            personal,
            Spec.Round.ResendAfter,
            network
        );
        system.ActorOf(NodeActor.Props(spec), "node");
        return run.Ask<RunOutcome>(new AwaitOutcome(), CancellationToken.None);
    }

    // Who counted with which bytes and examples, what that cost, and the model. Not when: the network decides that.
    private static string Report(RunOutcome outcome) =>
        string.Join(
            '\n',
            outcome
                .Commits.Select(c => c.Summary)
                .Select(s =>
                    $"{s.Round} attempt {s.Attempt}: "
                    + string.Join(", ", s.Contributors.Select(c => $"{c.Client} {c.Update} x{c.Examples}"))
                    + $"; refused {s.Refused.Length}, absent {s.Absent.Length}, late {s.Late.Length}, down {s.Down}, up {s.Up}"
                )
                .Append(BlobId.Of(outcome.State.Global.Encoded.Span).Hex)
        );
}
