using System.Text.Json;
using ActorFed.Host.Results;
using ActorFed.Host.Runs;
using ActorFed.Simulation.Tests;

namespace ActorFed.Cluster.Tests;

/// <summary>Real processes, real sockets, real training; each fault says what it costs.</summary>
public sealed class ClusterTests
{
    private static string[] Slow(int rounds, int steps = 20) =>
        ["--rounds", $"{rounds}", "--per-round", "24", "--set", $"actorfed.train.steps={steps}"];

    [Fact]
    public async Task One_server_and_three_nodes_give_the_hash_of_a_simulation()
    {
        using var machines = new Machines("--per-round", "12");
        await machines.ServeAsync();
        RealProgram[] nodes = [machines.Join("a", "1/3"), machines.Join("b", "2/3"), machines.Join("c", "17-24")];
        var result = await machines.EndsAsync();
        foreach (var node in nodes)
        {
            await node.EndsAsync();
            Assert.True(node.Code == 0, node.Errors);
        }

        Assert.Equal(await machines.SimulatedAsync(), result.AdapterSha256);
        Assert.Equal(await machines.RepeatedAsync(), result.AdapterSha256);
        Assert.All(result.Rounds, r => Assert.Equal(12, r.Contributors.Count));
    }

    [Fact]
    public async Task A_node_with_other_matrix_kernels_takes_part_and_the_server_says_what_that_means()
    {
        using var machines = new Machines("--rounds", "1", "--per-round", "12");
        await machines.ServeAsync();
        machines.JoinWithOldKernels("old"); // fault: its sums differ in their last bits
        var said = await machines.Server.SaysAsync("old computes with the kernels ");
        Assert.Contains(
            $", this machine with {Blas.Kernels}: simulate here would differ in the last bits",
            said,
            StringComparison.Ordinal
        );
        var result = await machines.EndsAsync();
        Assert.Equal(12, result.Rounds.Single().Contributors.Count);
        Assert.Equal($"OpenBLAS {Blas.Kernels}", result.Versions["blas"]);
    }

    [Fact]
    public async Task Kill_9_of_a_node_in_mid_training_costs_its_clients_that_round_and_it_may_come_back()
    {
        using var machines = new Machines(Slow(rounds: 2, steps: 60));
        await machines.ServeAsync();
        machines.Join("a", "1-16");
        var lost = machines.Join("b", "17-24");
        await machines.AllHereAsync();
        await lost.SaysAsync("round 1: training");
        lost.Kill(); // fault
        await machines.Server.SaysAsync("16 of 24 clients are here");
        machines.Join("b", "17-24");
        var result = await machines.EndsAsync();
        AssertLost(17, 24, result.Rounds[0]);
        Assert.Equal(await machines.RepeatedAsync(), result.AdapterSha256);
    }

    [Fact, Trait("Category", "Slow")]
    public async Task Kill_9_of_the_server_costs_the_round_it_was_in_and_the_nodes_find_it_again()
    {
        using var machines = new Machines(Slow(rounds: 3));
        await machines.ServeAsync();
        machines.Join("a", "1/2");
        machines.Join("b", "2/2");
        await machines.Server.SaysAsync("round 1/3");
        machines.Server.Kill(); // fault
        await machines.Server.EndsAsync();
        await machines.ResumeAsync();
        var result = await machines.EndsAsync();
        Assert.Equal(3, result.Rounds.Count);
        Assert.Equal(await machines.SimulatedAsync(), result.AdapterSha256);
    }

