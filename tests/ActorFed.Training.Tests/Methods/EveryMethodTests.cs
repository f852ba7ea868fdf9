using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;
using ActorFed.Training.Trainers;
using TorchSharp;

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

    [Theory]
    [MemberData(nameof(EveryMethod.Trained), MemberType = typeof(EveryMethod))]
    public void Eight_clients_learn(string method)
    {
        using var run = new ToyRun(method, Toys.Settings(("lora.rank", "4")), clients: 8, budget: EveryMethod.Mixed);
        var losses = Enumerable.Range(0, 5).Select(_ => run.Next()).ToList();
        Assert.True(losses[^1] < 0.85 * losses[0], string.Join(' ', losses));
    }

    [Theory]
    [MemberData(nameof(EveryMethod.Trained), MemberType = typeof(EveryMethod))]
    public void Gradients_are_those_of_finite_differences(string method)
    {
        using var run = new ToyRun(
            method,
            Toys.Settings(Small),
            clients: 8,
            model: TinyEncoder.Create(seed: 1, type: torch.ScalarType.Float64),
            budget: EveryMethod.Mixed
        );
        run.Next();
        using var scope = torch.NewDisposeScope();
        var work = run.Work(ClientId.Of(2), run.Round.Next);
        var forward = new LocalForward(run.Model, run.Method, run.Data.Corpus, Features(run, work), work);
        var start = run.Method.Personalise(work, new GradientProbe(forward, run.Model, [2, 10], 2));
        var objective = run.Method.Objective(work, start);
        var tensors = LocalState.Constants(start.Tensors, run.Model);
        var leaves = start.Trained.Select(n => tensors[n].requires_grad_(true)).ToArray();
        var gradients = forward.Gradients(tensors, leaves, [2, 10, 18], 3, objective).Gradients;
        Assert.Contains(gradients, g => g.abs().max().ToDouble() > 1e-4);
        foreach (var (leaf, gradient) in leaves.Zip(gradients))
        {
            for (var i = 0L; i < leaf.numel(); i += Math.Max(1, leaf.numel() / 3))
            {
                Assert.Equal(Difference(leaf, i, Loss), gradient.contiguous().view(-1)[i].ToDouble(), 1e-6);
            }
        }

        double Loss() =>
            forward.Gradients(tensors, leaves, [2, 10, 18], 3, objective).Loss + (objective.Penalty(tensors)?.ToDouble() ?? 0);
    }

    [Theory]
    [MemberData(nameof(EveryMethod.Names), MemberType = typeof(EveryMethod))]
    public void A_frozen_ridge_head_stays_what_the_first_round_made_it(string method)
    {
        using var run = new ToyRun(
            method,
            Toys.Settings([.. Small, ("head.init", "ridge"), ("head.train", method == "head-only" ? "on" : "off")]),
            clients: 8,
            budget: EveryMethod.Mixed
        );
        Rounds(run, workers: 1, reversed: false);
        Assert.Contains(run.State.Global[TaskHead.Weight].Floats.ToArray(), v => v != 0);
        if (method is not ("head-only" or "head-ridge"))
        {
            Assert.All(run.Last.Values, l => Assert.DoesNotContain(TaskHead.Weight, l.Got.Upload.Keys));
        }
    }

    [Theory]
    [InlineData("hetlora")]
    [InlineData("hafl")]
    [InlineData("flexlora")]
    [InlineData("flora")]
    public void Equal_budgets_train_equally_many_numbers(string method)
    {
        using var fedit = new ToyRun("fedit", Toys.Settings(("train.steps", "1"), ("lora.rank", "4")), clients: 4);
        using var run = new ToyRun(
            method,
            Toys.Settings(("train.steps", "1"), ("lora.rank", "4")),
            clients: 4,
            budget: EveryMethod.Mixed
        );
        fedit.Next();
        run.Next();
        Assert.All(
            run.Last,
            l => Assert.Equal(EveryMethod.Mixed(l.Key) * Numbers(fedit, l.Key), Numbers(run, l.Key)) // to the number, not to 2 %
        );

        static double Numbers(ToyRun run, ClientId client) => run.Last[client].Got.Metrics[LocalTrainer.AdapterParameters];
    }

    [Theory]
    [InlineData("ravan")]
    [InlineData("fed-sb")]
    public void Heads_and_blocks_take_the_share_of_the_numbers_that_a_budget_pays_for(string method)
    {
        (string, string)[] settings = [("train.steps", "1"), ("lora.rank", "4"), ("fed-sb.source", "seed")];
        using var all = new ToyRun(method, Toys.Settings(settings), clients: 4);
        using var run = new ToyRun(method, Toys.Settings(settings), clients: 4, budget: EveryMethod.Mixed);
        all.Next();
        run.Next();
        foreach (var (client, (_, got)) in run.Last)
        {
            var whole = all.Last[client].Got.Metrics[LocalTrainer.AdapterParameters];
            var share = EveryMethod.Mixed(client) * whole;
            if (method == "ravan")
            {
                Assert.Equal(share, got.Metrics[LocalTrainer.AdapterParameters]); // whole heads of equal size: to the number
            }
            else
            {
                // A block of ⌊r √budget⌋ rows and columns of each core: the other entries get no step.
                var moved = got.Upload.Where(n => !n.StartsWith("head.", StringComparison.Ordinal)).Values.Sum(t => t.Count);
                Assert.InRange(moved, 1, share);
                Assert.Equal(
                    ((FedSb)run.Method).Ranks.Sum(m => Math.Pow(Math.Floor(m.Rank * Math.Sqrt(EveryMethod.Mixed(client))), 2)),
                    moved
                );
            }
        }
    }

    private static Features? Features(ToyRun run, LocalWork work) =>
        run.Method.TouchesEncoder ? null : run.Trainer.Features.Of(run.Data.Of(work.Client).AsMemory());

    private static double Difference(torch.Tensor leaf, long i, Func<double> loss)
    {
        const double Step = 1e-5;
        var place = leaf.detach().view(-1).narrow(0, i, 1);
        place.add_(Step);
        var above = loss();
        place.sub_(2 * Step);
        var below = loss();
        place.add_(Step);
        return (above - below) / (2 * Step);
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
