using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;
using ActorFed.Training.Trainers;
using TorchSharp;

namespace ActorFed.Training.Tests.Methods;

/// <summary>Ravan: heads of the weak, bases from the seed, and Fed-SB as its case of one head.</summary>
public sealed class RavanTests
{
    private const string Map = "layers.0.attention.q";

    [Fact]
    public void A_head_is_the_mean_over_those_who_trained_it_and_stays_where_nobody_did()
    {
        var method = Dense.Method("ravan", ("aggregation.weights", "samples"));
        var state = method.Initialise() with { };
        state = state with { Global = Dense.Random(state.Global, 4) };
        var round = Dense.Uploads(method, state, 3, seed: 6);
        // Head 0: all three; head 1: clients 0 and 2; head 2: client 1; head 3: nobody.
        int[][] trained =
        [
            [0, 1],
            [0, 2],
            [0, 1],
        ];
        var partial = round
            .Select((c, k) => c with { Upload = c.Upload.Where(n => !n.Contains(".ravan_H.") || trained[k].Any(i => Is(n, i))) })
            .ToList();
        var after = method.Aggregate(state, new(1), partial).Global;
        Mean(0, 0, 1, 2);
        Mean(1, 0, 2);
        Mean(2, 1);
        Assert.Equal(state.Global[Ravan.H(Map, 3)].Bytes.ToArray(), after[Ravan.H(Map, 3)].Bytes.ToArray());

        void Mean(int head, params int[] trainers)
        {
            var name = Ravan.H(Map, head);
            var examples = trainers.Sum(t => (double)round[t].Examples);
            for (var i = 0; i < after[name].Count; i++)
            {
                var expected = trainers.Sum(t => round[t].Examples / examples * round[t].Upload[name].Floats[i]);
                Assert.Equal(expected, after[name].Floats[i], 1e-6);
            }
        }
    }

    [Fact]
    public void The_dense_update_with_partial_heads_is_the_sum_of_the_means_over_trainers()
    {
        var method = Dense.Method("ravan", ("ravan.heads", "3"));
        var state = method.Initialise();
        state = state with { Global = Dense.Random(state.Global, 4) };
        var round = Dense
            .Uploads(method, state, 4, seed: 6)
            .Select((c, k) => c with { Upload = c.Upload.Where(n => !n.Contains(".ravan_H.") || Is(n, k % 2) || Is(n, 2)) })
            .ToList();
        var expected = Dense.Sum(
            Enumerable
                .Range(0, 3)
                .Select(i => (Head: i, Trainers: round.Where(c => c.Upload.ContainsKey(Ravan.H(Map, i))).ToList()))
                .SelectMany(h =>
                    h.Trainers.Select(c =>
                        (
                            1.0 / h.Trainers.Count,
                            // One client's one head: every other core is zero.
                            (IReadOnlyDictionary<string, double[]>)
                                Dense.Of(method, method.Initialise().Global.With(c.Upload.Where(n => Is(n, h.Head))))
                        )
                    )
                )
        );
        Assert.InRange(Dense.Distance(expected, Dense.Of(method, method.Aggregate(state, new(1), round).Global)), 0, 1e-5);
    }

    [Fact]
    public void One_head_on_the_bases_and_the_start_of_fed_sb_is_fed_sb()
    {
        // Fed-SB after its first round; Ravan with h = 1, those bases, s fixed at 1, and H at R.
        (string, string)[] settings =
        [
            ("fed-sb.rank", "4"),
            ("ravan.rank", "4"),
            ("ravan.heads", "1"),
            ("ravan.scales", "fixed"),
        ];
        var sb = Dense.Method("fed-sb", settings);
        var first = sb.Initialise();
        var state = sb.Aggregate(first, new(1), FedSbTests.FirstRound(sb, first, 2, 3));
        var ranks = ((FedSb)sb).Ranks.Select(m => m.Map.Name).ToList();
        var bases = Renamed(m => [(FedSbBases.A(m), RavanBases.A(m)), (FedSbBases.B(m), RavanBases.B(m))]);
        var ravan = new Ravan(Dense.Context(EncoderShape.Tiny, settings), bases);
        var head = state.Global.Where(n => n.StartsWith("head.", StringComparison.Ordinal));
        var same = ravan.Initialise() with { Global = head.With(Renamed(m => [(FedSbBases.Core(m), Ravan.H(m, 0))])) };

        using var model = TinyEncoder.Create(seed: 1);
        for (var round = 2; round < 5; round++)
        {
            state = Next(sb, state, new(round));
            same = Next(ravan, same, new(round));
            Assert.All(
                ranks,
                m => Assert.Equal(state.Global[FedSbBases.Core(m)].Floats.ToArray(), same.Global[Ravan.H(m, 0)].Floats.ToArray())
            );
        }

        TensorSet Renamed(Func<string, (string From, string To)[]> names) =>
            TensorSet.Of(ranks.SelectMany(names).Select(n => new KeyValuePair<string, TensorValue>(n.To, state.Global[n.From])));

        ServerState Next(ITrainableMethod method, ServerState before, RoundId round)
        {
            var data = Toys.Sharded(Toys.Corpus(60, seed: 2), clients: 3);
            var trainer = new LocalTrainer(model, method, data, TrainerOptions.Of(Toys.Settings(("train.steps", "3")), 5));
            return method.Aggregate(
                before,
                round,
                [
                    .. data.Shards.Keys.Select(c =>
                    {
                        var given = method.Assign(before, Toys.Profile(c), round);
                        var kept = FedSbBases.Of(before.Global); // what a Fed-SB client has kept; Ravan's keeps nothing
                        var got = trainer.Train(new(c, round, 0, given.Download, given.Plan, kept));
                        return new Contribution(c, got.Upload, got.Examples);
                    }),
                ]
            );
        }
    }

