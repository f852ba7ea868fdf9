using ActorFed.Training.Federation;
using ActorFed.Training.Tests.Toy;

namespace ActorFed.Training.Tests.Methods;

/// <summary>What every method promises, on a fleet of mixed budgets, over rounds in which not everybody takes part.</summary>
public sealed class EveryMethodTests
{
    private static readonly (string, string)[] Small = [("train.steps", "3"), ("lora.rank", "4"), ("train.rate", "0.02")];

    [Theory]
    [MemberData(nameof(EveryMethod.Names), MemberType = typeof(EveryMethod))]
    public void Threads_and_the_order_of_contributions_change_no_bit(string method)
    {
        var hashes = new List<string>();
        foreach (var (workers, reversed) in new[] { (1, false), (2, true) })
        {
            using var run = new ToyRun(method, Toys.Settings(Small), clients: 8, budget: EveryMethod.Mixed);
            Rounds(run, workers, reversed);
            hashes.Add(run.Hash);
            Assert.Equal(run.Evaluator.Evaluate(run.State.Global), run.Evaluator.Evaluate(run.State.Global, workers: 2));
        }

        Assert.Single(hashes.Distinct());
    }

    [Theory]
    [MemberData(nameof(EveryMethod.Names), MemberType = typeof(EveryMethod))]
    public void A_client_that_drops_out_leaves_the_round_that_the_others_would_have_had(string method)
    {
        var (dropped, others) = (ClientId.Of(2), new[] { 0, 1, 3, 4, 5, 6, 7 }.Select(ClientId.Of).ToArray());
        using var lost = new ToyRun(method, Toys.Settings(Small), clients: 8, budget: EveryMethod.Mixed);
        using var never = new ToyRun(method, Toys.Settings(Small), clients: 8, budget: EveryMethod.Mixed);
        lost.Next(without: dropped); // fault: trained, and its update never came
        never.Next(cohort: others);
        Assert.Equal(never.Hash, lost.Hash);
        Assert.Equal(never.State.Memory.Encoded.ToArray(), lost.State.Memory.Encoded.ToArray());
    }

    [Theory]
    [MemberData(nameof(EveryMethod.Names), MemberType = typeof(EveryMethod))]
    public void An_upload_has_the_bytes_that_were_foretold(string method)
    {
        using var run = new ToyRun(method, Toys.Settings(Small), clients: 8, budget: EveryMethod.Mixed);
        for (var round = 0; round < 3 && round < (((IFederatedMethod)run.Method).LastRound ?? 3); round++)
        {
            run.Next();
            Assert.All(
                run.Last.Values,
                l =>
                    Assert.InRange(
                        l.Got.Upload.PayloadBytes,
                        l.Given.LeastUploadBytes ?? l.Given.UploadBytes,
                        l.Given.UploadBytes
                    )
            );
        }
    }

    private static void Rounds(ToyRun run, int workers, bool reversed)
    {
        int[][] cohorts =
        [
            [0, 1, 2, 3, 4, 5, 6, 7],
            [0, 1, 2],
            [2, 3, 7],
            [0, 5, 6],
        ];
        foreach (var cohort in cohorts.Take(((IFederatedMethod)run.Method).LastRound ?? cohorts.Length))
        {
            run.Next(workers, reversed, cohort: [.. cohort.Select(ClientId.Of)]);
        }
    }
}
