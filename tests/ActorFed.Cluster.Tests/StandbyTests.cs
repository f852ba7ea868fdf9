using ActorFed.Simulation.Tests;

namespace ActorFed.Cluster.Tests;

/// <summary>Runs of several servers: what is announced survives the one that announced it.</summary>
[Trait("Category", "Slow")]
public sealed class StandbyTests
{
    private static string[] Slow(int rounds) =>
        ["--rounds", $"{rounds}", "--per-round", "24", "--set", "actorfed.train.steps=20"];

    [Fact]
    public async Task Kill_9_of_the_leading_server_in_mid_round_costs_that_round_s_work_and_its_standby_goes_on()
    {
        using var machines = new Machines(Slow(rounds: 3));
        await machines.ServeAsync("--standbys", "1");
        var standby = await machines.StandByAsync("standby");
        var node = machines.Join("a", "1/2");
        machines.Join("b", "2/2");
        await machines.Server.SaysAsync("round 1/3");
        await node.SaysAsync("round 2: training");
        machines.Server.Kill(); // fault
        await standby.SaysAsync("leading served in epoch 2, after round 1");
        var result = await machines.EndsAsync(standby, "standby");
        await node.EndsAsync();
        Assert.True(node.Code == 0, node.Errors);
        Assert.Equal(3, result.Rounds.Count);
        Assert.Equal(await machines.SimulatedAsync(), result.AdapterSha256);
    }

    [Fact]
    public async Task A_leading_server_that_was_stopped_until_another_led_ends_and_changes_nothing()
    {
        using var machines = new Machines(Slow(rounds: 3));
        await machines.ServeAsync("--standbys", "1");
        var standby = await machines.StandByAsync("standby");
        var node = machines.Join("a", "all");
        await node.SaysAsync("round 2: training");
        await machines.Server.SignalAsync("STOP"); // fault
        await standby.SaysAsync("leading served in epoch 2, after round 1");
        await machines.Server.SignalAsync("CONT");
        await machines.Server.EndsAsync();
        Assert.Equal(3, machines.Server.Code);
        var result = await machines.EndsAsync(standby, "standby");
        Assert.Equal(3, result.Rounds.Count);
        Assert.Equal(await machines.SimulatedAsync(), result.AdapterSha256);
    }

    [Fact]
    public async Task A_server_that_ends_on_SIGTERM_hands_the_run_over()
    {
        using var machines = new Machines(Slow(rounds: 3));
        await machines.ServeAsync("--standbys", "1");
        var standby = await machines.StandByAsync("standby");
        machines.Join("a", "all");
        await machines.Server.SaysAsync("round 1/3");
        await machines.Server.SignalAsync("TERM");
        await machines.Server.EndsAsync();
        Assert.Equal(130, machines.Server.Code);
        await standby.SaysAsync("leading served in epoch 2");
        var result = await machines.EndsAsync(standby, "standby");
        Assert.Equal(await machines.SimulatedAsync(), result.AdapterSha256);
    }
}
