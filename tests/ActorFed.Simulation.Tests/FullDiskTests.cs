using ActorFed.Host.Results;

namespace ActorFed.Simulation.Tests;

/// <summary>The real program and the kernel's own refusals: no space on a device, and no file above a size.</summary>
public sealed class FullDiskTests : IDisposable
{
    // Slow enough that a limit that is set after the first round is there before the second ends.
    private static readonly string[] s_slow = ["--rounds", "3", "--set", "actorfed.train.steps=60", "--workers", "1"];
    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(100, "checkpoints/")] // below a checkpoint
    [InlineData(20_000, "run.db")] // below the journal's log, above a checkpoint
    public async Task A_file_that_may_not_grow_fails_the_run_by_name_and_it_goes_on_to_the_same_hash(int limit, string file)
    {
        var whole = await _world.SimulateAsync("whole", s_slow);
        using var program = RealProgram.Start(_world.Folder, _world.Simulate("full", s_slow));
        await program.SaysAsync("round 1/3");

        await program.LimitFilesAsync(limit); // fault: EFBIG from the kernel, in the middle of a write
        await program.EndsAsync();

        Names(program, _world.In($"full/{file}"));
        Assert.Equal(whole.AdapterSha256, await _world.ResumeAsync("full"));
    }

    [Theory]
    [InlineData("result.json")]
    [InlineData("adapter/adapter_model.safetensors")]
    public async Task A_result_for_which_there_is_no_space_is_named_and_written_by_resume(string file)
    {
        var whole = await _world.SimulateAsync("whole");
        var temporary = _world.In($"full/{file}.tmp");
        Directory.CreateDirectory(Path.GetDirectoryName(temporary)!);
        File.CreateSymbolicLink(temporary, "/dev/full"); // fault: ENOSPC from the kernel
        using var program = RealProgram.Start(_world.Folder, _world.Simulate("full"));

        await program.EndsAsync();

        Names(program, $"{_world.In($"full/{file}")}: the disk is full");
        Assert.Equal(whole.AdapterSha256, await _world.ResumeAsync("full"));
    }

    [Fact]
    public async Task A_personal_state_that_cannot_be_saved_is_named_and_no_bug()
    {
        string[] personal = [.. s_slow, "--method", "fdlora"];
        var whole = await _world.SimulateAsync("whole", personal);
        using var program = RealProgram.Start(_world.Folder, _world.Simulate("full", personal));
        await program.SaysAsync("round 1/3");

        await program.LimitFilesAsync(100); // fault: EFBIG
        await program.EndsAsync();

        Names(program, _world.In("full/personal/"));
        Assert.Equal(whole.AdapterSha256, await _world.ResumeAsync("full"));
    }

    [Fact]
    public async Task Stdout_that_takes_nothing_is_a_plain_error()
    {
        using var program = RealProgram.Start(_world.Folder, _world.Simulate("run", "--json"), limits: "exec > /dev/full"); // fault: ENOSPC

        await program.EndsAsync();

        Names(program, "No space left on device");
        Assert.True(ResultJson.Read(_world.In("run/result.json")).Completed);
    }

    [MountFact]
    [Trait("Category", "Slow")]
    public async Task A_device_without_space_fails_the_run_and_with_space_again_it_goes_on_to_the_same_hash()
    {
        var whole = await _world.SimulateAsync("whole", "--rounds", "40");
        var mounted = Directory.CreateDirectory(_world.In("small")).FullName;
        var script = $"""
            mount -t tmpfs -o size=160k none {mounted}
            dotnet {RealProgram.Host} simulate --config {_world.In("tiny.conf")} --rounds 40 --out {mounted}/run # fault: ENOSPC
            echo "exit code $?"
            mount -o remount,size=64m {mounted}
            dotnet {RealProgram.Host} simulate --resume {mounted}/run --json
            """;
        using var program = RealProgram.Command(_world.Folder, "unshare", "--map-root-user", "--mount", "bash", "-c", script);

        var printed = await program.EndsAsync();

        Names(program, "exit code 3", code: 0, printed);
        Assert.Contains($"{mounted}/run/", program.Errors, StringComparison.Ordinal);
        Assert.Contains("the disk is full", program.Errors, StringComparison.Ordinal);
        Assert.Contains(whole.AdapterSha256!, printed, StringComparison.Ordinal);
    }

    private static void Names(RealProgram program, string what, int code = 3, string printed = "")
    {
        var all = program.Errors + "\n" + printed;
        Assert.True(program.Code == code, $"{program.Code}: {all}");
        Assert.Contains(what, all, StringComparison.Ordinal);
        Assert.DoesNotContain("A bug in ActorFed", all, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", all, StringComparison.Ordinal);
    }
}

/// <summary>A fact that needs a mount of its own; skipped, and says so, where the kernel allows none to its user.</summary>
internal sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute()
    {
        using var probe = System.Diagnostics.Process.Start(
            "bash",
            ["-c", "unshare --map-root-user --mount mount -t tmpfs none /mnt 2>/dev/null"]
        );
        probe.WaitForExit();
        if (probe.ExitCode != 0)
        {
            Skip = "This kernel lets its user mount nothing (user namespaces are off).";
        }
    }
}
