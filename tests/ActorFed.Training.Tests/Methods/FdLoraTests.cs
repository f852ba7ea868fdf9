using ActorFed.Training.Encoding;
using ActorFed.Training.Evaluation;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;

namespace ActorFed.Training.Tests.Methods;

/// <summary>FDLoRA's three stages, each of its settings, and its bytes.</summary>
public sealed class FdLoraTests
{
    private static readonly (string, string)[] Quick = [("train.steps", "2")];

    [Fact]
    public void Stage_one_sends_the_personal_module_once_and_its_mean_is_the_global_one()
    {
        using var run = new ToyRun("fdlora", Toys.Settings([.. Quick, ("fdlora.stage1-rounds", "2")]));
        var start = run.State.Global;
        var bytes = start.PayloadBytes;
        Assert.True(
            run.Method.InvitesEverybody(new(1)) && run.Method.InvitesEverybody(new(2)) && !run.Method.InvitesEverybody(new(3))
        );

        run.Next();
        Assert.All(run.Last.Values, l => Assert.Equal(0, l.Got.Upload.PayloadBytes));
        Assert.Equal(start.Encoded.ToArray(), run.State.Global.Encoded.ToArray());
        var first = run.Personal.ToDictionary();

        run.Next();
        Assert.All(run.Last.Values, l => Assert.Equal(bytes, l.Got.Upload.PayloadBytes));
        foreach (var (name, value) in run.State.Global)
        {
            Assert.Equal(run.Personal.Values.Average(p => p[name].Floats[0]), value.Floats[0], 1e-6f);
        }

        Assert.All(run.Personal, p => Assert.NotEqual(first[p.Key].Encoded.ToArray(), p.Value.Encoded.ToArray())); // it went on from round 1
        run.Next();
        Assert.All(run.Last.Values, l => Assert.Equal(bytes, l.Got.Upload.PayloadBytes)); // r (in + out) a map, and the head
    }

    [Fact]
    public void From_the_shared_start_nothing_personal_ever_leaves()
    {
        using var run = new ToyRun("fdlora", Toys.Settings([.. Quick, ("fdlora.start", "shared")]));
        var start = run.State.Global;
        run.Next();
        Assert.All(run.Last.Values, l => Assert.Empty(l.Got.Upload));
        Assert.Equal(start.Encoded.ToArray(), run.State.Global.Encoded.ToArray());
    }

    [Fact]
    public void The_outer_step_is_Nesterovs_and_the_head_takes_the_mean()
    {
        using var run = new ToyRun(
            "fdlora",
            Toys.Settings([
                .. Quick,
                ("fdlora.stage1-rounds", "0"),
                ("fdlora.outer-rate", "0.5"),
                ("fdlora.outer-momentum", "0.8"),
            ])
        );
        var name = run.State.Global.Keys.First(n => n.EndsWith(LoraNames.SuffixB, StringComparison.Ordinal));
        var (theta, v) = ((double)run.State.Global[name].Floats[3], 0.0);
        for (var round = 0; round < 3; round++)
        {
            run.Next();
            var mean = run.Last.Values.Average(l => (double)l.Got.Upload[name].Floats[3]);
            var d = theta - mean;
            v = (0.8 * v) + d;
            theta -= 0.5 * (d + (0.8 * v));
            Assert.Equal(theta, run.State.Global[name].Floats[3], 1e-6);
            Assert.Equal(
                run.Last.Values.Average(l => (double)l.Got.Upload[TaskHead.Bias].Floats[0]),
                run.State.Global[TaskHead.Bias].Floats[0],
                1e-6
            );
        }
    }

    [Fact]
    public void Rate_one_without_momentum_is_FedIt_after_the_first_stage()
    {
        using var fdlora = new ToyRun(
            "fdlora",
            Toys.Settings([.. Quick, ("fdlora.stage1-rounds", "0"), ("fdlora.outer-rate", "1"), ("fdlora.outer-momentum", "0")])
        );
        using var fedit = new ToyRun("fedit", Toys.Settings(Quick));
        for (var round = 0; round < 2; round++)
        {
            fdlora.Next();
            fedit.Next();
        }

        foreach (var (name, value) in fedit.State.Global)
        {
            Assert.All(
                value.Floats.ToArray().Zip(fdlora.State.Global[name].Floats.ToArray()),
                p => Assert.Equal(p.First, p.Second, 1e-5f)
            );
        }
    }

