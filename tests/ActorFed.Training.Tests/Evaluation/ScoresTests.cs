using ActorFed.Training.Evaluation;
using ActorFed.Training.Tests.Toy;
using TorchSharp;

namespace ActorFed.Training.Tests.Evaluation;

/// <summary>Figures of merit against numbers worked by hand, and the sample they are taken on.</summary>
public sealed class ScoresTests
{
    [Fact]
    public void The_figures_of_six_documents_are_these()
    {
        // Class 0: 3 documents, 2 hit; class 1: 2, 1 hit; class 2: none, but judged once; class 3: 1, missed; class 4: never.
        var found = Scores.Of([0, 0, 0, 1, 1, 3], [0, 0, 2, 1, 0, 0], [1, 2, 3, 4, 5, 6], 5);
        Assert.Equal(6, found.N);
        Assert.Equal(0.5, found.Accuracy, 1e-12);
        Assert.Equal(((2 / 3.0) + 0.5 + 0) / 3, found.BalancedAccuracy, 1e-12);
        Assert.Equal(((4 / 7.0) + (2 / 3.0) + 0 + 0) / 4, found.MacroF1, 1e-12);
        Assert.Equal(3.5, found.Loss, 1e-12);
    }

    [Fact]
    public void Nothing_and_unequal_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Scores.Of([], [], [], 2));
        Assert.Throws<ArgumentException>(() => Scores.Of([0], [0, 1], [0], 2));
        using var run = new ToyRun("fedit", Toys.Settings());
        Assert.Throws<ArgumentException>(() => new Evaluator(run.Model, run.Method, run.Data.Corpus, []));
    }

    [Fact]
    public void A_sample_keeps_the_shares_of_the_classes_and_its_seed()
    {
        var labels = Enumerable.Repeat(0, 60).Concat(Enumerable.Repeat(1, 30)).Concat(Enumerable.Repeat(2, 10)).ToArray();
        var sample = StratifiedSample.Draw(labels, 20, seed: 1);
        Assert.Equal([12, 6, 2], Enumerable.Range(0, 3).Select(c => sample.Count(i => labels[i] == c)));
        Assert.Equal(sample.Order(), sample);
        Assert.Equal(20, sample.Distinct().Count());
        Assert.Equal(sample, StratifiedSample.Draw(labels, 20, seed: 1));
        Assert.NotEqual(sample, StratifiedSample.Draw(labels, 20, seed: 2));
        Assert.Equal(100, StratifiedSample.Draw(labels, 0, seed: 1).Length);
        Assert.Equal(100, StratifiedSample.Draw(labels, 500, seed: 1).Length);
        Assert.Equal(7, StratifiedSample.Draw(labels, 7, seed: 1).Length);
    }

    [Fact]
    public void Predictions_are_those_of_one_document_at_a_time()
    {
        using var run = new ToyRun("fedit", Toys.Settings());
        run.Next();
        var all = run.Evaluator.Predict(run.State.Global);
        var held = Toys.Corpus(90, seed: 3);
        for (var d = 0; d < 5; d++)
        {
            var one = new Evaluator(run.Model, run.Method, held, [d]).Predict(run.State.Global);
            Assert.Equal(all.Classes[d], one.Classes[0]);
            Assert.Equal(all.Losses[d], one.Losses[0], 1e-5);
        }
    }

    [Fact]
    public void A_cancelled_evaluation_ends()
    {
        using var run = new ToyRun("fedit", Toys.Settings());
        Assert.Throws<OperationCanceledException>(() => run.Evaluator.Evaluate(run.State.Global, cancel: new(canceled: true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Evaluator.Evaluate(run.State.Global, workers: 0));
    }

    [Fact]
    public void The_embeddings_of_a_list_do_not_depend_on_who_asks_first()
    {
        using var run = new ToyRun("head-only", Toys.Settings());
        var documents = Enumerable.Range(0, 70).ToArray();
        var lists = new float[4][];
        var cache = new ActorFed.Training.Trainers.FeatureCache(run.Model, run.Data.Corpus);
        Parallel.For(0, 4, new() { MaxDegreeOfParallelism = 4 }, i => lists[i] = cache.Of(documents).Values.ToArray());
        using var scope = torch.NewDisposeScope();
        Assert.All(lists, l => Assert.Equal(lists[0], l));
        Assert.Equal(
            lists[0],
            new ActorFed.Training.Trainers.FeatureCache(run.Model, run.Data.Corpus).Of(documents).Values.ToArray()
        );
    }
}
