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
