using System.Text.Json;
using ActorFed.Host.Verbs;
using ActorFed.Simulation.Tests;

namespace ActorFed.Cluster.Tests;

/// <summary>The same with certificates: real processes with real keys, and those who should not be there.</summary>
public sealed class SecurityTests : IDisposable
{
    private static readonly string[] Slow = ["--rounds", "4", "--per-round", "24", "--set", "actorfed.train.steps=20"];

    private readonly TinyWorld _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task With_certificates_the_hash_is_that_of_a_simulation_and_the_audit_log_tells_who_did_what()
    {
        using var machines = new Machines("--per-round", "12");
        await IssueAsync();
        await machines.ServeAsync("--certs", Certs("hub"), "--set", "actorfed.security.allow=a=1-12 b");
        var status = machines.Start(
            machines.World.Folder,
            "status",
            "--seed-node",
            $"127.0.0.1:{machines.Port}",
            "--certs",
            Certs("a"),
            "--json"
        );
        using var told = JsonDocument.Parse(await status.EndsAsync());
        Assert.Equal("served", told.RootElement.GetProperty("run").GetString());
        machines.Join("a", "1/2", more: ["--certs", Certs("a")]);
        machines.Join("b", "2/2", more: ["--certs", Certs("b")]);
        var result = await machines.EndsAsync();

        Assert.Equal(await machines.SimulatedAsync(), result.AdapterSha256);
        var audit = Audit(machines);
        Assert.Equal(["a", "b"], Of(audit, "node-joined").Select(l => l.GetProperty("node").GetString()).Order());
        Assert.All(
            Of(audit, "node-joined"),
            l =>
                Assert.StartsWith(
                    $"{l.GetProperty("node")} (node), ",
                    l.GetProperty("certificate").GetString(),
                    StringComparison.Ordinal
                )
        );
        var received = Of(audit, "update-received").ToList();
        Assert.All(received, l => Assert.True(l.GetProperty("signed").GetBoolean()));
        foreach (var round in result.Rounds)
        {
            var clients = received
                .Where(l => l.GetProperty("round").GetInt32() == round.Round)
                .Select(l => l.GetProperty("client").GetString()!);
            Assert.Empty(round.Contributors.Except(clients));
        }
    }

    [Fact, Trait("Category", "Slow")]
    public async Task A_node_with_a_wrong_revoked_expired_or_no_certificate_stays_out_and_the_run_is_held()
    {
        using var machines = new Machines("--rounds", "2", "--per-round", "12");
        await IssueAsync();
        using var other = new TinyWorld();
        await CertsAsync(other, "init");
        await CertsAsync(other, "issue a");
        CopyFolder(Certs("b"), machines.World.In("copy-of-b")); // a revoked node keeps what it has
        await CertsAsync(_authority, "revoke b");
        await machines.ServeAsync("--certs", Certs("hub"));
        string[] soon = ["--set", "actorfed.node.patience=3s"];
        var wrong = machines.Join("a", "1-4", output: "1", more: ["--certs", other.In("certs/a"), .. soon]); // fault: another CA
        var revoked = machines.Join("b", "5-8", output: "2", more: ["--certs", machines.World.In("copy-of-b"), .. soon]); // fault
        var expired = machines.Join("old", "9-12", output: "3", more: ["--certs", Certs("old"), .. soon]); // fault
        var none = machines.Join("c", "13-16", output: "4", more: soon); // fault: no TLS
        foreach (
            var (node, code, says) in new[]
            {
                (wrong, 3, "refused its certificate hub (server)"),
                (revoked, 3, "no server answered"),
                (expired, 2, "it must be valid now"),
                (none, 3, "no server answered"),
            }
        )
        {
            await node.EndsAsync();
            Assert.True(node.Code == code, $"{node.Code}, not {code}: {node.Errors}");
            Assert.Contains(says, node.Errors, StringComparison.Ordinal);
        }

        machines.Join("a", "all", more: ["--certs", Certs("a")]);
        var result = await machines.EndsAsync();
        Assert.Equal(await machines.SimulatedAsync(), result.AdapterSha256);
        Assert.Contains("certificate [b (node), ", machines.Server.Errors, StringComparison.Ordinal);
        Assert.Contains("it must not be revoked", machines.Server.Errors, StringComparison.Ordinal);
        var refused = Of(Audit(machines), "connection-refused").ToList();
        Assert.Contains("it must not be revoked", refused.Select(l => l.GetProperty("rule").GetString()));
        string?[] rules = ["it must not be revoked", "it must be issued by this run's CA"]; // who hears first of two CAs is open
        Assert.All(refused, l => Assert.Contains(l.GetProperty("rule").GetString(), rules));
        Assert.Equal("a", Assert.Single(Of(Audit(machines), "node-joined")).GetProperty("node").GetString());
    }

