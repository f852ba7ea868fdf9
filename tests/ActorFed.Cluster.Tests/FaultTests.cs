using ActorFed.Simulation.Tests;

namespace ActorFed.Cluster.Tests;

/// <summary>Faults of links, disks and old processes. Each test says what is lost: the round's work of the clients behind the fault, and nothing else.</summary>
[Trait("Category", "Slow")]
public sealed class FaultTests
{
    // A model of 12 kB that crosses whole: a transfer has a middle.
    private static string[] Large(int rounds) => ["--rounds", $"{rounds}", "--per-round", "24", "--method", "full"];

    [Theory]
    [InlineData(nameof(Way.Down), 6000)]
    [InlineData(nameof(Way.Up), 5000)]
    public async Task Kill_9_of_a_node_in_mid_transfer_costs_its_client_that_round_and_it_may_come_back(string way, int bytes)
    {
        await using var relay = new Relay(seed: 3);
        using var machines = new Machines(Large(rounds: 3));
        await machines.ServeBehindAsync(relay);
        machines.Join("a", "1-23");
        await machines.Server.SaysAsync("23 of 24 clients are here");
        relay.Mark();
        var stopped = relay.StopAfter(Enum.Parse<Way>(way), bytes);
        var lost = machines.Join("b", "24-24");
        await stopped;
        lost.Kill(); // fault: half of the tensors have crossed
        await lost.EndsAsync();
        Assert.Equal(way == nameof(Way.Up), lost.Errors.Contains("fetched ", StringComparison.Ordinal));
        await machines.Server.SaysAsync("23 of 24 clients are here, on 1 node");
        relay.Heal();
        machines.Join("b", "24-24");
        var result = await machines.EndsAsync();
        Assert.Equal(23, result.Rounds[0].Contributors.Count);
        Assert.Equal(3, result.Rounds.Count);
        Assert.Equal(await machines.RepeatedAsync(), result.AdapterSha256);
    }

    [Fact]
    public async Task A_link_that_was_cut_and_heals_costs_its_clients_the_rounds_between()
    {
        await using var relay = new Relay(seed: 4);
        await using var back = new Relay(seed: 5); // either side may open the connection
        using var machines = new Machines([.. Large(rounds: 20), "--set", "actorfed.train.steps=20"]);
        await machines.ServeBehindAsync(relay);
        machines.Join("a", "1-16");
        await machines.Server.SaysAsync("16 of 24 clients are here");
        relay.Mark();
        back.Mark();
        var away = machines.JoinBehind(back, "b", "17-24");
        await machines.AllHereAsync();
        await away.SaysAsync("round 1: training");
        relay.Cut(); // fault
        back.Cut();
        await machines.Server.SaysAsync("16 of 24 clients are here, on 1 node"); // given up
        relay.Heal();
        back.Heal();
        await machines.Server.SaysAsync("24 of 24 clients are here, on 2 nodes");
        var result = await machines.EndsAsync();
        Assert.Equal(20, result.Rounds.Count);
        Assert.All(result.Rounds, r => Assert.True(r.Contributors.Count >= 16));
        Assert.Equal(await machines.RepeatedAsync(), result.AdapterSha256);
    }

    [Fact]
    public async Task A_node_of_an_earlier_run_is_turned_away_with_2_and_its_results_do_not_count()
    {
        using var machines = new Machines("--rounds", "2", "--per-round", "12");
        await machines.ServeAsync();
        var stale = machines.Join("a", "1/2");
        await stale.SaysAsync("a joined");
        machines.Server.Kill();
        await machines.Server.EndsAsync();
        await machines.ServeAnotherAsync("another"); // fault: the node finds another run at its server's address
        await stale.EndsAsync();
        Assert.Equal(2, stale.Code);
        Assert.Contains("turned away: run: the server has another, this node has served", stale.Errors, StringComparison.Ordinal);
        machines.Join("b", "all");
        var result = await machines.EndsAsync(machines.Server, "another");
        Assert.Equal(await machines.SimulatedAsync(), result.AdapterSha256);
    }

    [Fact]
    public async Task A_full_disk_on_a_node_costs_its_clients_their_rounds()
    {
        using var machines = new Machines(Large(rounds: 2));
        await machines.ServeAsync();
        var full = machines.Join("b", "24-24", more: ["--set", "actorfed.transfer.on-disk-from=0 B"]);
        await full.SaysAsync("b joined");
        await full.LimitFilesAsync(100); // fault: EFBIG, for the model that it downloads
        machines.Join("a", "1-23");
        var result = await machines.EndsAsync();
        Assert.All(result.Rounds, r => Assert.Equal(23, r.Contributors.Count));
        Assert.All(result.Rounds, r => Assert.Equal(new("client-00023", "storage-failed"), Assert.Single(r.Refused)));
        Assert.Equal(await machines.RepeatedAsync(), result.AdapterSha256);
    }
}
