using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using ActorFed.Training.Tests.Toy;
using ActorFed.Training.Trainers;

namespace ActorFed.Training.Tests.Methods.Layers;

/// <summary>SCAFFOLD: what the variates are, what they sum to, and where they change nothing.</summary>
public sealed class ControlVariatesTests
{
    private static readonly (string, string)[] Sgd =
    [
        ("train.optimizer", "sgd"),
        ("head.optimizer", "sgd"),
        ("train.rate", "0.05"),
        ("head.rate", "0.1"),
        ("train.steps", "3"),
        ("train.clip", "0"),
        ("head.clip", "0"),
    ];

    [Fact]
    public void With_equal_clients_it_is_FedAvg()
    {
        using var model = TinyEncoder.Create(seed: 1);
        var plain = new Loop(model, Toys.Settings([.. Sgd, ("train.batch", "24")]), equal: true);
        var scaffold = new Loop(model, Toys.Settings([.. Sgd, ("train.batch", "24"), ("client.scaffold", "on")]), equal: true);
        for (var round = 1; round <= 3; round++)
        {
            plain.Next(round, [0, 1, 2, 3]);
            scaffold.Next(round, [0, 1, 2, 3]);
        }

        foreach (var (name, value) in plain.State.Global)
        {
            Assert.All(
                value.Floats.ToArray().Zip(scaffold.State.Global[name].Floats.ToArray()),
                p => Assert.Equal(p.First, p.Second, 1e-5f)
            );
        }

        Assert.NotEqual(plain.State.Global.Encoded.ToArray(), plain.Method.Initialise().Global.Encoded.ToArray());
    }

    [Fact]
    public void The_servers_variate_is_the_mean_over_all_clients_whoever_took_part()
    {
        using var model = TinyEncoder.Create(seed: 1);
        var run = new Loop(model, Toys.Settings([.. Sgd, ("client.scaffold", "on")]), equal: false);
        int[][] cohorts =
        [
            [0, 1, 2],
            [1],
            [0, 3],
            [2, 3],
        ];
        for (var round = 1; round <= cohorts.Length; round++)
        {
            run.Next(round, cohorts[round - 1]);
            foreach (var name in run.State.Memory.Keys)
            {
                var kept = run.Personal.Values.Select(p => p[name].Floats.ToArray()).ToList();
                for (var i = 0; i < run.State.Memory[name].Count; i += 7)
                {
                    Assert.Equal(kept.Sum(k => k[i]) / 4, run.State.Memory[name].Floats[i], 1e-5f);
                }
            }
        }

        Assert.Contains(run.State.Memory.Values, v => v.Floats.ToArray().Any(x => Math.Abs(x) > 1e-3));
    }

    [Fact]
    public void After_a_first_round_a_clients_variate_is_its_mean_gradient_and_traffic_has_doubled()
    {
        using var model = TinyEncoder.Create(seed: 1);
        var plain = new Loop(model, Toys.Settings(Sgd), equal: false);
        var run = new Loop(model, Toys.Settings([.. Sgd, ("client.scaffold", "on")]), equal: false);
        var start = run.State.Global;
        plain.Next(1, [0]);
        run.Next(1, [0]);
        // The variates are zero at first: the same training, and (start - end) / (S η) is its mean gradient.
        foreach (var (name, end) in plain.Last[0].Got.Upload)
        {
            var rate = name.StartsWith("head.", StringComparison.Ordinal) ? 0.1 : 0.05;
            Assert.Equal(end.Bytes.ToArray(), run.Last[0].Got.Upload[name].Bytes.ToArray());
            Assert.Equal(
                (start[name].Floats[0] - end.Floats[0]) / (3 * rate),
                run.Personal[ClientId.Of(0)]["scaffold." + name].Floats[0],
                1e-5
            );
        }

        var (given, got) = run.Last[0];
        Assert.Equal(2 * plain.Last[0].Given.Download.PayloadBytes, given.Download.PayloadBytes);
        Assert.Equal(2 * plain.Last[0].Got.Upload.PayloadBytes, got.Upload.PayloadBytes);
        Assert.Equal(given.UploadBytes, got.Upload.PayloadBytes);
        Assert.Same(given.Download, run.Method.Assign(run.Before, Toys.Profile(ClientId.Of(1)), new(1)).Download);
    }

    [Theory]
    [InlineData("train.optimizer", "adamw", "set train.optimizer = sgd")]
    [InlineData("train.momentum", "0.5", "train.momentum = 0")]
    [InlineData("client.prox", "0.1", "would carry the gradient of client.prox")]
    [InlineData("robust.rule", "median", "past the robust rule")]
    public void Settings_that_make_the_variates_something_else_are_refused(string key, string value, string why)
    {
        var settings = Toys.Settings([.. Sgd, ("client.scaffold", "on"), (key, value)]);
        var context = new MethodContext(1, EncoderShape.Tiny.Maps, 12, 3, settings);
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => MethodCatalog.Create("fedit", context)).Message);
    }

    [Fact]
    public void A_run_that_does_not_know_its_clients_cannot_aggregate()
    {
        using var model = TinyEncoder.Create(seed: 1);
        var run = new Loop(model, Toys.Settings([.. Sgd, ("client.scaffold", "on")]), equal: false, clients: 0);
        Assert.Contains("is said to have 0", Assert.Throws<InvalidOperationException>(() => run.Next(1, [0])).Message);
    }

    private sealed class Loop
    {
        private readonly LocalTrainer _trainer;

        public Loop(IBaseModel model, SettingValues settings, bool equal, int clients = 4)
        {
            Method = MethodCatalog.Create(
                "fedit",
                new(5, model.Maps, model.EmbeddingSize, Toys.Classes, settings) { Clients = clients }
            );
            var data = Toys.Sharded(Toys.Corpus(96, seed: 2), 4);
            var same = Enumerable.Range(0, 24).ToImmutableArray();
            _trainer = new(
                model,
                Method,
                equal ? data with { Shards = data.Shards.ToImmutableSortedDictionary(s => s.Key, _ => same) } : data,
                TrainerOptions.Of(settings, 5)
            );
            State = Before = Method.Initialise();
        }

        public ITrainableMethod Method { get; }

        public ServerState State { get; private set; }

        public ServerState Before { get; private set; }

        public Dictionary<ClientId, TensorSet> Personal { get; } = [];

        public List<(Assignment Given, LocalResult Got)> Last { get; } = [];

        public void Next(int round, int[] cohort)
        {
            Last.Clear();
            Before = State;
            foreach (var client in cohort.Select(ClientId.Of))
            {
                var given = Method.Assign(State, Toys.Profile(client), new(round));
                var work = new LocalWork(client, new(round), 0, given.Download, given.Plan, Personal.GetValueOrDefault(client));
                Last.Add((given, _trainer.Train(work)));
            }

            State = Method.Aggregate(
                State,
                new(round),
                [.. cohort.Zip(Last, (c, l) => new Contribution(ClientId.Of(c), l.Got.Upload, l.Got.Examples))]
            );
            foreach (var (client, last) in cohort.Zip(Last).Where(l => l.Second.Got.Personal is not null))
            {
                Personal[ClientId.Of(client)] = last.Got.Personal!;
            }
        }
    }
}
