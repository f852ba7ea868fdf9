using ActorFed.Training.Federation;
using ActorFed.Training.Partitioning;
using ActorFed.Training.Profiles;
using FsCheck;
using FsCheck.Fluent;

namespace ActorFed.Training.Tests.Profiles;

public sealed class CohortSamplerTests
{
    private static readonly Partition Ten = new(
        "test",
        [.. Enumerable.Range(0, 10).Select(i => new Shard(ClientId.Of(i), [.. Enumerable.Range(0, i == 9 ? 91 : 1)]))]
    );

    private static readonly ClientProfile[] Profiles =
    [
        .. Enumerable.Range(0, 10).Select(i => new ClientProfile(ClientId.Of(i), 1, 1, 1, 1, Availability: i < 5 ? 0 : 1)),
    ];

    [Fact]
    public void A_cohort_has_no_repeats_and_extra_invitations_only_add() =>
        Prop.ForAll<long, byte, byte>(
                (seed, r, c) =>
                {
                    var (round, count) = (new RoundId(1 + r), 1 + (c % 9));
                    return new[] { CohortSampler.Uniform(Ten, seed), CohortSampler.BySize(Ten, seed) }.All(s =>
                        s.Draw(round, count).Distinct().Count() == count
                        && s.Draw(round, count + 1).Take(count).SequenceEqual(s.Draw(round, count))
                    );
                }
            )
            .Check(Config.QuickThrowOnFailure.WithReplay(2026, 89));

    [Fact]
    public void Uniform_cohorts_invite_everybody_about_equally_often()
    {
        var counts = Count(CohortSampler.Uniform(Ten, 1));
        Assert.All(counts, c => Assert.InRange(c.Value, 520, 680)); // 2,000 rounds of 3 among 10: 600
        Assert.Equal(10, counts.Count);
    }

    [Fact]
    public void By_size_the_large_client_is_nearly_always_there()
    {
        var sampler = CohortSampler.BySize(Ten, 1);
        Assert.InRange(Enumerable.Range(1, 1000).Count(r => sampler.Draw(new(r), 1)[0] == ClientId.Of(9)), 880, 940); // 91 of 100
    }

    [Fact]
    public void By_availability_who_never_answers_is_never_asked()
    {
        var sampler = CohortSampler.ByAvailability(Profiles, 1);
        Assert.DoesNotContain(Count(sampler).Keys, c => c.CompareTo(ClientId.Of(5)) < 0);
        Assert.Throws<ArgumentException>(() => sampler.Draw(new(1), 6));
    }

    [Fact]
    public void Cyclic_cohorts_ask_everybody_equally_often()
    {
        var sampler = CohortSampler.Cyclic(Ten, 1);
        var counts = Enumerable.Range(1, 10).SelectMany(r => sampler.Draw(new(r), 3)).CountBy(c => c).ToList();
        Assert.Equal(10, counts.Count);
        Assert.All(counts, c => Assert.Equal(3, c.Value));
        Assert.All(Enumerable.Range(1, 10), r => Assert.Equal(3, sampler.Draw(new(r), 3).Distinct().Count()));
    }

    [Fact]
    public void A_plan_is_followed_to_its_end_and_not_beyond()
    {
        var plan = new Plan(
            1,
            new("c", "f", 100),
            Ten,
            [
                [ClientId.Of(4), ClientId.Of(2)],
            ]
        );
        var sampler = CohortSampler.FromPlan(plan);
        Assert.Equal([ClientId.Of(4), ClientId.Of(2)], sampler.Draw(new(1), 2).AsEnumerable());
        Assert.Equal([ClientId.Of(4)], sampler.Draw(new(1), 1).AsEnumerable());
        Assert.Contains(
            "has 2 clients, 3 are wanted",
            Assert.Throws<PartitionException>(() => sampler.Draw(new(1), 3)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "ends with round 1",
            Assert.Throws<PartitionException>(() => sampler.Draw(new(2), 1)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_cohort_that_cannot_be_is_refused()
    {
        var sampler = CohortSampler.Uniform(Ten, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Draw(RoundId.Start, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Draw(new(1), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Draw(new(1), 11));
    }

    private static Dictionary<ClientId, int> Count(CohortSampler sampler) =>
        Enumerable.Range(1, 2000).SelectMany(r => sampler.Draw(new(r), 3)).CountBy(c => c).ToDictionary();
}