    [Theory]
    [InlineData("random-normal")]
    [InlineData("gram-schmidt")]
    [InlineData("constant")]
    [InlineData("shared-subspace")]
    public void Bases_are_those_of_the_rule(string init)
    {
        var map = new LinearMap("m", 40, 64);
        var bases = new RavanBases(init, 4, 0, 0).Draw([new(map, 6)], seed: 3);
        var (a, b) = (bases[RavanBases.A("m")], bases[RavanBases.B("m")]);
        Assert.Equal(("F32[24, 40]", "F32[64, 24]"), (a.ToString(), b.ToString()));
        var (rows, columns) = (Rows(a, 24, 40), Columns(b, 64, 24));
        // In all four a column of B has length 1 on the average: ‖B H A‖ is about ‖H‖.
        Assert.InRange(columns.Average(c => Dot(c, c)), 0.7, 1.3);
        var cross = Enumerable
            .Range(0, 24)
            .SelectMany(i => Enumerable.Range(0, i).Select(j => Math.Abs(Dot(rows[i], rows[j]))))
            .Max();
        Assert.Equal(init == "gram-schmidt", cross < 1e-6);
        Assert.Equal(init == "constant", rows[0].SequenceEqual(rows[6]));
        Assert.Equal(init is "constant" or "shared-subspace", Rank(rows) == 6);
        Assert.Equal(init is "constant" or "shared-subspace", Rank(columns) == 6);
        Assert.NotEqual(
            a.Bytes.ToArray(),
            new RavanBases(init, 4, 0, 0).Draw([new(map, 6)], seed: 4)[RavanBases.A("m")].Bytes.ToArray()
        );
    }

    [Fact]
    public void Sigma_sets_the_size_of_normal_bases()
    {
        var map = new LinearMap("m", 40, 64);
        var bases = new RavanBases("random-normal", 2, 0.5, 2).Draw([new(map, 6)], seed: 3);
        Assert.Equal(0.25, bases[RavanBases.B("m")].Floats.ToArray().Average(v => (double)v * v), 0.05);
        Assert.Equal(4, bases[RavanBases.A("m")].Floats.ToArray().Average(v => (double)v * v), 0.6);
    }

    [Fact]
    public void Gram_schmidt_is_refused_where_the_heads_have_no_room()
    {
        var fault = Assert.Throws<ArgumentException>(() =>
            Dense.Method("ravan", ("ravan.init", "gram-schmidt"), ("ravan.heads", "3"), ("ravan.rank", "3"))
        );
        Assert.Contains("rank x heads = 3 x 3", fault.Message, StringComparison.Ordinal);
        Assert.Contains("layers.0.attention.q [8, 8]", fault.Message, StringComparison.Ordinal);
        Dense.Method("ravan", ("ravan.init", "gram-schmidt"), ("ravan.heads", "2"), ("ravan.rank", "4"));
    }

    [Fact]
    public void More_heads_than_the_budget_has_numbers_are_refused()
    {
        var fault = Assert.Throws<ArgumentException>(() => Dense.Method("ravan", ("ravan.heads", "200")));
        Assert.Contains("200 heads leave no rank for layers.0.attention.q", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.25, 1)]
    [InlineData(0.5, 2)]
    [InlineData(0.75, 3)]
    [InlineData(1, 4)]
    [InlineData(0.1, 1)]
    [InlineData(0.7, 2)]
    public void A_budget_pays_for_that_many_heads_of_four(double budget, int heads) =>
        Assert.Equal(heads, RavanHeads.CountAt(budget, 4));

