using ActorFed.Host.Results;

namespace ActorFed.Simulation.Tests;

/// <summary>The real program and real signals.</summary>
public sealed class SignalTests : IDisposable
{
    private const string Ending = "Interrupted: ending after this round.";
    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_run_ends_without_a_warning_and_prints_only_what_belongs_to_it()
    {
        using var program = RealProgram.Start(_world.Folder, _world.Simulate("run", "--json"));

        var printed = await program.EndsAsync();

        Assert.Equal(0, program.Code);
        Assert.DoesNotContain("CoordinatedShutdown", program.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("[WARNING]", program.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("[ERROR]", program.Errors, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(_world.In("run/result.json")), printed);
    }

    [Fact]
    public async Task Ctrl_C_ends_after_the_round_with_130_and_the_run_can_be_resumed()
    {
        var whole = await _world.SimulateAsync("whole", "--rounds", "40");
        using var program = RealProgram.Start(_world.Folder, _world.Simulate("stopped", "--rounds", "40"));
        await program.SaysAsync("round 3/40");

        await program.InterruptAsync(); // fault: Ctrl-C
        await program.EndsAsync();

        Assert.Contains(Ending, program.Errors, StringComparison.Ordinal);
        await StandsAsync(program, "stopped", 3, 39, whole);
    }

    [Fact]
    public async Task Ctrl_C_twice_ends_at_once_with_130_and_the_run_can_be_resumed()
    {
        string[] slow = ["--rounds", "4", "--set", "actorfed.train.steps=60", "--workers", "1"]; // so that the second comes in the middle of a round
        var whole = await _world.SimulateAsync("whole", slow);
        using var program = RealProgram.Start(_world.Folder, _world.Simulate("aborted", slow));
        await program.SaysAsync("round 1/4");

        await program.InterruptAsync(); // fault: Ctrl-C
        await program.SaysAsync(Ending);
        await program.InterruptAsync(); // fault: and again
        await program.EndsAsync();

        await StandsAsync(program, "aborted", 1, 2, whole);
    }

    [Fact]
    public async Task Killed_after_a_commit_the_run_goes_on_to_the_same_hash()
    {
        var whole = await _world.SimulateAsync("whole", "--rounds", "40");
        using var program = RealProgram.Start(_world.Folder, _world.Simulate("killed", "--rounds", "40"));
        await program.SaysAsync("round 3/40");

        program.Kill(); // fault: kill -9 between two rounds, or in the middle of one
        await program.EndsAsync();

        Assert.Equal(137, program.Code);
        Assert.False(File.Exists(_world.In("killed/result.json")));
        Assert.Equal(whole.AdapterSha256, await _world.ResumeAsync("killed"));
        Assert.Equal(40, ResultJson.Read(_world.In("killed/result.json")).Rounds.Count);
    }

    private async Task StandsAsync(RealProgram program, string name, int least, int most, RunResult whole)
    {
        Assert.Equal(130, program.Code);
        Assert.DoesNotContain("   at ", program.Errors, StringComparison.Ordinal);
        var result = ResultJson.Read(_world.In($"{name}/result.json"));
        Assert.False(result.Completed);
        Assert.InRange(result.Rounds.Count, least, most);
        Assert.Equal(whole.AdapterSha256, await _world.ResumeAsync(name));
    }
}