    [Fact, Trait("Category", "Slow")]
    public async Task A_node_that_is_revoked_in_mid_run_is_put_out_and_the_run_goes_on_without_it()
    {
        using var machines = new Machines(Slow);
        await IssueAsync();
        await machines.ServeAsync("--certs", Certs("hub"));
        machines.Join("a", "1-16", more: ["--certs", Certs("a")]);
        var bad = machines.Join("b", "17-24", more: ["--certs", Certs("b")]);
        await machines.AllHereAsync();
        await bad.SaysAsync("round 1: training");
        await CertsAsync(_authority, "revoke b"); // fault; the server's folder lies beside the CA's, and gets the new list
        await bad.EndsAsync();
        Assert.Equal(2, bad.Code);
        Assert.Contains(
            "turned away: certificate: the server has a rule: it must not be revoked",
            bad.Errors,
            StringComparison.Ordinal
        );
        var result = await machines.EndsAsync();
        Assert.Equal(4, result.Rounds.Count);
        Assert.Equal(16, result.Rounds[^1].Contributors.Count);
        Assert.Equal(await machines.RepeatedAsync(), result.AdapterSha256);
        Assert.Contains(Of(Audit(machines), "node-refused"), l => l.GetProperty("node").GetString() == "b");
    }

    [Fact, Trait("Category", "Slow")]
    public async Task A_node_cannot_speak_for_clients_that_its_name_is_not_allowed()
    {
        using var machines = new Machines("--rounds", "1", "--per-round", "12");
        await IssueAsync();
        await machines.ServeAsync("--certs", Certs("hub"), "--set", "actorfed.security.allow=a b=13-24");
        var greedy = machines.Join("b", "12-24", more: ["--certs", Certs("b")]); // fault
        await greedy.EndsAsync();
        Assert.Equal(2, greedy.Code);
        Assert.Contains("it may not speak for client-00011", greedy.Errors, StringComparison.Ordinal);
        var named = machines.Join("c", "13-24", output: "5", more: ["--certs", Certs("b")]); // fault: not its name
        await named.EndsAsync();
        Assert.Equal(2, named.Code);
        Assert.Contains("made out to its name, c", named.Errors, StringComparison.Ordinal);
        machines.Join("b", "13-24", output: "6", more: ["--certs", Certs("b")]);
        machines.Join("a", "1-12", more: ["--certs", Certs("a")]);
        await machines.EndsAsync();
    }

    [Fact, Trait("Category", "Slow")]
    public async Task A_standby_with_a_certificate_takes_over_and_holds_every_update_against_the_same_keys()
    {
        using var machines = new Machines("--rounds", "3", "--per-round", "24", "--set", "actorfed.train.steps=20");
        await IssueAsync();
        await CertsAsync(_authority, "issue spare --role server");
        await machines.ServeAsync(
            "--certs",
            Certs("hub"),
            "--standbys",
            "1",
            "--set",
            "actorfed.security.allow=hub spare a=1-12 b"
        );
        var standby = await machines.StandByAsync("standby", "--certs", Certs("spare"));
        machines.Join("a", "1/2", more: ["--certs", Certs("a")]);
        machines.Join("b", "2/2", more: ["--certs", Certs("b")]);
        await machines.Server.SaysAsync("round 1/3");
        await machines.Server.SignalAsync("TERM"); // fault
        await machines.Server.EndsAsync();
        var result = await machines.EndsAsync(standby, "standby");
        Assert.Equal(await machines.SimulatedAsync(), result.AdapterSha256);
        var audit = Audit(machines, "standby");
        Assert.Equal(["a", "b"], Of(audit, "node-joined").Select(l => l.GetProperty("node").GetString()).Distinct().Order());
        Assert.All(Of(audit, "update-received"), l => Assert.True(l.GetProperty("signed").GetBoolean()));
        Assert.NotEmpty(Of(audit, "update-received"));
    }

    // The CA is old, and so is the certificate of the node called old; the others are of today.
    private async Task IssueAsync()
    {
        var past = new PastClock();
        await CertsAsync(_authority, "init --days 36500", past);
        await CertsAsync(_authority, "issue old --days 1", past);
        await CertsAsync(_authority, "issue hub --role server");
        await CertsAsync(_authority, "issue a");
        await CertsAsync(_authority, "issue b");
    }

    private string Certs(string name) => _authority.In($"certs/{name}");

    private static async Task CertsAsync(TinyWorld where, string line, TimeProvider? time = null)
    {
        var code = await where.InWorldAsync(async world =>
            (Host.ExitCode)
                await CommandLine.RunAsync(["certs", .. line.Split(' ')], time is null ? world : world with { Time = time })
        );
        Assert.Equal(Host.ExitCode.Done, code);
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private static List<JsonElement> Audit(Machines machines, string run = "served") =>
        [.. File.ReadAllLines(machines.World.In($"{run}/audit.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)];

    private static IEnumerable<JsonElement> Of(List<JsonElement> audit, string what) =>
        audit.Where(l => l.GetProperty("what").GetString() == what);

    private sealed class PastClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