    [Fact]
    public void All_heads_refuses_a_client_that_cannot_train_all()
    {
        var method = Dense.Method("ravan", ("ravan.select", "all"));
        method.Assign(method.Initialise(), Toys.Profile(ClientId.Of(0)), new(1));
        var weak = Toys.Profile(ClientId.Of(3)) with { Budget = 0.5 };
        var fault = Assert.Throws<InvalidOperationException>(() => method.Assign(method.Initialise(), weak, new(1)));
        Assert.Contains("client-00003 has the budget 0.5", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weight_and_gradient_choose_the_greatest_and_chance_breaks_ties()
    {
        var maps = ((Ravan)Dense.Method("ravan", ("lora.targets", Map))).Ranks;
        var weights = TensorSet.Of(
            new[] { 1f, 3f, 0f, 2f }.Select(
                (v, i) => new KeyValuePair<string, TensorValue>(Ravan.H(Map, i), TensorValue.Of([v], 1, 1))
            )
        );
        Assert.Equal([1, 3], Choose("weight", 0, weights));
        Assert.Equal([1, 3], Choose("gradient", 0, weights));
        var level = Dense.Random(weights, 1, sigma: 0); // all H = 0, as before the first round
        var chosen = Enumerable.Range(0, 40).Select(c => string.Join(' ', Choose("weight", c, level))).Distinct().Count();
        Assert.Equal(6, chosen); // each of the 6 pairs
        Assert.Equal(Choose("random", 7, level), Choose("random", 7, weights));
        Assert.Equal([0, 1, 2, 3], Choose("weight", 0, weights, count: 4));

        IEnumerable<int> Choose(string rule, int client, TensorSet scores, int count = 2) =>
            RavanHeads.Choose(
                rule,
                maps,
                4,
                count,
                new(ClientId.Of(client), new(1), 0, scores, LocalPlan.Empty, null),
                () => scores,
                scores,
                seed: 3
            )[Map];
    }

    [Fact]
    public void Other_bases_than_the_servers_are_found_by_their_hash()
    {
        var method = Dense.Method("ravan");
        var other = MethodCatalog.Create("ravan", Dense.Context(EncoderShape.Tiny) with { Seed = 6 }); // fault: another seed on this node
        var given = method.Assign(method.Initialise(), Toys.Profile(ClientId.Of(0)), new(1));
        var work = new LocalWork(ClientId.Of(0), new(1), 0, given.Download, given.Plan, null);
        Assert.Contains(
            "frozen bases",
            Assert.Throws<InvalidDataException>(() => other.Personalise(work, NoProbe.Instance)).Message
        );
        Assert.Contains(
            "frozen bases",
            Assert
                .Throws<InvalidOperationException>(() => other.Assign(method.Initialise(), Toys.Profile(ClientId.Of(0)), new(2)))
                .Message
        );
        Assert.Throws<InvalidDataException>(() => method.Personalise(work with { Plan = LocalPlan.Empty }, NoProbe.Instance));
    }

    [Fact]
    public void A_tensor_that_is_not_of_the_model_is_refused_by_name()
    {
        var method = Dense.Method("ravan");
        var state = method.Initialise();
        var round = Dense.Uploads(method, state, 1, 1)[0];
        Refused("client-00000 sent x, which", round with { Upload = round.Upload.With("x", TensorValue.Zeros(1)) });
        Refused(
            "client-00000 sent layers.0.attention.q.ravan_H.000 as F32[9]",
            round with
            {
                Upload = round.Upload.With(Ravan.H(Map, 0), TensorValue.Zeros(9)),
            }
        );
        Refused("client-00000 contributed twice", round, round with { Upload = TensorSet.Empty });

        void Refused(string why, params Contribution[] contributions) =>
            Assert.StartsWith(
                why,
                Assert.Throws<ArgumentException>(() => method.Aggregate(state, new(1), contributions)).Message,
                StringComparison.Ordinal
            );
    }

    private static bool Is(string name, int head) => name.EndsWith($".ravan_H.{head:D3}", StringComparison.Ordinal);

    private static double[][] Rows(TensorValue value, int rows, int columns) =>
        [
            .. Enumerable
                .Range(0, rows)
                .Select(r => value.Floats.Slice(r * columns, columns).ToArray().Select(v => (double)v).ToArray()),
        ];

    private static double[][] Columns(TensorValue value, int rows, int columns) =>
        [
            .. Enumerable
                .Range(0, columns)
                .Select(c => Enumerable.Range(0, rows).Select(r => (double)value.Floats[(r * columns) + c]).ToArray()),
        ];

    private static double Dot(double[] left, double[] right) => left.Zip(right).Sum(p => p.First * p.Second);

    private static int Rank(double[][] vectors)
    {
        using var scope = torch.NewDisposeScope();
        var matrix = torch.tensor(vectors.SelectMany(v => v).ToArray()).view(vectors.Length, vectors[0].Length);
        var values = torch.linalg.svdvals(matrix);
        return Enumerable.Range(0, (int)values.shape[0]).Count(i => values[i].ToDouble() > 1e-5);
    }
}
