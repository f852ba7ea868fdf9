using System.Collections.Immutable;
using ActorFed.Actors.Nodes;
using ActorFed.Actors.Roster;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Actors.Transfer;
using ActorFed.Training.Federation;
using Akka.Actor;
using static ActorFed.Actors.Roster.RosterProtocol;
using static ActorFed.Actors.Runs.StatusProtocol;

namespace ActorFed.Actors.Tests.Runs;

/// <summary>The same run over machines: server and nodes are actor systems of their own, and every message and tensor crosses a socket.</summary>
public sealed class RemoteRunTests
{
    private static readonly RoundOptions Rounds = Some.Options with { PerRound = 8, Quorum = 1, AnswerWithin = Seconds(5) };

    [Fact]
    public async Task Three_nodes_give_the_bits_of_a_simulation_and_each_downloads_a_model_once()
    {
        var spec = Some.Spec(clients: 24, rounds: 4, options: Rounds);
        await using var remote = new RemoteRun(spec);
        var handle = remote.Serve();
        ActorSystem[] nodes = [remote.Join("a", ..8), remote.Join("b", 8..16), remote.Join("c", 16..)];
        var outcome = await handle.Outcome.WaitAsync(RemoteRun.Hang);
        Assert.True(outcome.Completed);
        Assert.Equal(await Simulated(spec), outcome.State.Global.Id);
        foreach (var node in nodes)
        {
            var done = remote
                .Events.Where(e => e.System == node)
                .Select(e => e.Event)
                .OfType<TransferProgress>()
                .Where(p => p.Stage == TransferStage.Done)
                .Select(p => p.Blob)
                .ToList();
            Assert.Equal(done.Distinct(), done);
            Assert.InRange(done.Count, 1, 4);
        }

        foreach (var _ in nodes)
        {
            Assert.True((await remote.Sees<NodeDismissed>()).How.Completed);
        }
    }

    [Fact]
    public async Task With_signatures_the_bits_are_the_same_and_an_unsigned_node_is_turned_away()
    {
        var spec = Some.Spec(clients: 8, rounds: 3, options: Rounds);
        using var a = new TestKey("a");
        using var b = new TestKey("b");
        await using var remote = new RemoteRun(spec) { Gate = new TestGate(a, b) };
        var handle = remote.Serve();
        remote.Join("a", ..4, signer: a);
        remote.Join("c", 4..); // fault: no signatures
        var away = await remote.Sees<NodeTurnedAway>();
        Assert.Equal(("certificate", "a rule: a registration must be signed"), (away.Why.What, away.Why.OfServer));
        remote.Join("b", 4.., signer: b);
        var outcome = await handle.Outcome.WaitAsync(RemoteRun.Hang);
        Assert.Equal(await Simulated(spec), outcome.State.Global.Id);
        Assert.All(outcome.Commits, c => Assert.Equal(8, c.Summary.Contributors.Length));
    }

    [Fact]
    public async Task Who_is_no_node_of_the_run_cannot_end_it()
    {
        var spec = Some.Spec(clients: 2, rounds: 1, options: Rounds with { PerRound = 2 });
        await using var remote = new RemoteRun(spec);
        var handle = remote.Serve();
        var stranger = remote.StartSystem("stranger", port: 0);
        var run = stranger.ActorSelection($"akka.tcp://server@127.0.0.1:{remote.Port}/user/run");
        run.Tell(new NodeFailed("a", "so says a stranger")); // fault
        run.Tell(new RunEnded(spec.Run, false, "so says a stranger")); // fault: what only the run says
        await run.Ask<RunStatus>(new AskStatus(), RemoteRun.Hang); // after both
        remote.Join("a", ..);
        Assert.True((await handle.Outcome.WaitAsync(RemoteRun.Hang)).Completed);
    }

    [Fact]
    public async Task A_run_that_took_whom_it_could_get_is_repeated_to_the_bit_by_its_contributors()
    {
        var spec = Some.Spec(clients: 12, rounds: 3, options: Rounds with { PerRound = 4, Reserve = 1 });
        await using var remote = new RemoteRun(spec);
        var handle = remote.Serve();
        remote.Join("a", ..6);
        remote.Join("b", 6..);
        var outcome = await handle.Outcome.WaitAsync(RemoteRun.Hang);
        Assert.All(outcome.Commits, c => Assert.Equal(4, c.Summary.Contributors.Length));
        var again = spec with
        {
            Contributors = outcome.Commits.ToImmutableDictionary(
                c => c.Round,
                c => c.Summary.Contributors.Select(k => k.Client).ToImmutableArray()
            ),
        };
        Assert.Equal(await Simulated(again), outcome.State.Global.Id);
    }

    [Fact]
    public async Task A_node_that_is_lost_in_mid_training_costs_its_clients_their_round_and_nothing_else()
    {
        var spec = Some.Spec(clients: 8, rounds: 3, options: Rounds);
        await using var remote = new RemoteRun(spec);
        using var hold = new ManualResetEventSlim();
        var handle = remote.Serve();
        remote.Join("a", ..5);
        var lost = remote.Join("b", 5.., new CountingDevice { Fault = w => Hold(w, hold) });
        await remote.Sees<ClientProgress>(p => p.Client.CompareTo(ClientId.Of(5)) >= 0 && p.Stage == ClientStage.Training);
        await remote.End(lost); // fault
        hold.Set(); // not before: what it had trained could still be sent
        var outcome = await handle.Outcome.WaitAsync(RemoteRun.Hang);
        Assert.True(outcome.Completed);
        Assert.Equal([5, 5, 5], outcome.Commits.Select(c => c.Summary.Contributors.Length));
        Assert.All(outcome.Commits, c => Assert.Equal([5, 6, 7], c.Summary.Absent.Select(a => int.Parse(a.Value[^1..]))));
    }

