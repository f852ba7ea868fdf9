using Akka.Cluster.SBR;
using Xunit.Abstractions;

namespace Akka.Cluster.Tests.Simulation;

/// <summary>
/// In every schedule of joins, leaves, crashes, splits and heals: one leader, who all agree on, no members up on both sides of a split after
/// the resolver has acted, whoever crashed removed within its bound, and never two singletons where nodes can talk to each other.
/// </summary>
public sealed class MembershipProperties(ITestOutputHelper output)
{
    private const int Batches = 20;
    private const int PerBatch = 500;

    /// <summary>Seeds that once failed stay here for good.</summary>
    public static TheoryData<int> OnceFailed => [0];

    [Theory, MemberData(nameof(OnceFailed))]
    public void It_holds_for_what_once_failed(int seed) => new Schedule(seed).Run();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, Batches)];

    [Theory, MemberData(nameof(Seeds))]
    public void It_holds_for_all_schedules(int batch)
    {
        var (splits, survived, moves) = (0, 0, 0);
        for (var i = 0; i < PerBatch; i++)
        {
            var schedule = new Schedule(batch * PerBatch + i);
            schedule.Run();
            splits += schedule.HadSplit ? 1 : 0;
            survived += schedule.HasSurvivors ? 1 : 0;
            moves += schedule.Moves;
        }
        output.WriteLine($"{PerBatch} schedules, {moves} moves, {splits} with a split of members, {survived} with survivors");
        Assert.True(splits > PerBatch / 5 && survived > PerBatch / 3, "The schedules do not put anything to the test.");
    }

    /// <summary>The test can fail: a resolver by which every side stays is found out.</summary>
    [Fact]
    public void A_resolver_by_which_both_sides_stay_is_found_out() => Assert.NotEmpty(Failures(200, new EverySideStays()));

    private static IEnumerable<string> Failures(int schedules, DowningStrategy strategy)
    {
        for (var seed = 0; seed < schedules; seed++)
        {
            var failure = "";
            try
            {
                new Schedule(seed, strategy).Run();
            }
            catch (Xunit.Sdk.XunitException e)
            {
                failure = e.Message;
            }
            if (failure.Length > 0)
                yield return failure;
        }
    }

    private sealed record EverySideStays : DowningStrategy
    {
        public override Fate Decide(DowningView view) => Fate.Keep;
    }

    [Fact]
    public void A_schedule_is_a_function_of_its_seed()
    {
        var (a, b) = (new Schedule(42), new Schedule(42));
        a.Run();
        b.Run();
        Assert.Equal(a.Story, b.Story);
    }
}
