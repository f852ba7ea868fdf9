using ActorFed.Simulation.Tests;

namespace ActorFed.Cluster.Tests;

/// <summary>The same over lines of 100 Mbit/s between machines of their own: real addresses, real queues, and cables to pull.</summary>
[Trait("Category", "Slow"), Trait("Needs", "Namespaces")]
public sealed class LaboratoryTests
{
    [Fact]
    public async Task One_server_and_three_nodes_on_lines_of_100_Mbit_give_the_hash_of_a_simulation()
    {
        using var laboratory = new Laboratory(machines: 4);
        using var machines = new Machines(laboratory, "--per-round", "24");
        await machines.ServeAsync();
        RealProgram[] nodes = [machines.Join("a", "1/3"), machines.Join("b", "2/3"), machines.Join("c", "17-24")];
        var result = await machines.EndsAsync();
        foreach (var node in nodes)
        {
            await node.EndsAsync();
            Assert.True(node.Code == 0, node.Errors);
        }

        Assert.All(result.Rounds, r => Assert.Equal(24, r.Contributors.Count));
        Assert.Equal(await machines.SimulatedAsync(), result.AdapterSha256);
    }

    [Fact]
    public async Task A_cable_that_was_pulled_costs_its_clients_the_rounds_between_though_no_connection_is_closed()
    {
        using var laboratory = new Laboratory(machines: 3);
        using var machines = new Machines(
            laboratory,
            "--rounds",
            "20",
            "--per-round",
            "24",
            "--method",
            "full",
            "--set",
            "actorfed.train.steps=20"
        );
        await machines.ServeAsync();
        machines.Join("a", "1-16");
        await machines.Server.SaysAsync("16 of 24 clients are here");
        var away = machines.Join("b", "17-24");
        await machines.AllHereAsync();
        await away.SaysAsync("round 1: training");
        laboratory.Unplug(2); // fault
        await machines.Server.SaysAsync("16 of 24 clients are here, on 1 node"); // given up
        laboratory.Plug(2);
        await machines.Server.SaysAsync("24 of 24 clients are here, on 2 nodes");
        var result = await machines.EndsAsync();
        Assert.Equal(20, result.Rounds.Count);
        Assert.Contains(result.Rounds, r => r.Absent.Contains("client-00023"));
        Assert.Equal(await machines.RepeatedAsync(), result.AdapterSha256);
    }

    [Fact]
    public async Task A_laboratory_leaves_nothing_behind_and_takes_away_what_a_killed_process_left()
    {
        var left = "actorfed-4194305-1-switch"; // no process has a number above 2^22
        using (var made = RealProgram.Command(Path.GetTempPath(), "ip", "netns", "add", left))
        {
            await made.EndsAsync();
        }

        string[] own;
        using (var laboratory = new Laboratory(machines: 1))
        {
            own = [laboratory.Enter(0)[^1]];
            Assert.Contains(own[0], Names());
            Assert.DoesNotContain(left, Names());
        }

        Assert.Empty(Names().Intersect(own));
    }

    private static string[] Names() => [.. Directory.EnumerateFiles("/run/netns").Select(f => Path.GetFileName(f))];
}
