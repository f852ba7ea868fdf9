using ActorFed.Training.Methods;
using ActorFed.Training.Tests.Toy;

namespace ActorFed.Training.Tests.Methods;

/// <summary>The ridge head: exact whatever the split, and a start for others.</summary>
public sealed class RidgeTests
{
    [Fact]
    public void The_head_does_not_depend_on_how_documents_are_split()
    {
        using var one = new ToyRun("head-ridge", Toys.Settings(), clients: 1);
        using var many = new ToyRun("head-ridge", Toys.Settings(), clients: 7);
        one.Next();
        many.Next();
        foreach (var name in new[] { TaskHead.Weight, TaskHead.Bias })
        {
            Assert.All(
                one.State.Global[name].Floats.ToArray().Zip(many.State.Global[name].Floats.ToArray()),
                p => Assert.Equal(p.First, p.Second, 1e-3f)
            );
        }

        Assert.True(one.Evaluator.Evaluate(one.State.Global).Accuracy > 0.6);
        Assert.True(one.Method.InvitesEverybody(new(1)));
        Assert.Equal(1, one.Method.LastRound);
    }

    [Fact]
    public void The_head_solves_the_normal_equations()
    {
        using var run = new ToyRun(
            "head-ridge",
            Toys.Settings(("head-ridge.lambda", "0.5"), ("head-ridge.scale", "1")),
            clients: 2
        );
        run.Next();
        var documents = Enumerable.Range(0, run.Data.Corpus.Count).ToArray();
        var features = run.Trainer.Features.Of(documents);
        var (width, weight, bias) = (
            features.Width,
            run.State.Global[TaskHead.Weight].Floats.ToArray(),
            run.State.Global[TaskHead.Bias].Floats.ToArray()
        );
        var eigen = features.Values.ToArray().Sum(v => (double)v * v) / width;
        for (var c = 0; c < Toys.Classes; c++)
        {
            // Residuals are orthogonal to each input, up to the penalty on its weight.
            var residual = documents.Select(d => (run.Data.Corpus.Label(d) == c ? 1.0 : 0) - bias[c] - Dot(d, c)).ToArray();
            Assert.Equal(0, residual.Sum(), 1e-3);
            for (var k = 0; k < width; k++)
            {
                var inner = documents.Sum(d => residual[d] * features.Values.Span[(d * width) + k]);
                Assert.Equal(0.5 * eigen * weight[(c * width) + k], inner, 1e-3);
            }
        }

        double Dot(int d, int c) =>
            Enumerable.Range(0, width).Sum(k => (double)weight[(c * width) + k] * features.Values.Span[(d * width) + k]);
    }

    [Fact]
    public void Without_a_penalty_of_its_own_the_server_chooses_on_the_validation_part()
    {
        using var chosen = new ToyRun("head-ridge", Toys.Settings(("head-ridge.lambda", "0")));
        chosen.Next();
        foreach (var lambda in new[] { "0.001", "0.1", "10" })
        {
            using var fixedRun = new ToyRun("head-ridge", Toys.Settings(("head-ridge.lambda", lambda)));
            fixedRun.Next();
            Assert.True(Accuracy(chosen) >= Accuracy(fixedRun));
        }

        static double Accuracy(ToyRun run) => run.Evaluator.Evaluate(run.State.Global).Accuracy;
    }

    [Fact]
    public void A_run_can_begin_with_the_ridge_head_and_freeze_it()
    {
        using var run = new ToyRun("fedit", Toys.Settings(("head.init", "ridge"), ("head.train", "off"), ("train.rate", "0.01")));
        Assert.True(run.Method.InvitesEverybody(new(1)));
        run.Next();
        var head = run.State.Global[TaskHead.Weight].Bytes.ToArray();
        Assert.Contains(head, b => b != 0);
        Assert.False(run.Method.InvitesEverybody(new(2)));
        var before = run.Evaluator.Evaluate(run.State.Global).Loss;
        var upload = run.Trainer.Train(run.Work(run.Data.Shards.Keys.First(), new(2))).Upload;
        Assert.DoesNotContain(upload.Keys, k => k.StartsWith("head.", StringComparison.Ordinal));
        for (var i = 0; i < 4; i++)
        {
            run.Next();
        }

        Assert.Equal(head, run.State.Global[TaskHead.Weight].Bytes.ToArray());
        Assert.True(run.Evaluator.Evaluate(run.State.Global).Loss < before);
    }
}
