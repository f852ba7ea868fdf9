namespace ActorFed.Simulation.Tests;

public sealed class PlanTests : IDisposable
{
    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_run_that_follows_the_plan_of_another_has_its_partition_cohorts_and_bits()
    {
        var drawn = await _world.SimulateAsync("drawn");
        var given = await _world.SimulateAsync("given", "--set", Plan("drawn"), "--set", "actorfed.partition.alpha=0.2");
        var cohorts = await _world.SimulateAsync("cyclic", "--set", "actorfed.partition.cohorts=cyclic");

        Assert.Equal(drawn.AdapterSha256, given.AdapterSha256); // though another alpha would have drawn other shards
        Assert.NotEqual(drawn.AdapterSha256, cohorts.AdapterSha256);
        Assert.All(cohorts.Rounds.Chunk(2), two => Assert.Equal(6, two.SelectMany(r => r.Contributors).Distinct().Count()));
    }

    [Theory]
    [InlineData("by-size")]
    [InlineData("by-availability")]
    public async Task Cohorts_by_size_or_availability_invite_the_large_or_the_present_more_often(string scheme)
    {
        string[] settings =
        [
            "--plan",
            "--rounds",
            "200",
            "--set",
            $"actorfed.partition.cohorts={scheme}",
            "--set",
            "actorfed.partition.alpha=0.3",
            "--set",
            "actorfed.round.per-round=1",
            "--set",
            "actorfed.round.quorum=1",
            "--set",
            "actorfed.profiles.availability=uniform(0, 1)",
        ];
        var (code, _, error) = await _world.RunAsync(_world.Simulate("planned", settings));
        Assert.True(code == 0, error);
        using var plan = System.Text.Json.JsonDocument.Parse(await File.ReadAllBytesAsync(_world.In("planned/plan.json")));
        var invited = plan
            .RootElement.GetProperty("cohorts")
            .EnumerateArray()
            .Select(c => c.EnumerateArray().Single().GetString()!)
            .CountBy(c => c)
            .ToDictionary();
        var sizes = plan
            .RootElement.GetProperty("clients")
            .EnumerateArray()
            .ToDictionary(c => c.GetProperty("client").GetString()!, c => (double)c.GetProperty("documents").GetArrayLength());
        var profiles = ActorFed.Training.Profiles.ProfileOptions.Default with
        {
            Availability = ActorFed.Training.Profiles.Spread.Parse("uniform(0, 1)"),
        };
        var weights = sizes.Keys.ToDictionary(
            c => c,
            c =>
                scheme == "by-size" ? sizes[c] : ActorFed.Training.Profiles.ProfileDraw.Of(new(c), profiles, seed: 3).Availability
        );

        var total = weights.Values.Sum();
        Assert.All(
            weights,
            w => Assert.InRange(invited.GetValueOrDefault(w.Key) / 200.0, (w.Value / total) - 0.12, (w.Value / total) + 0.12)
        );
        Assert.True(weights.Values.Max() > 2 * weights.Values.Min()); // else any scheme would pass
    }

    [Fact]
    public async Task Methods_with_other_seeds_can_share_one_plan()
    {
        var drawn = await _world.SimulateAsync("drawn");
        var other = await _world.SimulateAsync("other", "--set", Plan("drawn"), "--seed", "9");

        Assert.Equal(drawn.Clients.Select(c => c.Examples), other.Clients.Select(c => c.Examples));
        Assert.Equal(drawn.Rounds.Select(r => r.Contributors), other.Rounds.Select(r => r.Contributors));
        Assert.NotEqual(drawn.AdapterSha256, other.AdapterSha256);
    }

    [Fact]
    public async Task A_plan_that_is_not_there_too_short_or_of_another_corpus_is_refused()
    {
        await _world.SimulateAsync("drawn");

        await Refused("none", "cannot be read", Plan("nowhere"));
        await Refused("longer", "The plan ends with round 4", Plan("drawn"), "actorfed.run.rounds=5");
        await Refused("corpus", "drawn/plan.json, corpus", Plan("drawn"), "actorfed.data.validation=0.2");
    }

    private string Plan(string run) => $"actorfed.partition.plan={_world.In(run)}/plan.json";

    private async Task Refused(string name, string why, params string[] settings)
    {
        var (code, _, error) = await _world.RunAsync(_world.Simulate(name, [.. settings.SelectMany(s => new[] { "--set", s })]));
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Equal(2, code);
    }
}
