using ActorFed.Host;
using ActorFed.Host.Results;
using ActorFed.Host.Runs;
using ActorFed.Host.Simulation;

namespace ActorFed.Simulation.Tests;

public sealed class InterruptionTests : IDisposable
{
    private const int NoSpace = 28;
    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Ctrl_C_ends_after_the_round_and_the_resumed_run_has_the_hash_of_an_uninterrupted_one()
    {
        var whole = await _world.SimulateAsync("whole");
        using var interrupts = new Interrupts(_ => { });

        var code = await _world.RunOnAsync("stopped", HookedDisk.AtCheckpoint(3, interrupts.Interrupt), interrupts); // fault: Ctrl-C

        Assert.Equal(ExitCode.Interrupted, code);
        var stopped = ResultJson.Read(_world.In("stopped/result.json"));
        Assert.False(stopped.Completed);
        Assert.InRange(stopped.Rounds.Count, 1, 3);
        Assert.Null(stopped.Final);
        Assert.Equal(whole.AdapterSha256, await _world.ResumeAsync("stopped"));
    }

    [Fact]
    public async Task Ctrl_C_twice_ends_at_once_and_the_last_commit_stands()
    {
        var whole = await _world.SimulateAsync("whole");
        using var interrupts = new Interrupts(_ => { });
        var twice = HookedDisk.AtCheckpoint(
            3,
            () =>
            {
                interrupts.Interrupt(); // fault: Ctrl-C
                interrupts.Interrupt(); // fault: and again
            }
        );

        Assert.Equal(ExitCode.Interrupted, await _world.RunOnAsync("aborted", twice, interrupts));

        Assert.InRange(ResultJson.Read(_world.In("aborted/result.json")).Rounds.Count, 1, 3);
        Assert.Equal(whole.AdapterSha256, await _world.ResumeAsync("aborted"));
    }

    [Fact]
    public async Task Ctrl_C_before_the_first_round_leaves_nothing_to_resume()
    {
        using var interrupts = new Interrupts(_ => { });
        interrupts.Interrupt(); // fault: Ctrl-C while the data is read

        var (code, _, error) = await _world.RunAsync(_world.Simulate("early"), interrupts);

        Assert.Equal(130, code);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_world.In("early/run.db")));
    }

    [Fact]
    public async Task A_disk_that_fills_up_fails_the_run_and_what_was_committed_goes_on()
    {
        var whole = await _world.SimulateAsync("whole");
        var full = HookedDisk.AtCheckpoint(
            4,
            () => throw AtomicDisk.Explain("checkpoint", 100, new IOException("No space left on device", NoSpace)) // fault: disk full
        );

        var failed = await Assert.ThrowsAnyAsync<Exception>(() => _world.RunOnAsync("full", full, null));

        Assert.Equal(ExitCode.RunFailed, Host.Verbs.Trouble.CodeOf(failed));
        Assert.Contains("disk is full", failed.ToString(), StringComparison.Ordinal);
        Assert.Equal(whole.AdapterSha256, await _world.ResumeAsync("full"));
    }

    [Fact]
    public async Task Other_settings_or_data_are_refused_with_the_difference()
    {
        await _world.SimulateAsync("run");

        var (code, _, error) = await _world.RunAsync([
            "simulate",
            "--resume",
            _world.In("run"),
            "--set",
            "actorfed.lora.rank=3",
            "--workers",
            "1",
        ]);
        Assert.Equal(2, code);
        Assert.Contains("actorfed.lora.rank: 2 -> 3", error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "workers",
            error[error.IndexOf("cannot go on", StringComparison.Ordinal)..],
            StringComparison.Ordinal
        );

        File.AppendAllText(_world.In("data.jsonl"), """{"text": "one more", "label": "class-0"}""" + "\n"); // fault: the data has changed
        (code, _, error) = await _world.RunAsync(["simulate", "--resume", _world.In("run")]);
        Assert.Equal(2, code);
        Assert.Contains("data: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seed", "5")]
    [InlineData("--seed", "5", "--plan")]
    [InlineData("--set", "actorfed.partition.alpha=7")]
    [InlineData()]
    public async Task What_a_refused_resumption_finds_in_the_folder_stays_as_it_is(params string[] more)
    {
        await _world.SimulateAsync("run");
        if (more.Length == 0)
        {
            File.AppendAllText(_world.In("data.jsonl"), """{"text": "one more", "label": "class-0"}""" + "\n"); // fault: the data has changed
        }

        string[] files = ["plan.json", "settings.conf", "result.json", "adapter/adapter_config.json"];
        var before = files.Select(f => File.ReadAllBytes(_world.In($"run/{f}"))).ToList();

        var (code, _, error) = await _world.RunAsync(["simulate", "--resume", _world.In("run"), .. more]);

        Assert.Equal(2, code);
        Assert.Contains("cannot go on", error, StringComparison.Ordinal);
        Assert.All(files.Zip(before), f => Assert.Equal(f.Second, File.ReadAllBytes(_world.In($"run/{f.First}"))));
    }

    [Fact]
    public async Task The_plan_of_a_begun_run_can_be_asked_for_again()
    {
        await _world.SimulateAsync("run");
        var plan = File.ReadAllBytes(_world.In("run/plan.json"));

        var (code, _, error) = await _world.RunAsync(["simulate", "--resume", _world.In("run"), "--plan"]);

        Assert.True(code == 0, error);
        Assert.Equal(plan, File.ReadAllBytes(_world.In("run/plan.json")));
    }
}
