using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;

namespace ActorFed.Training.Tests.Methods;

/// <summary>Whole runs of the methods that share factors, and of the two lines they are held between: 8 clients on the tiny model.</summary>
public sealed class SharedFactorRunTests
{
    private const int Head = sizeof(float) * Toys.Classes * (12 + 1);

    [Theory]
    [InlineData("ffa-lora", "lora.init=normal")]
    [InlineData("rolora", "lora.init=normal")]
    [InlineData("fed-sb", "fed-sb.source=gradient")]
    [InlineData("fed-sb", "fed-sb.source=seed")]
    [InlineData("ravan", "ravan.init=random-normal")]
    [InlineData("ravan", "ravan.scales=fixed")]
    [InlineData("full", "full.scope=encoder")]
    public void With_8_clients_the_loss_falls_and_the_adapter_has_its_part_in_it(string method, string setting)
    {
        using var run = Run(method, setting);
        var losses = Enumerable.Range(0, 6).Select(_ => run.Next()).ToList();
        Assert.True(losses[^1] < 0.8 * losses[0], string.Join(' ', losses));
        var without = run.State.Global.With(Dense.Random(run.State.Global.Where(IsTrainedAdapter), 1, sigma: 0));
        Assert.True(run.Evaluator.Evaluate(run.State.Global).Loss < run.Evaluator.Evaluate(without).Loss);

        static bool IsTrainedAdapter(string n) => !n.StartsWith("head.", StringComparison.Ordinal) && !FedSbBases.IsBasis(n);
    }

    [Fact]
    public void Of_a_mixed_fleet_every_head_is_trained_by_somebody_and_the_loss_falls()
    {
        foreach (var select in new[] { "random", "weight", "gradient" })
        {
            using var run = Run("ravan", $"ravan.select={select}", EveryMethod.Mixed);
            var losses = Enumerable.Range(0, 6).Select(_ => run.Next()).ToList();
            Assert.True(losses[^1] < 0.8 * losses[0], $"{select}: {string.Join(' ', losses)}");
            foreach (var (client, (given, got)) in run.Last)
            {
                var heads = RavanHeads.CountAt(EveryMethod.Mixed(client), 4);
                foreach (var (map, rank) in ((Ravan)run.Method).Ranks)
                {
                    Assert.Equal(
                        heads,
                        got.Upload.Keys.Count(n => n.StartsWith(map.Name + ".ravan_H", StringComparison.Ordinal))
                    );
                }
            }
        }
    }

    [Fact]
    public void Uploads_and_downloads_have_the_bytes_of_the_papers_table()
    {
        // Numbers a map, times 4 bytes: q and v of layers of 8 and 12, r_lora 4.
        LinearMap[] maps =
        [
            .. EncoderShape.Tiny.Maps.Where(m =>
                m.Name.EndsWith(".q", StringComparison.Ordinal) || m.Name.EndsWith(".v", StringComparison.Ordinal)
            ),
        ];
        var sides = maps.Sum(m => m.In + m.Out);
        var lora = 4 * 4 * sides; // r (in + out)
        var dense = 4 * maps.Sum(m => m.In * m.Out);

        // FFA: r out up and down, r twice that of LoRA where in = out.
        Same("ffa-lora", (lora, lora), (lora, lora));
        // RoLoRA: both factors to who was not there, then the half that moved; half up.
        Same("rolora", (lora / 2, lora), (lora / 2, lora / 2), (lora / 2, lora / 2));
        // Fed-SB: a dense matrix once; then r² up; the bases r (in + out) come with the first core.
        var square = ((FedSb)Dense.Method("fed-sb", ("lora.rank", "4"))).Ranks;
        var core = 4 * square.Sum(m => m.Rank * m.Rank);
        var bases = 4 * square.Sum(m => m.Rank * (m.Map.In + m.Map.Out));
        Same("fed-sb", (dense, 0), (core, core + bases), (core, core));
        // Ravan: h r² both ways; s is folded in, bases are never sent.
        var heads = 4 * 4 * ((Ravan)Dense.Method("ravan", ("lora.rank", "4"))).Ranks.Sum(m => m.Rank * m.Rank);
        Same("ravan", (heads, heads), (heads, heads));
        // Full: all of the encoder but its embeddings.
        var full = 4 * (EncoderShape.Tiny.Maps.Sum(m => (m.In * m.Out) + m.Out) + EncoderShape.Tiny.Norms.Sum(n => 2 * n.Width));
        Same("full", (full, full), (full, full));

        static void Same(string method, params (int Up, int Down)[] rounds)
        {
            using var run = Run(method, "lora.rank=4", steps: 1);
            foreach (var (up, down) in rounds)
            {
                run.Next();
                Assert.All(
                    run.Last.Values,
                    l =>
                    {
                        Assert.Equal((method, up + Head), (method, (int)l.Got.Upload.PayloadBytes));
                        Assert.Equal((method, down + Head), (method, (int)l.Given.Download.PayloadBytes));
                    }
                );
            }
        }
    }