    [Fact]
    public async Task A_node_that_comes_back_brings_its_clients_back()
    {
        var spec = Some.Spec(clients: 4, rounds: 30, options: Rounds with { PerRound = 4 });
        await using var remote = new RemoteRun(spec);
        var handle = remote.Serve(new CountingDevice());
        var personal = new MemoryPersonalStore();
        remote.Join("a", ..2);
        var lost = remote.Join("b", 2.., personal: personal);
        await remote.Sees<RoundClosed>(c => c.Summary.Round.Number == 2);
        await remote.End(lost); // fault
        remote.Join("b", 2.., personal: personal);
        var outcome = await handle.Outcome.WaitAsync(RemoteRun.Hang);
        Assert.True(outcome.Completed);
        Assert.Equal(4, outcome.Commits[^1].Summary.Contributors.Length);
    }

    [Fact]
    public async Task A_server_that_was_started_again_goes_on_with_the_nodes_that_are_there_to_the_same_bits()
    {
        var spec = Some.Spec(clients: 6, rounds: 40, options: Rounds with { PerRound = 4 });
        await using var remote = new RemoteRun(spec);
        remote.Serve();
        remote.Join("a", ..3);
        remote.Join("b", 3..);
        await remote.Sees<RoundClosed>(c => c.Summary.Round.Number == 3);
        await remote.RestartServer(); // fault
        var outcome = await remote.Serve().Outcome.WaitAsync(RemoteRun.Hang);
        Assert.True(outcome.Completed);
        Assert.Equal(await Simulated(spec), outcome.State.Global.Id);
        await remote.Sees<ServerLost>();
    }

    [Fact]
    public async Task A_client_lives_on_one_node_and_the_other_waits()
    {
        var spec = Some.Spec(clients: 4, rounds: 2, options: Rounds with { PerRound = 4 });
        await using var remote = new RemoteRun(spec);
        var handle = remote.Serve();
        var first = remote.Join("a", ..2);
        await remote.Sees<NodeJoined>(j => j.Node == "a");
        remote.Join("a", 1..3); // fault: the same name, and one client of the other
        var refused = await remote.Sees<NodeWaits>();
        Assert.Equal(new NodeRefused("a", ClientId.Of(1), "a"), refused.Why);
        remote.Join("c", 2..);
        var outcome = await handle.Outcome.WaitAsync(RemoteRun.Hang);
        Assert.Equal(await Simulated(spec), outcome.State.Global.Id);
        _ = first;
    }

    [Theory]
    [InlineData("run")]
    [InlineData("build")]
    [InlineData("wire version")]
    [InlineData("actor kernel")]
    [InlineData("settings")]
    [InlineData("base model")]
    [InlineData("data")]
    public async Task A_node_that_differs_is_turned_away_and_both_sides_are_named(string what)
    {
        await using var remote = new RemoteRun(Some.Spec());
        remote.Serve();
        remote.Join("a", .., change: i => Changed(i, what));
        var why = (await remote.Sees<NodeTurnedAway>()).Why;
        Assert.Equal(what, why.What);
        Assert.NotEqual(why.OfServer, why.OfNode);
        Assert.DoesNotContain(remote.Events, e => e.Event is NodeJoined);
    }

    [Fact]
    public async Task Who_asks_is_told_what_to_prepare_for()
    {
        await using var remote = new RemoteRun(Some.Spec());
        remote.Serve();
        var asker = remote.StartSystem("asker", port: 0);
        var run = asker.ActorSelection($"akka.tcp://server@127.0.0.1:{remote.Port}/user/run");
        var told = await run.Ask<RunDescription>(new AskRun(remote.Identity.Software), RemoteRun.Hang);
        Assert.Equal(new(remote.Identity, "settings"), told);
        var other = remote.Identity.Software with { Build = "older" };
        var refused = await run.Ask<NodeMismatched>(new AskRun(other), RemoteRun.Hang);
        Assert.Equal(new("build", "test", "older"), refused);
        var status = await run.Ask<RunStatus>(new AskStatus(), RemoteRun.Hang);
        Assert.Equal(
            (RunStage.Gathering, 0, 4, 6, 0),
            (status.Stage, status.Round, status.Rounds, status.Clients, status.Nodes.Length)
        );
        Assert.Equal((0, 0L, 0), (status.Transfers!.Current.Length, status.Transfers.Bytes, status.Standbys));
    }

    private static Identity Changed(Identity i, string what) =>
        what switch
        {
            "run" => i with { Run = new("other") },
            "build" => i with { Software = i.Software with { Build = "other" } },
            "wire version" => i with { Software = i.Software with { Wire = 99 } },
            "actor kernel" => i with { Software = i.Software with { Kernel = "other" } },
            "settings" => i with { Settings = "other" },
            "base model" => i with { BaseModel = "other" },
            _ => i with { Data = "other" },
        };

    private static void Hold(LocalWork work, ManualResetEventSlim hold)
    {
        if (work.Round.Number == 1)
        {
            hold.Wait();
        }
    }

    private static async Task<ActorFed.Training.Encoding.BlobId> Simulated(RunSpec spec)
    {
        await using var run = new SimulatedRun(spec);
        return (await run.Finish()).State.Global.Id;
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