    [Theory]
    [InlineData("2", "multiples", "participations", "..+.+")] // client 0 misses round 3: its second and fourth time
    [InlineData("2", "printed", "participations", "+..+.")]
    [InlineData("3", "multiples", "rounds", "..+..")]
    [InlineData("0", "multiples", "participations", ".....")]
    public void Every_H_times_the_personal_module_becomes_the_global_one(
        string every,
        string when,
        string counts,
        string expected
    )
    {
        using var run = new ToyRun(
            "fdlora",
            Toys.Settings([.. Quick, ("fdlora.sync", every), ("fdlora.sync-when", when), ("fdlora.sync-counts", counts)])
        );
        run.Next();
        var name = run.State.Global.Keys.First(n => n.EndsWith(LoraNames.SuffixB, StringComparison.Ordinal));
        var seen = "";
        // Client 0 misses the second round of stage 2: only "rounds" counts it.
        foreach (var cohort in new[] { new[] { 0, 1 }, [1, 2], [0, 3], [0, 1], [0, 2] })
        {
            var before = run.Personal[ClientId.Of(0)][name].Bytes.ToArray();
            run.Next(cohort: [.. cohort.Select(ClientId.Of)]);
            var after = run.Personal[ClientId.Of(0)][name].Bytes.ToArray();
            var synced = !after.SequenceEqual(before);
            seen += synced ? '+' : '.';
            if (synced)
            {
                Assert.Equal(run.Last[ClientId.Of(0)].Got.Upload[name].Bytes.ToArray(), after);
            }
        }

        Assert.Equal(expected, seen);
    }

    [Theory]
    [InlineData("product")]
    [InlineData("sum")]
    public void A_fusion_contains_both_modules_and_is_worse_than_neither_on_its_few_shot_set(string fusion)
    {
        using var run = new ToyRun(
            "fdlora",
            Toys.Settings([("train.steps", "4"), ("fdlora.fusion", fusion), ("fdlora.sync", "0")])
        );
        for (var round = 0; round < 3; round++)
        {
            run.Next();
        }

        var corpus = Toys.Corpus(40, seed: 9);
        var few = new Evaluator(run.Model, run.Method, corpus, Enumerable.Range(0, 24).ToArray());
        var method = (FdLora)run.Method;
        foreach (var (client, kept) in run.Personal)
        {
            var models = method.Finish(new(client, run.State.Global, kept, t => few.Evaluate(t).Loss)).ToDictionary(m => m.Name);
            Assert.Equal(["fused", "global", "personal"], models.Keys.Order());
            var (own, shared) = (models["personal"].Tensors, run.State.Global);
            Assert.Equal(few.Evaluate(own), few.Evaluate(method.Fuse(own, shared, 1, 0)));
            Assert.Equal(few.Evaluate(shared), few.Evaluate(method.Fuse(own, shared, 0, 1)));
            var losses = models.ToDictionary(m => m.Key, m => few.Evaluate(m.Value.Tensors).Loss);
            Assert.True(losses["fused"] <= Math.Min(losses["personal"], losses["global"]), string.Join(' ', losses));
            Assert.Equal(losses["fused"], models["fused"].Metrics["fewShotLoss"]);
            Assert.Equal(losses["personal"], models["fused"].Metrics["fewShotLossPersonal"]);
        }
    }

    [Fact]
    public void The_sum_of_products_is_the_weighted_sum_of_both_and_the_product_has_cross_terms()
    {
        using var run = new ToyRun("fdlora", Toys.Settings([.. Quick, ("fdlora.fusion", "sum"), ("fdlora.sync", "0")]));
        run.Next();
        run.Next();
        var personal = run.Method.Finish(new(ClientId.Of(0), run.State.Global, run.Personal[ClientId.Of(0)], null))[^1].Tensors;
        var fused = LoraPair.Of(((FdLora)run.Method).Fuse(personal, run.State.Global, 0.7, -0.4), 1)[0].Merge().Floats.ToArray();
        var own = LoraPair.Of(personal, 1)[0].Merge().Floats.ToArray();
        var shared = LoraPair.Of(run.State.Global, 1)[0].Merge().Floats.ToArray();
        for (var i = 0; i < fused.Length; i++)
        {
            Assert.Equal((0.7 * own[i]) - (0.4 * shared[i]), fused[i], 1e-5);
        }
    }

    [Fact]
    public void Without_a_personal_module_or_examples_there_is_less_to_choose_from()
    {
        using var run = new ToyRun("fdlora", Toys.Settings(Quick));
        run.Next();
        Assert.Equal(["global"], run.Method.Finish(new(ClientId.Of(9), run.State.Global, null, _ => 1)).Select(m => m.Name));
        Assert.Equal(
            ["global", "personal"],
            run.Method.Finish(new(ClientId.Of(0), run.State.Global, run.Personal[ClientId.Of(0)], null)).Select(m => m.Name)
        );
    }

    [Theory]
    [InlineData("server.optimizer", "fedadam", "outer Nesterov step is the server's optimiser")]
    [InlineData("client.scaffold", "on", "its inner optimiser is AdamW")]
    public void What_its_stages_do_themselves_is_refused_from_outside(string key, string value, string why)
    {
        var context = new MethodContext(1, EncoderShape.Tiny.Maps, 12, 3, Toys.Settings((key, value)));
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => MethodCatalog.Create("fdlora", context)).Message);
    }

    [Fact]
    public void It_learns_with_the_ridge_head_before_its_stages()
    {
        using var run = new ToyRun("fdlora", Toys.Settings([.. Quick, ("head.init", "ridge")]));
        run.Next();
        Assert.Empty(run.Personal); // the ridge round is nobody's stage
        Assert.True(run.Method.InvitesEverybody(new(2)) && !run.Method.InvitesEverybody(new(3)));
        run.Next();
        run.Next();
        Assert.Equal(run.Data.Shards.Count, run.Personal.Count);
    }
}