    [Fact]
    public void A_client_that_missed_a_round_is_sent_both_factors_of_rolora()
    {
        using var run = Run("rolora", "lora.rank=4", steps: 1);
        run.Next();
        run.Next(cohort: [.. Enumerable.Range(1, 7).Select(ClientId.Of)]);
        var missed = run.Assign(ClientId.Of(0), new(3)).Download;
        var there = run.Assign(ClientId.Of(1), new(3)).Download;
        Assert.All(run.State.Global.Keys, n => Assert.True(missed.ContainsKey(n)));
        Assert.DoesNotContain(there.Keys, n => n.EndsWith(LoraNames.SuffixB, StringComparison.Ordinal));
        var kept = run.Trainer.Train(run.Work(ClientId.Of(1), new(3)));
        // Whoever kept the factor trains from the same bits as who was sent it.
        var whole = run.Work(ClientId.Of(1), new(3)) with
        {
            Start = run.State.Global,
            Personal = null,
        };
        Assert.Equal(run.Trainer.Train(whole).Upload.Encoded.ToArray(), kept.Upload.Encoded.ToArray());
    }

    [Fact]
    public void Rolora_trains_b_then_a_and_the_other_stays()
    {
        using var run = Run("rolora", "lora.rank=4");
        string[] trained = [LoraNames.SuffixB, LoraNames.SuffixA, LoraNames.SuffixB];
        foreach (var suffix in trained)
        {
            var before = run.State.Global;
            run.Next();
            foreach (var name in before.Keys.Where(n => n.Contains(".lora_", StringComparison.Ordinal)))
            {
                var moved = !before[name].Bytes.Span.SequenceEqual(run.State.Global[name].Bytes.Span);
                Assert.Equal(name.EndsWith(suffix, StringComparison.Ordinal), moved);
            }
        }
    }

    [Fact]
    public void A_rolora_client_without_the_factor_says_so()
    {
        using var run = Run("rolora", "lora.rank=4", steps: 1);
        run.Next();
        var lost = run.Work(ClientId.Of(3), new(2)) with { Personal = null }; // fault: what it kept is gone
        var fault = Assert.Throws<InvalidDataException>(() => run.Trainer.Train(lost));
        Assert.Contains("client-00003 was not sent layers.0.attention.q.lora_A", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Alone_every_client_learns_and_nothing_goes_either_way()
    {
        using var run = Run("local-only", "lora.rank=4");
        var start = run.State.Global;
        var losses = Enumerable.Range(0, 6).Select(_ => run.Next()).ToList();
        Assert.True(losses[^1] < 0.8 * losses[0]);
        Assert.Equal(start.Encoded.ToArray(), run.State.Global.Encoded.ToArray());
        Assert.All(run.Last.Values, l => Assert.Equal((0L, 0L), (l.Given.Download.PayloadBytes, l.Got.Upload.PayloadBytes)));
        Assert.Equal(8, run.Personal.Values.Select(p => Convert.ToHexString(p.Encoded.Span)).Distinct().Count());
        Assert.True(run.Method.AdapterParameters > 0);
        var own = run.Personal[ClientId.Of(0)];
        var models = run.Method.Finish(new(ClientId.Of(0), run.State.Global, own, null));
        Assert.Equal([("global", run.State.Global), ("local", own)], models.Select(m => (m.Name, m.Tensors)));
        Assert.Equal("global", Assert.Single(run.Method.Finish(new(ClientId.Of(0), run.State.Global, null, null))).Name); // fault: it was never there
        var leak = new Contribution(ClientId.Of(0), TensorSet.Empty.With(TaskHead.Bias, start[TaskHead.Bias]), 4); // fault: a client sends its head
        Assert.Contains(
            "nothing leaves a client",
            Assert.Throws<ArgumentException>(() => run.Method.Aggregate(run.State, new(9), [leak])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_ridge_head_reaches_a_lone_client_once()
    {
        using var run = Run("local-only", "head.init=ridge", steps: 1);
        run.Next();
        Assert.Equal(Head, run.Assign(ClientId.Of(0), new(2)).Download.PayloadBytes);
        run.Next();
        Assert.Equal(0, run.Assign(ClientId.Of(0), new(3)).Download.PayloadBytes);
    }

    [Fact]
    public void Full_tuning_exports_weights_as_pairs_and_the_rest_apart()
    {
        var method = Dense.Method("full");
        var global = Dense.Random(method.Initialise().Global, 2);
        Assert.Equal(EncoderShape.Tiny.Maps.Length, method.Export(global).Count);
        Assert.All(method.Export(global), p => Assert.Equal(Math.Min(p.A.Shape[1], p.B.Shape[0]), p.Rank));
        Assert.Equal(EncoderShape.Tiny.Maps.Length + (2 * EncoderShape.Tiny.Norms.Length), method.ExportRest(global).Count);
        Assert.Equal(
            method.AdapterParameters,
            global.Where(n => !n.StartsWith("head.", StringComparison.Ordinal)).Values.Sum(t => t.Count)
        );
    }

    private static ToyRun Run(string method, string setting, Func<ClientId, double>? budget = null, int steps = 6) =>
        new(
            method,
            Toys.Settings(
                ("lora.rank", "4"),
                ("train.rate", "0.02"),
                ("train.steps", $"{steps}"),
                (setting.Split('=')[0], setting.Split('=')[1])
            ),
            clients: 8,
            budget: budget
        );
}
