using System.Diagnostics;

namespace ActorFed.Simulation.Tests;

/// <summary>Methods from outside the program in whole runs: the prebuilt template, and one that is generated, built and run.</summary>
public sealed class OwnMethodTests : IDisposable
{
    private readonly TinyWorld _world = new();

    private static string Prebuilt => Path.Combine(AppContext.BaseDirectory, "MyMethod.dll");

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Simulate_runs_a_method_of_an_assembly_and_says_which_code_it_was()
    {
        var fedit = await _world.SimulateAsync("fedit");
        var own = await _world.SimulateAsync("own", Own(Prebuilt));
        var changed = await _world.SimulateAsync("changed", Own(Prebuilt, "actorfed.my-method.step=0.5"));

        Assert.Equal("my-method", own.Method);
        Assert.Equal(fedit.AdapterSha256, own.AdapterSha256); // its changes are off by default
        Assert.NotEqual(fedit.AdapterSha256, changed.AdapterSha256);
        Assert.StartsWith("MyMethod ", own.Versions["method"], StringComparison.Ordinal);
        Assert.DoesNotContain("method", fedit.Versions.Keys);
    }

    [Fact]
    public async Task It_is_resumed_and_evaluated_from_its_folder_alone_and_refused_when_it_was_built_anew()
    {
        File.Copy(Prebuilt, _world.In("own.dll"));
        var whole = await _world.SimulateAsync("whole", Own("own.dll"));
        using var interrupts = new Host.Interrupts(_ => { });
        File.AppendAllText(_world.In("tiny.conf"), "\nactorfed { run.method = my-method, methods.assemblies = [own.dll] }\n");
        await _world.RunOnAsync("stopped", HookedDisk.AtCheckpoint(2, interrupts.Interrupt), interrupts); // fault: Ctrl-C

        var hash = await _world.ResumeAsync("stopped");
        var (code, _, error) = await _world.RunAsync(["evaluate", _world.In("whole")]);
        File.WriteAllBytes(_world.In("own.dll"), [.. File.ReadAllBytes(Prebuilt), 0]); // fault: another build
        var (refused, _, why) = await _world.RunAsync(["simulate", "--resume", _world.In("stopped")]);

        Assert.Equal(whole.AdapterSha256, hash);
        Assert.True(code == 0, error);
        Assert.Equal(2, refused);
        Assert.Contains("not those that this run began with", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_has_it_in_its_table_and_runs_its_cells_anew_when_its_code_changes()
    {
        File.Copy(Prebuilt, _world.In("own.dll"));

        Assert.Equal(4, await CompareAsync());
        Assert.Equal(4, await CompareAsync()); // nothing is run again
        File.WriteAllBytes(_world.In("own.dll"), [.. File.ReadAllBytes(Prebuilt), 0]); // another build

        Assert.Equal(6, await CompareAsync()); // FedIT's cells are the same, the own method's two are new
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task What_new_method_writes_builds_passes_its_tests_and_is_simulated()
    {
        var (made, _, error) = await _world.RunAsync(["new", "method", "half-fed"]);
        Assert.True(made == 0, error);

        await DotnetAsync("build", "half-fed/HalfFed", "-c", "Release", "-warnaserror");
        await DotnetAsync("test", "half-fed/HalfFed.Tests");
        var run = await _world.SimulateAsync(
            "run",
            Set("actorfed.methods.assemblies=half-fed/HalfFed/bin/Release/net10.0/HalfFed.dll", "actorfed.run.method=half-fed")
        );

        Assert.True(run.Completed);
        Assert.Equal("half-fed", run.Method);
        Assert.StartsWith("HalfFed ", run.Versions["method"], StringComparison.Ordinal);
        Assert.Equal(["HalfFed.deps.json", "HalfFed.dll", "HalfFed.pdb"], Built("half-fed/HalfFed/bin/Release/net10.0"));
    }

    /// <summary>Cells in the comparison's folder afterwards.</summary>
    private async Task<int> CompareAsync()
    {
        string[] arguments =
        [
            "compare",
            "--config",
            _world.In("tiny.conf"),
            "--methods",
            "fedit,my-method",
            "--seeds",
            "1,2",
            "--rounds",
            "2",
            "--out",
            _world.In("compared"),
            "--set",
            "actorfed.methods.assemblies=own.dll",
        ];
        var (code, _, error) = await _world.RunAsync(arguments);
        Assert.True(code == 0, error);
        return Directory.GetFiles(_world.In("compared/cells"), "*.json").Length;
    }

    private static string[] Own(string assembly, params string[] more) =>
        Set([$"actorfed.methods.assemblies={assembly}", "actorfed.run.method=my-method", .. more]);

    private static string[] Set(params string[] settings) => [.. settings.SelectMany(s => new[] { "--set", s })];

    private IEnumerable<string> Built(string folder) =>
        Directory.EnumerateFiles(_world.In(folder)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    private async Task DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [.. arguments, "-nodeReuse:false", "-p:UseSharedCompilation=false", "-v", "quiet"]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = _world.Folder,
            Environment = { ["TMPDIR"] = _world.Folder }, // the SDK leaves empty folders behind
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, said);
    }
}