    [Fact, Trait("Category", "Slow")]
    public async Task A_node_that_was_stopped_until_it_was_given_up_joins_again()
    {
        using var machines = new Machines(Slow(rounds: 20));
        await machines.ServeAsync();
        machines.Join("a", "1/2");
        var stopped = machines.Join("b", "2/2");
        await machines.AllHereAsync();
        await stopped.SaysAsync("round 1: training");
        await stopped.SignalAsync("STOP"); // fault
        await machines.Server.SaysAsync("12 of 24 clients are here, on 1 node"); // given up
        await stopped.SignalAsync("CONT");
        await machines.Server.SaysAsync("24 of 24 clients are here, on 2 nodes");
        var result = await machines.EndsAsync();
        Assert.Equal(20, result.Rounds.Count);
        Assert.Equal(await machines.RepeatedAsync(), result.AdapterSha256);
    }

    [Fact, Trait("Category", "Slow")]
    public async Task Of_two_nodes_of_one_name_the_second_waits_and_status_shows_the_first()
    {
        using var machines = new Machines("--rounds", "2", "--per-round", "12");
        await machines.ServeAsync();
        var first = machines.Join("a", "1/2");
        await first.SaysAsync("a joined");
        var second = machines.Join("a", "1/2", output: "another"); // fault: the same identity
        await second.SaysAsync("a waits: client-00000 lives on a");
        var status = machines.Start(machines.World.Folder, "status", "--seed-node", $"127.0.0.1:{machines.Port}", "--json");
        using var told = JsonDocument.Parse(await status.EndsAsync());
        Assert.Equal("gathering", told.RootElement.GetProperty("stage").GetString());
        Assert.Equal(12, told.RootElement.GetProperty("nodes").EnumerateArray().Single().GetProperty("clients").GetInt32());
        Assert.Equal(0, told.RootElement.GetProperty("transfers").GetProperty("failed").GetInt32());
        machines.Join("b", "2/2");
        Assert.Equal(await machines.SimulatedAsync(), (await machines.EndsAsync()).AdapterSha256);
    }

    [Fact, Trait("Category", "Slow")]
    public async Task A_node_with_other_data_or_other_settings_is_turned_away_with_2_and_both_sides_are_named()
    {
        using var machines = new Machines("--rounds", "1");
        await machines.ServeAsync();
        using var other = new TinyWorld();
        await File.AppendAllTextAsync(other.In("data.jsonl"), "{\"text\":\"one more\",\"label\":\"class-0\"}\n"); // fault
        var data = machines.Join("a", "all", folder: other.Folder);
        await data.EndsAsync();
        Assert.Equal(2, data.Code);
        Assert.Contains("turned away: data: the server has ", data.Errors, StringComparison.Ordinal);
        var settings = machines.Join("a", "all", more: ["--set", "actorfed.train.steps=3"]); // fault
        await settings.EndsAsync();
        Assert.Equal(2, settings.Code);
        Assert.Contains("turned away: settings: the server has ", settings.Errors, StringComparison.Ordinal);
        machines.Join("a", "all");
        await machines.EndsAsync();
    }

    [Fact, Trait("Category", "Slow")]
    public async Task A_node_that_ends_on_SIGTERM_hands_its_round_back_at_once()
    {
        using var machines = new Machines(Slow(rounds: 2, steps: 60));
        await machines.ServeAsync();
        machines.Join("a", "1-16");
        var leaves = machines.Join("b", "17-24");
        await leaves.SaysAsync("round 1: training");
        await leaves.SignalAsync("TERM");
        await leaves.EndsAsync();
        Assert.Equal(130, leaves.Code);
        var result = await machines.EndsAsync();
        AssertLost(17, 24, result.Rounds[0]);
        Assert.Equal(2, result.Rounds.Count);
    }

    // Who had delivered before the fault counts; of the lost node nobody else does, and everybody of the others.
    private static void AssertLost(int first, int last, RoundResult round)
    {
        Assert.NotEmpty(round.Absent);
        Assert.Subset(Places(first, last).ToHashSet(), round.Absent.ToHashSet());
        Assert.Equal(24, round.Contributors.Count + round.Absent.Count);
    }

    private static string[] Places(int first, int last) =>
        [.. Enumerable.Range(first - 1, last - first + 1).Select(i => $"client-{i:D5}")];
}
